"""Moving a school to another holiday region: what was stays, what is to come is another's."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, Span
from checkin.domain.calendar_days import Day
from checkin.domain.school_years import Region, find_region, holidays_of, school_year_of
from checkin.services.timetables import calendar_of
from checkin.storage import audit, joining, schools, timetables
from checkin.storage.database import db


@dataclass(frozen=True)
class Move:
    """What another region takes out of the calendar, and what it brings."""

    region: Region
    goes: tuple[Day, ...]
    comes: tuple[Span, ...]


def moves_of(person: Person, now: datetime) -> list[Move]:
    """Return what each other region would change, from tomorrow on."""
    here = find_region(schools.get_school(person.school).region)
    return [_move(person.school, here, one, now) for one in Region if one is not here]


def move_to(by: Person, region: Region, now: datetime) -> Move:
    """Move a school to a region; lines it wrote or changed itself stay as they are."""
    joining.hold(by.school)
    here = find_region(schools.get_school(by.school).region)
    move = _move(by.school, here, region, now)
    for day in move.goes:
        timetables.remove_day(day.id, by.id, now)
    timetables.add_days(by.school, [Day(one.kind, one) for one in move.comes], by.id, now)
    if region is not here:
        schools.set_region(by.school, region.value)
        audit.add(by.school, now, by.id, "region-set", f"school {by.school}: {region.value}")
    db.session.commit()
    return move


def _move(school: int, here: Region | None, to: Region, now: datetime) -> Move:
    """Return what changes after today: a holiday that has begun goes on to its end."""
    today = calendar_of(school).today(now)
    lines = [day for day in timetables.days_of(school) if day.kind is DayOff.HOLIDAY]
    old = {(one.first, one.last) for one in holidays_of(here)} if here else set()
    new = {(one.first, one.last): one for one in holidays_of(to)}
    shipped = [one for one in lines if (one.span.first, one.span.last) in old]
    years = {school_year_of(one.span.first) for one in shipped}
    stays = {(one.span.first, one.span.last) for one in lines}
    goes = tuple(
        one
        for one in shipped
        if one.span.first > today and (one.span.first, one.span.last) not in new
    )
    comes = tuple(
        _from_tomorrow(span, today)
        for days, span in new.items()
        if span.last > today and school_year_of(span.first) in years and days not in stays
    )
    return Move(to, goes, comes if here is not to else ())


def _from_tomorrow(span: Span, today: date) -> Span:
    return replace(span, first=max(span.first, today + timedelta(days=1)))
