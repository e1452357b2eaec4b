"""Opening a demo: made on the first start, gone on with at the next."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from checkin.domain.access import Person, Role
from checkin.domain.patterns import Observation, Pattern, find_patterns
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, School
from checkin.services import enrolling, passwords, sealing
from checkin.services.demonstrating.cast import IN_TROUBLE, PASSWORD, STORIES, demo_school
from checkin.services.demonstrating.history import write_history
from checkin.services.demonstrating.joining import invite_somebody
from checkin.services.demonstrating.roles import give_roles
from checkin.services.demonstrating.talks import let_pupils_ask
from checkin.services.demonstrating.team import make_team
from checkin.services.demonstrating.ticking import tick_everything
from checkin.services.setting_up import set_up
from checkin.services.signing_in import list_staff
from checkin.services.timetables import calendar_of
from checkin.storage import flags, released, schools, timetables
from checkin.storage.database import db
from checkin.storage.staff import find_account

Facts = dict[str, Any]


def open_demo(now: datetime, url: str, before: Mapping[str, Any], history: bool = True) -> Facts:
    """Make or go on with the demo school and return what `demo.json` holds.

    `before` is what the file held at the last start: tokens are kept nowhere else.
    """
    if not schools.list_schools():
        _make(now, history)
    open_today(now)
    sealing.seal_due(now)
    school = schools.list_schools()[0]
    classrooms = schools.list_classrooms(school.id)
    in_trouble = classrooms[STORIES.index(IN_TROUBLE)]
    if _has_history(in_trouble, _today(school, now)):
        _keep_a_flag_open(in_trouble, _today(school, now), now)
    return {
        "url": url,
        "staff": _staff(school.id),
        "classrooms": [_classroom(classroom) for classroom in classrooms],
        "tablets": _tablets(classrooms, before, now),
    }


def open_today(now: datetime) -> None:
    """Make today a school day, whatever the calendar says."""
    school = schools.list_schools()[0]
    today = _today(school, now)
    if not calendar_of(school.id).is_school_day(today):
        timetables.add_extra_day(school.id, today)
        db.session.commit()


def _make(now: datetime, history: bool) -> None:
    made = set_up(demo_school(now.date() - timedelta(weeks=20)), now)
    today = _today(schools.get_school(made.school), now)
    give_roles(made.school, now)
    make_team(made.school, now)
    tick_everything(made.school, today)
    if history:
        write_history(made.school, today)
    let_pupils_ask(made.school, now)
    invite_somebody(made.school, now)


def _today(school: School, now: datetime) -> date:
    return calendar_of(school.id).today(now)


def _has_history(classroom: Classroom, today: date) -> bool:
    """Tell whether a class lived before today: of an empty one no flag can speak."""
    return bool(released.rounds_between(classroom.id, date.min, today - timedelta(days=1)))


def _keep_a_flag_open(classroom: Classroom, today: date, now: datetime) -> None:
    """Raise a rehearsed flag when somebody closed the last one, so that there is one to try."""
    known = flags.list_flags(classroom.school)
    if any(not flag.is_closed for flag in known):
        return
    taken = {f.raised_on for f in known if f.classroom == classroom.id}
    raised_on = today
    while raised_on in taken:
        raised_on -= timedelta(days=1)
    pattern = _rehearse(classroom, raised_on)
    numbers = dict(pattern.numbers) | {"since": pattern.since.isoformat()}
    flags.add_flag(
        classroom.school,
        classroom.id,
        pattern.pattern,
        raised_on,
        pattern.strength,
        numbers,
        now,
    )
    db.session.commit()


def _rehearse(classroom: Classroom, last: date) -> Pattern:
    """Return what the rules say of a class that was calm for weeks and then was not."""
    days = [last - timedelta(days=n) for n in range(60, -1, -1)]
    rounds = [
        Observation(day, moment, classroom.pupils, classroom.pupils, heavy)
        for n, day in enumerate(days)
        for moment in Moment
        for heavy in [3 if n < 40 else classroom.pupils - 3]
    ]
    return next(p for p in find_patterns(rounds) if p.pattern == "sustained-rise")


def _staff(school: int) -> list[Facts]:
    return [
        {
            "name": person.name,
            "email": person.email,
            "password": _password_of(person),
            "roles": sorted(role.value for role in person.roles),
            "classrooms": sorted(person.classrooms),
        }
        for person in sorted(list_staff(school), key=_teachers_first)
    ]


def _password_of(person: Person) -> str:
    """Return the password of the demo, '' for who chose another meanwhile."""
    account = find_account(person.email)
    is_ours = account is not None and passwords.verify(account.password_hash, PASSWORD)
    return PASSWORD if is_ours else ""


def _teachers_first(person: Person) -> tuple[int, str]:
    return min(list(Role).index(role) for role in person.roles), person.name


def _classroom(classroom: Classroom) -> Facts:
    return {
        "id": classroom.id,
        "name": classroom.name,
        "pupils": classroom.pupils,
        "card_set": classroom.card_set.value,
    }


def _tablets(classrooms: list[Classroom], before: Mapping[str, Any], now: datetime) -> list[Facts]:
    tokens = {t["classroom"]: t["token"] for t in before.get("tablets", ())}
    for classroom in classrooms:
        token = tokens.get(classroom.id)
        if token is None or enrolling.find_tablet(token) is None:
            tokens[classroom.id] = enrolling.add_tablet(classroom.school, classroom.id, now)
    db.session.commit()
    return [{"classroom": c.id, "token": tokens[c.id]} for c in classrooms]
