"""The events of another program's calendar: on which days each is held, and how often."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from checkin.domain.calendar_days import FARTHEST, LONGEST_LABEL, LONGEST_SPAN

Event = Any
"""An event as the library read it: any of its parts may be anything."""

Days = tuple[date, date]
Moved = dict[str, set[date]]

LARGEST_FILE = 512 * 1024
MOST_EVENTS = 2000
EARLIEST = date(2000, 1, 1)
WHOLE_DAY = timedelta(hours=20)
"""A day with hours that is as long as this is meant as a whole day."""
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


class TooLong(ValueError):
    """An event of more days than a line of the calendar can have."""

    def __init__(self, last: date) -> None:
        super().__init__("too long")
        self.last = last


class Backwards(ValueError):
    """An event that ends before it begins."""


def events_of(data: bytes) -> list[Event]:
    """Return the events of a file that were not cancelled; raises NotACalendar."""
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


def span_of(event: Event, zone: ZoneInfo) -> Days | None:
    """Return first and last day of an event, or None when it only takes some hours of a day.

    Raises TooLong, Backwards, and what else may be wrong with a value.
    """
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    lasts = event["DURATION"].dt if "DURATION" in event else None
    if not isinstance(start, datetime):
        after = end if end is not None else start + (lasts or timedelta(days=1))
        if isinstance(after, datetime):
            after = _local(after, zone).date()
        if after < start:
            raise Backwards
        return _checked(start, max(after - timedelta(days=1), start))
    begins = _local(start, zone)
    ends = _local(end, zone) if isinstance(end, datetime) else begins + (lasts or timedelta(0))
    if ends < begins:
        raise Backwards
    if ends - begins < WHOLE_DAY:
        return None
    first = begins.date() if begins.time() <= time(12) else begins.date() + timedelta(days=1)
    last = (ends - timedelta(minutes=1)).date()
    return _checked(first, max(first, last))


def _checked(first: date, last: date) -> Days:
    if (last - first).days >= LONGEST_SPAN:
        raise TooLong(last)
    if first < EARLIEST:
        raise ValueError("too long ago")
    return first, last


def times_of(
    event: Event,
    days: Days,
    moved: Moved,
    zone: ZoneInfo,
    today: date,
) -> Iterator[Days]:
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


def moved_away(events: list[Event], zone: ZoneInfo) -> Moved:
    """Return which times of a repeated event were given other days."""
    moved: Moved = {}
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


def label_of(event: Event) -> str:
    """Return what an event is called, on one line and no longer than a name can be."""
    words = "".join(c if c.isprintable() else " " for c in str(event.get("SUMMARY", "")))
    return " ".join(words.split())[:LONGEST_LABEL]
