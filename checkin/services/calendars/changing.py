"""Changing the school's calendar: from today on, and today only while no round of it has begun.

A day that was is left as it was: its rounds were held or not, and what was released of them stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, SchoolCalendar, Timetable
from checkin.domain.calendar_days import Day, DayProblem, NotADay, changed_days, find_problem
from checkin.domain.school_years import find_region, shipped_for
from checkin.services.timetables import calendar_with, timetables_of
from checkin.storage import audit, schools, timetables
from checkin.storage.database import db


def add_days(by: Person, days: Sequence[Day], now: datetime) -> list[int]:
    """Add days to the calendar, all of them or none, and return their ids; raises NotADay."""
    before = timetables.days_of(by.school)
    calendar = calendar_with(by.school, before)
    today = calendar.today(now)
    for day in days:
        if problem := find_problem(day, calendar, today):
            raise NotADay(problem)
        if (
            day.closes is not None
            and day.span.first == today
            and _is_over(day.closes, now, calendar)
        ):
            raise NotADay(DayProblem.TOO_SOON)
    _check_rounds(by.school, calendar, calendar_with(by.school, [*before, *days]), days, now)
    ids = timetables.add_days(by.school, days, by.id, now)
    for id in ids:
        audit.add(by.school, now, by.id, "day-added", f"calendar-day {id}")
    db.session.commit()
    return ids


def add_shipped(by: Person, year: int, now: datetime) -> int:
    """Take over the holidays of the school's region that are not in its calendar; return how many.

    Of one that has begun its coming days are taken.
    """
    region = find_region(schools.get_school(by.school).region)
    calendar = calendar_with(by.school, timetables.days_of(by.school))
    today = calendar.today(now)
    known = {span.first for span in calendar.free if span.kind is DayOff.HOLIDAY}
    spans = shipped_for(region, year) if region else ()
    new = [span for span in spans if span.first not in known and span.last >= today]
    new = [replace(span, first=max(span.first, today)) for span in new]
    add_days(by, [Day(span.kind, span) for span in new], now)
    return len(new)


def find_day(person: Person, id: int) -> Day | None:
    """Return a line of the calendar of a person's school, taken out or not, or None."""
    return timetables.find_day(person.school, id)


def remove_days(by: Person, days: Sequence[Day], now: datetime) -> None:
    """Take days out of the calendar, all of them or none; raises NotADay.

    Of a holiday that has begun, the days that were stay as they were.
    """
    all_days = timetables.days_of(by.school)
    before = calendar_with(by.school, all_days)
    gone = {day.id for day in days}
    kept = [day for day in all_days if day.id not in gone]
    kept += (past := _past_of(days, before.today(now)))
    _check_rounds(by.school, before, calendar_with(by.school, kept), days, now)
    for day in days:
        if day.removed_at is None:
            timetables.remove_day(day.id, by.id, now)
            audit.add(by.school, now, by.id, "day-removed", f"calendar-day {day.id}")
    timetables.add_days(by.school, past, by.id, now)
    db.session.commit()


def put_back(by: Person, day: Day, now: datetime) -> None:
    """Put a line that was taken out back into the calendar; raises NotADay."""
    if day.removed_at is None:
        return
    before = timetables.days_of(by.school)
    calendar, after = (calendar_with(by.school, days) for days in (before, [*before, day]))
    if day.closes is not None and day.span.first in calendar.early:
        raise NotADay(DayProblem.TWICE)
    _check_rounds(by.school, calendar, after, [day], now)
    timetables.put_back_day(day.id)
    audit.add(by.school, now, by.id, "day-put-back", f"calendar-day {day.id}")
    db.session.commit()


def note_checked(by: Person, day: Day, now: datetime) -> None:
    """Note that somebody compared a holiday of the shipped table with the school's own papers."""
    timetables.note_checked(day.id)
    audit.add(by.school, now, by.id, "day-checked", f"calendar-day {day.id}")
    db.session.commit()


def _is_over(minute: int, now: datetime, calendar: SchoolCalendar) -> bool:
    local = now.astimezone(calendar.zone)
    return 60 * local.hour + local.minute >= minute


def _past_of(days: Iterable[Day], today: date) -> list[Day]:
    """Return the days that were of lines that have begun."""
    return [
        Day(day.kind, replace(day.span, last=min(day.span.last, today - timedelta(days=1))))
        for day in days
        if day.span.first < today
    ]


def _check_rounds(
    school: int,
    before: SchoolCalendar,
    after: SchoolCalendar,
    days: Iterable[Day],
    now: datetime,
) -> None:
    """Refuse to change a day that was, or a round of today that has begun."""
    today = before.today(now)
    every = (d for day in days for d in day.span.days())
    changed = changed_days(before, after, every)
    if any(day < today for day in changed):
        raise NotADay(DayProblem.PAST)
    if today not in changed:
        return
    groups = [*schools.list_classrooms(school), *schools.list_teams(school)]
    for old in timetables_of(schools.get_school(school), groups).values():
        new = Timetable(replace(after, pause=old.calendar.pause), old.openings)
        if _disturbs(old, new, today, now):
            raise NotADay(DayProblem.BEGUN)


def _disturbs(old: Timetable, new: Timetable, today: date, now: datetime) -> bool:
    """Tell whether a round that has begun would end at once, or begin anew."""
    for moment in old.moments(today) if old.is_school_day(today) else ():
        if now < old.opens(today, moment):
            continue
        is_held = new.is_school_day(today) and moment in new.moments(today)
        if not is_held or now < new.opens(today, moment):
            return True
        if new.closes(today, moment) <= now < old.closes(today, moment):
            return True
    return False
