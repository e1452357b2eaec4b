"""The classroom or tablet of an address; another school's is as unknown as none."""

from flask import abort

from checkin.domain.school import Classroom, Tablet
from checkin.services import classrooms, enrolling
from checkin.web.access import signed_in


def get_classroom(id: int) -> Classroom:
    """Return a classroom of this person's school, or answer that there is none."""
    classroom = classrooms.find_classroom(signed_in(), id)
    return classroom if classroom is not None else abort(404)


def get_tablet(id: int) -> Tablet:
    """Return a tablet of this person's school, or answer that there is none."""
    tablet = enrolling.find_tablet_of(signed_in().school, id)
    return tablet if tablet is not None else abort(404)
