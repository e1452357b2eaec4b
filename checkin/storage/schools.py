"""Schools and their classrooms."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.exc import NoResultFound

from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, Kind, Pause, School, Table
from checkin.storage.database import ask, db
from checkin.storage.rows import ClassroomRow, OpeningRow, SchoolRow

OFF = "off"


def add_school(name: str, region: str, is_demo: bool = False, home: str | None = None) -> int:
    """Add a school, whose open rounds are in the home of that mark, and return its id."""
    row = SchoolRow(name=name, region=region, is_demo=is_demo, home=home)
    db.session.add(row)
    db.session.flush()
    return row.id


def list_schools() -> list[School]:
    """Return every school."""
    return [_school(row) for row in db.session.scalars(select(SchoolRow).order_by(SchoolRow.id))]


def get_school(id: int) -> School:
    """Return a school."""
    return _school(ask(_THE_SCHOOL, id=id).one())


def set_region(id: int, region: str) -> None:
    """Note in which holiday region a school is."""
    db.session.get_one(SchoolRow, id).region = region


def list_schools_from_elsewhere(home: str) -> list[School]:
    """Return the schools whose open rounds were in another home than the one of that mark."""
    return [_school(row) for row in ask(_FROM_ELSEWHERE, home=home)]


def move_in(id: int, home: str, lost_on: date | None) -> bool:
    """Note in which home a school's open rounds are from now on; False when it is noted already."""
    moved = db.session.connection().execute(_MOVE_IN, {"id_": id, "home_": home, "day_": lost_on})
    return moved.rowcount == 1


def add_classroom(
    school: int,
    name: str,
    pupils: int,
    card_set: CardSet,
    languages: Iterable[str],
    started_on: date,
    openings: Mapping[tuple[int, Moment], Opening],
    style: Style = Style.FACES,
    undo_seconds: int = 3,
    coping: Moment | None = None,
    kind: Kind = Kind.CLASS,
) -> int:
    """Add a classroom with its opening times and return its id."""
    row = ClassroomRow(
        school_id=school,
        name=name,
        pupils=pupils,
        card_set=card_set.value,
        style=style.value,
        languages=",".join(languages),
        undo_seconds=undo_seconds,
        coping=coping.value if coping else OFF,
        started_on=started_on,
        kind=kind.value,
        openings=[
            OpeningRow(
                school_id=school,
                weekday=weekday,
                moment=moment.value,
                opens=opening.opens,
                closes=opening.closes,
            )
            for (weekday, moment), opening in openings.items()
        ],
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def list_classrooms(school: int) -> list[Classroom]:
    """Return the classrooms of a school that are not closed, by name; no team is among them."""
    return _list_open(school, Kind.CLASS)


def list_teams(school: int) -> list[Classroom]:
    """Return the teams of colleagues of a school that are not closed."""
    return _list_open(school, Kind.TEAM)


def list_every_classroom(school: int) -> list[Classroom]:
    """Return the classrooms and teams of a school, closed ones too."""
    return [_classroom(row) for row in ask(_EVERY_CLASSROOM, school=school)]


def find_classroom(id: int) -> Classroom | None:
    """Return a classroom, or None."""
    row = db.session.get(ClassroomRow, id)
    return _classroom(row) if row is not None else None


def get_classroom(id: int) -> Classroom:
    """Return a classroom."""
    return _classroom(ask(_THE_CLASSROOM, id=id).one())


def get_home(classroom: int) -> tuple[Classroom, School]:
    """Return a classroom with its school; asked at every tap."""
    row = ask(_HOME, classroom=classroom).first()
    if row is None:
        raise NoResultFound(f"there is no classroom {classroom}")
    return _classroom(row), School(*row[-len(_OF_SCHOOL) :])


def set_pupils(id: int, pupils: int) -> None:
    """Change how many pupils a classroom has."""
    db.session.get_one(ClassroomRow, id).pupils = pupils


def rename_classroom(id: int, name: str) -> None:
    """Give a classroom another name."""
    db.session.get_one(ClassroomRow, id).name = name


def close_classroom(id: int, day: date) -> None:
    """Note the day from which a classroom is no more."""
    db.session.get_one(ClassroomRow, id).closed_on = day


def reopen_classroom(id: int) -> None:
    """Let a classroom that was closed, or has not begun, have rounds."""
    db.session.get_one(ClassroomRow, id).closed_on = None


def lay_table(id: int, table: Table) -> None:
    """Change which cards a classroom sees, and how."""
    row = db.session.get_one(ClassroomRow, id)
    row.card_set = table.card_set.value
    row.style = table.style.value
    row.languages = ",".join(table.languages)
    row.undo_seconds = table.undo_seconds
    row.coping = table.coping.value if table.coping else OFF
    row.shows_words = table.shows_words


def note_other_cards(id: int, day: date) -> None:
    """Note the first day of another card set: figures from before are not its usual."""
    db.session.get_one(ClassroomRow, id).cards_since = day


def _list_open(school: int, kind: Kind) -> list[Classroom]:
    query = select(ClassroomRow).where(
        ClassroomRow.school_id == school,
        ClassroomRow.closed_on.is_(None),
        ClassroomRow.kind == kind.value,
    )
    return [_classroom(row) for row in db.session.scalars(query.order_by(ClassroomRow.id))]


_SCHOOLS, _CLASSROOMS = SchoolRow.__table__, ClassroomRow.__table__
_THE_SCHOOL = select(_SCHOOLS).where(_SCHOOLS.c.id == bindparam("id"))
_FROM_ELSEWHERE = select(_SCHOOLS).where(_SCHOOLS.c.home.is_distinct_from(bindparam("home")))
_MOVE_IN = (
    update(SchoolRow)
    .where(_SCHOOLS.c.id == bindparam("id_"), _SCHOOLS.c.home.is_distinct_from(bindparam("home_")))
    .values(home=bindparam("home_"), lost_on=bindparam("day_"))
)
_THE_CLASSROOM = select(_CLASSROOMS).where(_CLASSROOMS.c.id == bindparam("id"))
_EVERY_CLASSROOM = select(_CLASSROOMS).where(_CLASSROOMS.c.school_id == bindparam("school"))

_OF_SCHOOL = [_SCHOOLS.c[field.name] for field in fields(School)]
_HOME = (
    select(_CLASSROOMS, *_OF_SCHOOL)
    .join(_SCHOOLS, _SCHOOLS.c.id == _CLASSROOMS.c.school_id)
    .where(_CLASSROOMS.c.id == bindparam("classroom"))
)


def _school(row: SchoolRow | Row[Any]) -> School:
    return School(
        id=row.id,
        name=row.name,
        region=row.region,
        zone=row.zone,
        floor=row.floor,
        timetable_version=row.timetable_version,
        is_demo=row.is_demo,
        home=row.home,
        lost_on=row.lost_on,
    )


def _pause(row: ClassroomRow | Row[Any]) -> Pause | None:
    if row.pause_first is None or row.pause_last is None:
        return None
    return Pause(row.pause_first, row.pause_last)


def _classroom(row: ClassroomRow | Row[Any]) -> Classroom:
    return Classroom(
        id=row.id,
        school=row.school_id,
        name=row.name,
        pupils=row.pupils,
        card_set=CardSet(row.card_set),
        style=Style(row.style),
        languages=tuple(row.languages.split(",")),
        undo_seconds=row.undo_seconds,
        coping=Moment(row.coping) if row.coping != OFF else None,
        shows_words=row.shows_words,
        cards_since=row.cards_since,
        pause=_pause(row),
        started_on=row.started_on,
        closed_on=row.closed_on,
        kind=Kind(row.kind),
    )
