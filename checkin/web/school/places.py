"""The classroom or tablet of an address; another school's is as unknown as none."""

from flask import abort
from flask_babel import gettext as _

from checkin.domain.school import Classroom, Tablet
from checkin.services import class_years, classrooms, enrolling
from checkin.web.access import signed_in
from checkin.web.language import day


def get_classroom(id: int) -> Classroom:
    """Return a classroom of this person's school, or answer that there is none."""
    classroom = classrooms.find_classroom(signed_in(), id)
    return classroom if classroom is not None else abort(404)


def get_running(id: int) -> Classroom:
    """Return a classroom with times, cards and tablets of its own: one that is planned has none."""
    found = get_classroom(id)
    if (plan := class_years.find_plan(found)) is None:
        return found
    before = (classrooms.find_classroom(signed_in(), one) for one in plan.comes_from(id))
    told = _(
        "%(name)s begins on %(day)s, with the times, the cards and the pause that %(before)s has"
        " then. Change them there.",
        name=found.name,
        day=day(plan.day),
        before=next((one.name for one in before if one is not None), ""),
    )
    return abort(409, told)


def get_tablet(id: int) -> Tablet:
    """Return a tablet of this person's school, or answer that there is none."""
    tablet = enrolling.find_tablet_of(signed_in().school, id)
    return tablet if tablet is not None else abort(404)
