"""Reading a calendar of another program: which of its days would be free here.

Nothing is kept by reading: staff choose from what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, SchoolCalendar, Span
from checkin.domain.calendar_days import FARTHEST, LONGEST_LABEL, LONGEST_SPAN
from checkin.services.class_years import first_day_for
from checkin.services.timetables import calendar_of
from checkin.storage import schools

Event = Any
"""An event as the library read it: any of its parts may be anything."""

LARGEST_FILE = 512 * 1024
MOST_EVENTS = 2000
MOST_REPEATING = 50
MOST_FOUND = 200
EARLIEST = date(2000, 1, 1)
WHOLE_DAY = timedelta(hours=20)
"""A day with hours that is as long as this is meant as a whole day."""
A_SCHOOL_WEEK = 5
HOLIDAY_WORDS = ("vakantie", "meiweek", "kerstweek", "krokusweek", "holiday")
FREE_WORDS = (*HOLIDAY_WORDS, "studiedag", "lesvrij", "vrije dag")
PLAIN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
RULE_PARTS = {
    "DAILY": PLAIN_PARTS,
    "WEEKLY": PLAIN_PARTS,
    "MONTHLY": PLAIN_PARTS | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": PLAIN_PARTS | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
"""What a repeat may say: all that calendars write of days, nothing that never ends to work out."""


class NotACalendar(ValueError):
    """A file that is no calendar, or more of one than is read."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Candidate:
    """Days of the file that could be free here, and what they look like."""

    span: Span
    is_known: bool
    is_guess: bool


@dataclass(frozen=True)
class Found:
    """What a file holds: days to choose from, and how much was left aside and why."""

    candidates: tuple[Candidate, ...]
    past: int
    with_hours: int
    unread: tuple[str, ...]
    is_cut: bool


def find_in_file(person: Person, data: bytes, now: datetime) -> Found:
    """Return what a file holds for a person's school; raises NotACalendar.

    Its days begin where the calendar can still be changed: today, or once a round began tomorrow.
    """
    rooms = schools.list_classrooms(person.school)
    calendar = calendar_of(person.school)
    first = max([calendar.today(now), *([first_day_for(rooms, now)] if rooms else [])])
    return read_calendar(data, calendar, first)


def read_calendar(data: bytes, calendar: SchoolCalendar, today: date) -> Found:
    """Return the days of an iCalendar file from today on; raises NotACalendar."""
    events = _events_of(data)
    moved = _moved_away(events, calendar.zone)
    spans: dict[tuple[date, date, str], Span] = {}
    past = with_hours = repeating = 0
    unread: list[str] = []
    for event in events:
        label = _label_of(event)
        repeating += "RRULE" in event
        try:
            days = _span_of(event, calendar.zone)
            if days is None:
                with_hours += 1
                continue
            if repeating > MOST_REPEATING:
                raise ValueError("too many repeats")
            found = list(_times_of(event, days, moved, calendar.zone, today))
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            unread.append(label)
            continue
        coming = [span for span in found if span[1] >= today]
        past += not coming
        for first, last in coming:
            span = Span(max(first, today), last, _guess(label, first, last), label)
            spans.setdefault((span.first, span.last, label), span)
    chosen = sorted(spans.values(), key=lambda span: (span.first, span.last, span.label))
    candidates = tuple(_candidate(span, calendar) for span in chosen[:MOST_FOUND])
    return Found(candidates, past, with_hours, tuple(unread[:20]), len(chosen) > MOST_FOUND)


def _events_of(data: bytes) -> list[Event]:
    if len(data) > LARGEST_FILE:
        raise NotACalendar("large")
    try:
        from icalendar import Calendar  # takes long to load, and no other page needs it

        file = Calendar.from_ical(data.decode("utf-8-sig"))
        events: list[Event] = list(file.walk("VEVENT"))
    except Exception:  # the reader of other people's files has many ways to say no
        raise NotACalendar("unreadable") from None
    if len(events) > MOST_EVENTS:
        raise NotACalendar("many")
    return [one for one in events if str(one.get("STATUS", "")).upper() != "CANCELLED"]


def _span_of(event: Event, zone: ZoneInfo) -> tuple[date, date] | None:
    """Return first and last day of an event, or None when it only takes some hours of a day."""
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    lasts = event["DURATION"].dt if "DURATION" in event else None
    if not isinstance(start, datetime):
        after = end if end is not None else start + (lasts or timedelta(days=1))
        if isinstance(after, datetime):
            after = _local(after, zone).date()
        last = max(after - timedelta(days=1), start)
        return _checked(start, last)
    begins = _local(start, zone)
    ends = _local(end, zone) if isinstance(end, datetime) else begins + (lasts or timedelta(0))
    if ends - begins < WHOLE_DAY:
        return None
    first = begins.date() if begins.time() <= time(12) else begins.date() + timedelta(days=1)
    last = (ends - timedelta(minutes=1)).date()
    return _checked(first, max(first, last))


def _checked(first: date, last: date) -> tuple[date, date]:
    if first < EARLIEST or (last - first).days >= LONGEST_SPAN:
        raise ValueError("too long ago, or too long")
    return first, last


def _times_of(
    event: Event,
    days: tuple[date, date],
    moved: dict[str, set[date]],
    zone: ZoneInfo,
    today: date,
) -> Iterator[tuple[date, date]]:
    """Yield the days of an event each time it is held, as far as a calendar looks ahead."""
    first, last = days
    is_moved = "RECURRENCE-ID" in event
    if "RRULE" not in event or is_moved:
        starts = [first, *_dates_of(event, "RDATE", zone)] if not is_moved else [first]
    else:
        starts = [*_repeats(event, first, today), *_dates_of(event, "RDATE", zone)]
    out = set(_dates_of(event, "EXDATE", zone))
    if not is_moved:
        out |= moved.get(str(event.get("UID", "")), set())
    for start in sorted(set(starts) - out):
        if start - today <= FARTHEST:
            yield start, start + (last - first)


def _repeats(event: Event, first: date, today: date) -> list[date]:
    rule = event["RRULE"]
    if isinstance(rule, list) or not set(rule) <= RULE_PARTS.get(str(rule["FREQ"][0]), set()):
        raise ValueError("a repeat that is not read")
    parts = {name: value for name, value in rule.items() if name != "UNTIL"}
    until = min([_day_of(value) for value in rule.get("UNTIL", [])] + [today + FARTHEST])
    text = ";".join(f"{name}={_joined(value)}" for name, value in parts.items())
    start = datetime.combine(first, time())
    repeats = rrulestr(text, dtstart=start)
    begin = datetime.combine(today - timedelta(days=LONGEST_SPAN), time())
    return [one.date() for one in repeats.between(begin, datetime.combine(until, time()), inc=True)]


def _joined(value: object) -> str:
    many = value if isinstance(value, list) else [value]
    return ",".join(str(one) for one in many)


def _day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _dates_of(event: Event, name: str, zone: ZoneInfo) -> Iterator[date]:
    found = event.get(name, [])
    for listed in found if isinstance(found, list) else [found]:
        for one in listed.dts:
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield _local(value, zone).date() if isinstance(value, datetime) else value


def _moved_away(events: list[Event], zone: ZoneInfo) -> dict[str, set[date]]:
    """Return which times of a repeated event were given other days."""
    moved: dict[str, set[date]] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            try:
                value = event["RECURRENCE-ID"].dt
            except (ValueError, AttributeError):
                continue  # a value that is no day moves nothing away
            if isinstance(value, date):
                day = _local(value, zone).date() if isinstance(value, datetime) else value
                moved.setdefault(str(event.get("UID", "")), set()).add(day)
    return moved


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant by the school's clock; one without a zone is meant there."""
    if value.tzinfo is None:
        return value.replace(tzinfo=zone)
    return value.astimezone(UTC).astimezone(zone)


def _label_of(event: Event) -> str:
    words = "".join(c if c.isprintable() else " " for c in str(event.get("SUMMARY", "")))
    return " ".join(words.split())[:LONGEST_LABEL]


def _guess(label: str, first: date, last: date) -> DayOff:
    """Take a span for a holiday by its name, or because no study day lasts so long."""
    is_long = (last - first).days + 1 >= A_SCHOOL_WEEK
    is_named = any(word in label.lower() for word in HOLIDAY_WORDS)
    return DayOff.HOLIDAY if is_long or is_named else DayOff.STUDY_DAY


def _candidate(span: Span, calendar: SchoolCalendar) -> Candidate:
    looks_free = any(word in span.label.lower() for word in FREE_WORDS)
    is_known = not any(calendar.is_school_day(day) for day in span.days())
    return Candidate(span, is_known, looks_free and not is_known)
