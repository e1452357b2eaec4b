"""Reading a calendar of another program: which of its days would be free here.

Nothing is kept by reading: staff choose from what was found.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, SchoolCalendar, Span
from checkin.services.calendars.events import (
    Backwards,
    Days,
    Event,
    Moved,
    TooLong,
    events_of,
    label_of,
    moved_away,
    span_of,
    times_of,
)
from checkin.services.class_years import first_day_for
from checkin.services.timetables import calendar_of
from checkin.storage import schools

MOST_REPEATING = 50
MOST_FOUND = 400
"""So many days or periods in all, however few lines they are."""
MOST_NAMED = 20
MOST_GUESSED = 10
"""What is held more often is no free day by its name alone: somebody ticks it."""
A_SCHOOL_WEEK = 5
HOLIDAY_WORDS = ("vakantie", "meiweek", "kerstweek", "krokusweek", "holiday")
FREE_WORDS = (*HOLIDAY_WORDS, "studiedag", "lesvrij", "vrije dag")


@dataclass(frozen=True)
class Candidate:
    """Days of the file that could be free here, and what they look like.

    `spans` has more than one where an event repeats: the first time it is held comes first.
    """

    spans: tuple[Span, ...]
    is_known: bool
    is_guess: bool

    @property
    def span(self) -> Span:
        """Return the days of the first time."""
        return self.spans[0]


@dataclass(frozen=True)
class Found:
    """What a file holds: days to choose from, and how much was left aside and why."""

    candidates: tuple[Candidate, ...]
    past: int
    of_today: int
    with_hours: int
    unread: tuple[str, ...]
    too_long: tuple[str, ...]
    backwards: tuple[str, ...]
    is_cut: bool


@dataclass
class _Gathered:
    """What was found so far."""

    series: dict[tuple[object, ...], tuple[Span, ...]] = field(default_factory=dict)
    past: int = 0
    of_today: int = 0
    with_hours: int = 0
    unread: list[str] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    backwards: list[str] = field(default_factory=list)


def find_in_file(person: Person, data: bytes, now: datetime) -> Found:
    """Return what a file holds for a person's school; raises NotACalendar.

    Its days begin where the calendar can still be changed: today, or once a round began tomorrow.
    """
    rooms = schools.list_classrooms(person.school)
    calendar = calendar_of(person.school)
    today = calendar.today(now)
    first = max([today, *([first_day_for(rooms, now)] if rooms else [])])
    return read_calendar(data, calendar, today, first)


def read_calendar(
    data: bytes, calendar: SchoolCalendar, today: date, begins: date | None = None
) -> Found:
    """Return the days of an iCalendar file, from today or a day after; raises NotACalendar."""
    gathered = _Gathered()
    events = events_of(data)
    moved = moved_away(events, calendar.zone)
    repeating = 0
    for event in events:
        repeating += "RRULE" in event
        _take(gathered, event, moved, calendar, (today, begins or today), repeating)
    kept, is_cut = _fitting(gathered.series.values())
    return Found(
        candidates=tuple(_candidate(spans, calendar) for spans in kept),
        past=gathered.past,
        of_today=gathered.of_today,
        with_hours=gathered.with_hours,
        unread=_named(gathered.unread),
        too_long=_named(gathered.too_long),
        backwards=_named(gathered.backwards),
        is_cut=is_cut,
    )


def _named(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))[:MOST_NAMED]


def _take(
    gathered: _Gathered,
    event: Event,
    moved: Moved,
    calendar: SchoolCalendar,
    from_when: Days,
    repeating: int,
) -> None:
    """Add an event to what was found, wherever it belongs."""
    (today, begins), label = from_when, label_of(event)
    try:
        days = span_of(event, calendar.zone)
        if days is None:
            gathered.with_hours += 1
            return
        if repeating > MOST_REPEATING and "RRULE" in event:
            raise ValueError("too many repeats")
        times = list(times_of(event, days, moved, calendar.zone, today))
    except Backwards:
        gathered.backwards.append(label)
        return
    except TooLong as wrong:
        gathered.past += (is_over := wrong.last < today)
        gathered.too_long += [] if is_over else [label]
        return
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
        gathered.unread.append(label)
        return
    coming = [one for one in times if one[1] >= begins]
    if not coming:
        is_of_today = any(last >= today for _first, last in times)
        gathered.of_today += is_of_today
        gathered.past += not is_of_today
        return
    spans = tuple(
        Span(max(first, begins), last, _guess(label, first, last), label) for first, last in coming
    )
    gathered.series.setdefault((label, *((span.first, span.last) for span in spans)), spans)


def _fitting(found: Iterable[tuple[Span, ...]]) -> tuple[list[tuple[Span, ...]], bool]:
    """Return the lines in order of time, as far as they fit, and whether something does not."""
    kept, room = [], MOST_FOUND
    in_order = sorted(found, key=lambda spans: (spans[0].first, spans[0].last, spans[0].label))
    for spans in in_order:
        if room:
            kept.append(spans[:room])
            room -= len(kept[-1])
    return kept, sum(map(len, in_order)) > MOST_FOUND


def _guess(label: str, first: date, last: date) -> DayOff:
    """Take a span for a holiday by its name, or because no study day lasts so long."""
    is_long = (last - first).days + 1 >= A_SCHOOL_WEEK
    is_named = any(word in label.lower() for word in HOLIDAY_WORDS)
    return DayOff.HOLIDAY if is_long or is_named else DayOff.STUDY_DAY


def _candidate(spans: tuple[Span, ...], calendar: SchoolCalendar) -> Candidate:
    looks_free = any(word in spans[0].label.lower() for word in FREE_WORDS)
    is_known = not any(calendar.is_school_day(day) for span in spans for day in span.days())
    is_guess = looks_free and not is_known and len(spans) <= MOST_GUESSED
    return Candidate(spans, is_known, is_guess)
