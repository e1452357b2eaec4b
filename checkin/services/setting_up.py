"""Setting a school up: its calendar, its classrooms, its first administrator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from checkin.domain.access import Role
from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_PUPILS
from checkin.domain.school_years import Region, holidays_of
from checkin.domain.structure import DEFAULT_STRUCTURE, Structure
from checkin.domain.words import find_language
from checkin.services import sealing
from checkin.services.signing_in import prepare_staff
from checkin.storage import audit, first_start, schools, structures, timetables
from checkin.storage.database import db

Openings = Mapping[tuple[int, Moment], Opening]


class NotValid(ValueError):
    """Something in the set-up that cannot be; its text says what."""


class AlreadySetUp(NotValid):
    """There is a school, perhaps made by somebody else a moment ago; it is kept as it is."""

    def __init__(self) -> None:
        super().__init__("there is a school already; it is kept as it is")


@dataclass(frozen=True)
class NewClassroom:
    """A classroom to be set up."""

    name: str
    pupils: int
    card_set: CardSet
    openings: Openings
    languages: tuple[str, ...] = ("nl",)
    style: Style = Style.FACES
    coping: Moment | None = None


@dataclass(frozen=True)
class NewStaff:
    """A person to be set up; `classrooms` are places in the list of classrooms."""

    name: str
    email: str
    password: str
    roles: tuple[Role, ...]
    classrooms: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewSchool:
    """A school to be set up."""

    name: str
    region: Region
    classrooms: Sequence[NewClassroom]
    staff: Sequence[NewStaff]
    is_demo: bool = False
    started_on: date | None = None
    structure: Structure = DEFAULT_STRUCTURE


@dataclass(frozen=True)
class SetUp:
    """What was set up, by number."""

    school: int
    classrooms: tuple[int, ...] = field(default=())


def set_up(new: NewSchool, now: datetime) -> SetUp:
    """Set a school up, all of it or nothing; raises NotValid."""
    try:
        made = _set_up(new, now)
    except NotValid:
        db.session.rollback()
        raise
    db.session.commit()
    return made


def set_up_first(new: NewSchool, now: datetime) -> SetUp:
    """Set the first school up; of two who do so at once one is too late. Raises NotValid."""
    db.session.rollback()  # nothing was changed; what was read before may no longer be so
    try:
        first_start.hold()
        if is_set_up():
            raise AlreadySetUp
        made = _set_up(new, now)
        first_start.forget()
    except NotValid:
        db.session.rollback()
        raise
    db.session.commit()
    return made


def _set_up(new: NewSchool, now: datetime) -> SetUp:
    if not new.name.strip():
        raise NotValid("a school needs a name")
    for classroom in new.classrooms:
        _check_classroom(classroom)
    started_on = new.started_on or now.date()
    home = sealing.find_home()
    school = schools.add_school(new.name.strip(), new.region.value, new.is_demo, home)
    timetables.add_days_off(school, holidays_of(new.region))
    structures.add_version(school, new.structure, started_on, approved_by=None)
    ids = tuple(_add_classroom(school, classroom, started_on) for classroom in new.classrooms)
    for person in new.staff:
        _add_staff(school, person, ids)
    audit.add(school, now, None, "set-up", f"school {school}")
    return SetUp(school, ids)


def is_set_up() -> bool:
    """Tell whether there is a school already."""
    return bool(schools.list_schools())


def ordinary_week() -> dict[tuple[int, Moment], Opening]:
    """Return the opening times of a school week with a short Wednesday."""
    check_in, check_out = Opening(8 * 60 + 15, 9 * 60), Opening(14 * 60, 14 * 60 + 45)
    week = {(weekday, Moment.CHECK_IN): check_in for weekday in range(1, 6)}
    week |= {(weekday, Moment.CHECK_OUT): check_out for weekday in range(1, 6)}
    return week | {(3, Moment.CHECK_OUT): Opening(12 * 60, 12 * 60 + 45)}


def _check_classroom(new: NewClassroom) -> None:
    if not new.name.strip():
        raise NotValid("a classroom needs a name")
    if not 1 <= new.pupils <= MOST_PUPILS:
        raise NotValid(f"{new.name}: the number of pupils is from 1 to {MOST_PUPILS}")
    for code in new.languages:
        if find_language(code) is None:
            raise NotValid(f"{new.name}: there is no language '{code}' yet")
    if not new.openings:
        raise NotValid(f"{new.name}: a classroom needs opening times")


def _add_classroom(school: int, new: NewClassroom, started_on: date) -> int:
    return schools.add_classroom(
        school,
        new.name,
        new.pupils,
        new.card_set,
        new.languages,
        started_on,
        new.openings,
        new.style,
        coping=new.coping,
    )


def _add_staff(school: int, new: NewStaff, classrooms: tuple[int, ...]) -> None:
    if any(not 0 <= place < len(classrooms) for place in new.classrooms):
        raise NotValid(f"{new.email}: there are {len(classrooms)} classrooms, counted from 0")
    teaches = [classrooms[place] for place in new.classrooms]
    try:
        prepare_staff(school, new.email, new.name, new.password, new.roles, teaches)
    except ValueError as error:
        raise NotValid(f"{new.email}: {error}") from error
