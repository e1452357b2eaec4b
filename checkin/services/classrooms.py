"""The classrooms a person has to do with; those of another school do not exist for them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from checkin.domain.access import Person, Role, may_see_trend
from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet
from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_PUPILS, UNDO_SECONDS, Classroom, Kind, School, Table
from checkin.services.class_years.beginning import follows_teachers
from checkin.services.class_years.checks import (
    alone,
    check_name,
    check_pupils,
    find_plan,
    waiting_at,
)
from checkin.services.class_years.planning import copy_class
from checkin.services.setting_up import ordinary_week
from checkin.services.timetables import calendar_of, timetable_of
from checkin.services.words import languages_of_school
from checkin.storage import audit, class_changes, schools, staff, teaching, timetables
from checkin.storage.database import db


def get_school_of(person: Person) -> School:
    """Return the school a person works at."""
    return schools.get_school(person.school)


def find_classroom(person: Person, id: int) -> Classroom | None:
    """Return a classroom of a person's school, or None; a team is no classroom."""
    classroom = schools.find_classroom(id)
    is_theirs = classroom is not None and classroom.school == person.school
    return classroom if classroom and is_theirs and classroom.kind is Kind.CLASS else None


def list_classrooms(person: Person) -> tuple[Classroom, ...]:
    """Return every classroom of a person's school."""
    return tuple(schools.list_classrooms(person.school))


def visible_classrooms(person: Person) -> tuple[Classroom, ...]:
    """Return the classrooms whose lights a person may see."""
    return tuple(c for c in list_classrooms(person) if may_see_trend(person, c.id))


def openings_of(classroom: Classroom) -> Mapping[tuple[int, Moment], Opening]:
    """Return when the rounds of a classroom are, by ISO weekday and moment."""
    return timetables.openings_of(classroom.id)


def set_pupils(classroom: Classroom, pupils: int) -> None:
    """Change how many pupils a classroom has, or is to begin with; raises ValueError."""
    if not 1 <= pupils <= MOST_PUPILS:
        raise ValueError(f"a classroom has 1 to {MOST_PUPILS} pupils")
    schools.set_pupils(classroom.id, pupils)
    if (plan := find_plan(classroom)) is not None:
        before = plan.comes_from(classroom.id)
        counted = {id: schools.get_classroom(id).pupils for id in before}
        class_changes.say_pupils(plan.id, classroom.id, pupils, counted)
    db.session.commit()


def lay_table(classroom: Classroom, table: Table, now: datetime) -> None:
    """Change which cards a class sees, and how; raises ValueError when that cannot be.

    Another card set has another share of heavy cards, so what was usual begins anew.
    """
    if table.undo_seconds not in UNDO_SECONDS:
        raise ValueError(f"from {UNDO_SECONDS[0]} to {UNDO_SECONDS[-1]} seconds")
    known = {language.code for language in languages_of_school(classroom.school)}
    if not table.languages or not known.issuperset(table.languages):
        raise ValueError("a class has one language or more, of those there are")
    schools.lay_table(classroom.id, table)
    if table.card_set is not classroom.card_set:
        today = timetable_of(classroom).calendar.today(now)
        schools.note_other_cards(classroom.id, today)
    db.session.commit()


def add_classroom(by: Person, name: str, pupils: int, like: Classroom | None, now: datetime) -> int:
    """Add a class with what is set for another, or for none yet; raises CannotChange."""
    with alone(by.school):
        check_name(by.school, name)
        check_pupils(pupils)
        today = calendar_of(by.school).today(now)
        if like is not None:
            id = copy_class(like, name, pupils, today)
            schools.reopen_classroom(id)
        else:
            week = ordinary_week()
            id = schools.add_classroom(by.school, name, pupils, CardSet.SIX, ("nl",), today, week)
        audit.add(by.school, now, by.id, "class-added", f"classroom {id}")
        db.session.commit()
    return id


def rename_classroom(by: Person, classroom: Classroom, name: str, now: datetime) -> None:
    """Give a class another name; raises CannotChange.

    A class that is planned in its place under the same name gets the new one too.
    """
    with alone(by.school):
        is_planned = find_plan(classroom) is not None
        ending = () if is_planned else (classroom.id,)
        check_name(by.school, name, ending, classroom.id if is_planned else None)
        for after in _namesakes(classroom):
            schools.rename_classroom(after, name)
        schools.rename_classroom(classroom.id, name)
        audit.add(by.school, now, by.id, "class-renamed", f"classroom {classroom.id}")
        db.session.commit()


def choose_teachers(
    by: Person, classroom: Classroom, people: Collection[int], now: datetime
) -> None:
    """Choose who teaches a class; whoever does not teach at this school is left out.

    With nobody chosen for a class that is planned in the place of others, it gets their teachers.
    """
    known = {one.id for one in list_teachers(by)}
    teaching.set_teachers(classroom.id, classroom.school, known & set(people))
    audit.add(by.school, now, by.id, "teachers-chosen", f"classroom {classroom.id}")
    db.session.commit()


def follows_teachers_of(classroom: Classroom) -> tuple[int, ...]:
    """Return the classes whose teachers a planned class gets, () where it has its own."""
    plan = find_plan(classroom)
    if plan is None or not follows_teachers(plan, classroom.id):
        return ()
    return plan.comes_from(classroom.id)


def _namesakes(classroom: Classroom) -> list[int]:
    """Return the classes that are planned in the place of a class under its own name."""
    after = [id for plan in waiting_at(classroom.school) for id in plan.becomes(classroom.id)]
    return [id for id in after if schools.get_classroom(id).name == classroom.name]


def list_teachers(person: Person) -> tuple[Person, ...]:
    """Return who can teach a class of a person's school."""
    return tuple(one for one in staff.list_staff(person.school) if Role.TEACHER in one.roles)
