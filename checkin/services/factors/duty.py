"""Who must have a second factor, and by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkin.domain.access import Person, must_have_factor
from checkin.services.factors.days import today_at
from checkin.storage import audit, factor_duties, factors, outside_identities, schools, staff
from checkin.storage.database import db

GRACE = timedelta(days=14)


@dataclass(frozen=True)
class Duty:
    """A second factor that is still to be set up, before a day."""

    before: date
    is_due: bool


def begin(person: Person, now: datetime) -> None:
    """Note the first sign-in of somebody who must have a second factor; the caller commits."""
    if must_have_factor(person):
        factor_duties.begin(person.school, person.id, now)


def find(person: Person, way: Callable[[], str | None], now: datetime) -> Duty | None:
    """Return what a person still has to set up, or None.

    `way` tells how the session was begun: with a password alone, or with more.
    """
    if not must_have_factor(person) or way() != "password" or factors.has_factor(person.id):
        return None
    if schools.get_school(person.school).is_demo:
        return None
    return _duty(person, factor_duties.since(person.id) or now, now)


def asked_at_once(school: int) -> bool:
    """Tell whether a school gives nobody two weeks."""
    return factor_duties.asked_at_once(school)


def ask_at_once(by: Person, at_once: bool, now: datetime) -> None:
    """Ask second factors of everybody at once, or give people their two weeks."""
    if at_once == factor_duties.asked_at_once(by.school):
        return
    if at_once:
        factor_duties.ask_at_once(by.school, by.id, now)
    else:
        factor_duties.ask_in_time(by.school)
    what = "asked second factors at once" if at_once else "gave two weeks for second factors"
    audit.add(by.school, now, by.id, what, f"school {by.school}")
    db.session.commit()


@dataclass(frozen=True)
class Standing:
    """How a colleague signs in."""

    person: Person
    has_factor: bool
    signs_in_elsewhere: bool
    must: bool
    duty: Duty | None


def list_standings(school: int, now: datetime) -> list[Standing]:
    """Return how everybody at a school signs in, by name; never a factor itself."""
    people = staff.list_staff(school)
    holders = factors.holders_among(person.id for person in people)
    outside, since = outside_identities.all_of(school), factor_duties.all_of(school)
    is_demo = schools.get_school(school).is_demo
    must = {one.id for one in people if must_have_factor(one) and not is_demo}
    return [
        Standing(
            person,
            has_factor=person.id in holders,
            signs_in_elsewhere=person.id in outside,
            must=person.id in must,
            duty=_duty(person, since[person.id], now)
            if person.id in must - holders and person.id in since
            else None,
        )
        for person in people
    ]


def list_without(school: int, now: datetime) -> list[Person]:
    """Return who must have a second factor and has none: they set one up before they go on.

    Whoever comes from an account elsewhere showed one there, and goes on.
    """
    found = list_standings(school, now)
    without = (one for one in found if one.must and not one.has_factor)
    return [one.person for one in without if not one.signs_in_elsewhere]


def _duty(person: Person, since: datetime, now: datetime) -> Duty:
    if factor_duties.asked_at_once(person.school):
        return Duty(today_at(person.school, now), is_due=True)
    before = today_at(person.school, since + GRACE)
    return Duty(before, is_due=today_at(person.school, now) >= before)
