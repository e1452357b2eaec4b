"""What there is to do before pupils may start: known from the data, or ticked by who knows.

Nothing here keeps a tap out. Whether a class starts is its teacher's judgement; this only says
what the school wanted to have done first.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask import current_app

from checkin.domain.access import Person, must_have_factor
from checkin.services import backing_up, structure_versions, talking_settings
from checkin.services.factors import duty
from checkin.services.first_day_things import (
    BY_HAND,
    OF_CLASS,
    OF_SCHOOL,
    OR_BY_HAND,
    ClassStart,
    FirstDay,
    Line,
    Lines,
    Thing,
    is_fresh,
)
from checkin.services.presence import today_of
from checkin.storage import audit, first_day, schools, staff, tablets
from checkin.storage.database import db
from checkin.storage.first_day import Tick


class NotByHand(Exception):
    """Something that is done by itself, from the data, or is not on this list."""


def look(school: int, now: datetime) -> FirstDay:
    """Return the list of a school as it is now."""
    rooms, begun = schools.list_classrooms(school), first_day.first_rounds(school)
    ticks = first_day.list_ticks(school)
    people = staff.list_staff(school)
    return FirstDay(
        _lines(OF_SCHOOL, _known_of_school(school, now), ticks, None),
        tuple(
            ClassStart(
                room,
                _lines(OF_CLASS, _known_of_class(room.id, people), ticks, room.id),
                begun.get(room.id),
            )
            for room in rooms
        ),
        bool(begun),
    )


def has_waiting(school: int, today: date) -> bool:
    """Tell whether a class has not begun yet or left something open, or there is none."""
    rooms = {room.id for room in schools.list_classrooms(school)}
    begun = first_day.first_rounds(school)
    fresh = {room for room in rooms & begun.keys() if is_fresh(begun[room], today)}
    if not rooms or rooms - begun.keys():
        return True
    ticked = {(one.thing, one.classroom) for one in first_day.list_ticks(school)} if fresh else ()
    by_hand = BY_HAND.intersection(OF_CLASS)
    return any((thing.value, room) not in ticked for thing in by_hand for room in fresh)


def tick(by: Person, thing: Thing, classroom: int | None, now: datetime) -> None:
    """Note that something is done; a second time changes nothing. Raises NotByHand."""
    _refuse(thing, classroom)
    if any((t.thing, t.classroom) == (thing, classroom) for t in first_day.list_ticks(by.school)):
        return
    first_day.add_tick(by.school, thing.value, classroom, by.id, today_of(by.school, now))
    _note(by, "first-day-ticked", thing, classroom, now)


def take_back(by: Person, thing: Thing, classroom: int | None, now: datetime) -> None:
    """Take a tick back; without one nothing changes. Raises NotByHand."""
    _refuse(thing, classroom)
    if first_day.remove_tick(by.school, thing.value, classroom):
        _note(by, "first-day-taken-back", thing, classroom, now)


def _refuse(thing: Thing, classroom: int | None) -> None:
    if thing not in BY_HAND | OR_BY_HAND or (thing in OF_CLASS) != (classroom is not None):
        raise NotByHand


def _note(by: Person, what: str, thing: Thing, classroom: int | None, now: datetime) -> None:
    where = f" of classroom {classroom}" if classroom is not None else ""
    audit.add(by.school, now, by.id, what, f"{thing.value}{where}")
    db.session.commit()


def _lines(
    things: Iterable[Thing],
    known: dict[Thing, bool],
    ticks: Sequence[Tick],
    classroom: int | None,
) -> Lines:
    by_thing = {one.thing: one for one in ticks if one.classroom == classroom}
    return tuple(Line(one, known.get(one, False), by_thing.get(one.value)) for one in things)


def _known_of_school(school: int, now: datetime) -> dict[Thing, bool]:
    version = structure_versions.in_force(school, now)
    is_approved = version is not None and version.approved_by is not None
    acute = version.structure.acute.lines if version is not None else ()
    return {
        Thing.STRUCTURE: is_approved,
        Thing.ACUTE: is_approved and any(line.strip() for line in acute),
        Thing.TALK: talking_settings.has_adults(school),
        Thing.HTTPS: current_app.extensions["checkin_config"].is_https,
        Thing.FACTORS: _have_factors(school, now),
        Thing.BACKUP: backing_up.last_backup(now) is not None,
    }


def _have_factors(school: int, now: datetime) -> bool:
    return all(
        one.has_factor or one.signs_in_elsewhere
        for one in duty.list_standings(school, now)
        if must_have_factor(one.person)
    )


def _known_of_class(classroom: int, people: Sequence[Person]) -> dict[Thing, bool]:
    return {
        Thing.TEACHER: any(one.teaches(classroom) for one in people),
        Thing.TABLET: any(tablet.downloaded for tablet in tablets.tablets_of(classroom)),
    }
