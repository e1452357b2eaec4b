"""The school's calendar as a file that other programs read."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from checkin.domain.access import Person
from checkin.domain.calendar import MINUTES_A_DAY
from checkin.domain.calendar_days import Day
from checkin.services.timetables import calendar_of
from checkin.storage import schools, timetables

if TYPE_CHECKING:
    from icalendar import Event


def write_ics(person: Person, names: dict[str, str], now: datetime) -> bytes:
    """Return what the school wrote in its calendar; `names` says what each kind of day is called.

    It holds days and their labels alone: no class and no round.
    """
    from icalendar import Calendar  # takes long to load, and no other page needs it

    school = schools.get_school(person.school)
    file = Calendar()
    file.add("prodid", "-//checkin//school calendar//")
    file.add("version", "2.0")
    file.add("x-wr-calname", school.name)
    for day in timetables.days_of(person.school):
        file.add_component(_event(day, names[day.kind.value], person, now))
    return bytes(file.to_ical())


def _event(day: Day, name: str, person: Person, now: datetime) -> "Event":
    from icalendar import Event  # likewise

    event = Event()
    event.add("uid", f"day-{day.id}@checkin.school-{person.school}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", day.span.label or name)
    event.add("transp", "TRANSPARENT")
    if day.closes is None or day.closes >= MINUTES_A_DAY:
        event.add("dtstart", day.span.first)
        event.add("dtend", day.span.last + timedelta(days=1))
        return event
    zone = calendar_of(person.school).zone
    at = time(day.closes // 60, day.closes % 60, tzinfo=zone)
    event.add("dtstart", datetime.combine(day.span.first, at))
    event.add("duration", timedelta(0))
    return event
