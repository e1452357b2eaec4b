"""The person of an address; another school's is as unknown as none."""

from flask import abort

from checkin.services import staffing
from checkin.services.staffing import Listed
from checkin.web.access import signed_in
from checkin.web.clock import now


def get_listed(id: int) -> Listed:
    """Return somebody of this person's school, or answer that there is none."""
    found = staffing.find_listed(signed_in(), id, now())
    return found if found is not None else abort(404)


def get_here(id: int) -> Listed:
    """Return somebody who works at this person's school, or answer that there is none."""
    found = get_listed(id)
    return found if found.is_here else abort(404)
