"""Who sees what of the pages about staff: written by hand, read by the matrix beside it."""

from datetime import datetime

from checkin.domain.access import Person, Role
from checkin.domain.joining import Way
from checkin.services import signing_in, staffing
from checkin.services.staffing import NewMember
from tests.web.conftest import PASSWORD, Cast

NOBODY = frozenset({"nobody", "revoked tablet", "expired session", "tablet"})
ADMIN, HEAD = frozenset({"admin"}), frozenset({"head"})
KEEPERS = ADMIN | HEAD
STAFF = KEEPERS | {"own teacher", "other teacher", "assigned", "ib", "other school"}
EVERYBODY = NOBODY | STAFF

STAFF_PAGES = {
    # who lets people in and out, and who only sees who works here
    "GET /staff": KEEPERS,
    "GET /staff/<int:id>": KEEPERS,
    "POST /staff/<int:id>": KEEPERS,
    "GET /staff/<int:id>/sees": KEEPERS,
    "GET /staff/invitation": ADMIN,
    "POST /staff/invitation": ADMIN,
    "POST /staff/<int:id>/invitation": ADMIN,
    "POST /staff/<int:id>/invitation/withdrawal": ADMIN,
    "POST /staff/<int:id>/password": ADMIN,
    "GET /staff/<int:id>/paper": ADMIN,
    "POST /staff/<int:id>/sessions/end": ADMIN,
    "GET /staff/<int:id>/leaving": ADMIN,
    "POST /staff/<int:id>/leaving": ADMIN,
    "GET /staff/<int:id>/return": ADMIN,
    "POST /staff/<int:id>/return": ADMIN,
    # one's own account, each their own
    "GET /account": STAFF,
    "POST /account/password": STAFF,
    "POST /account/sessions/<mark>/end": STAFF,
    "POST /account/sessions/end": STAFF,
    "GET /who-sees-what": STAFF,
    # whoever comes in
    "GET /join": EVERYBODY,
    "POST /join": EVERYBODY,
    "GET /join/<secret>": EVERYBODY,
    "POST /join/<secret>": EVERYBODY,
    "GET /forgotten": EVERYBODY,
    "POST /forgotten": EVERYBODY,
}

STAFF_FIRST = {"GET /staff/<int:id>/paper": "/staff/{colleague}/password"}

STAFF_PLACES = {
    "/staff/<int:id>": "colleague",
    "/staff/<int:id>/invitation": "invited",
    "/staff/<int:id>/return": "gone",
}
"""Whom an address is about; the last that is in it counts."""


def fill_staff(cast: Cast, admin: Person, now: datetime) -> dict[str, object]:
    """Add a colleague, one who left, and one who is invited."""
    pia, guus = (
        signing_in.add_staff(
            cast.school, f"{name}@school.example", name, PASSWORD, [Role.TEACHER], [cast.maan]
        )
        for name in ("pia", "guus")
    )
    signing_in.leave(guus, now)
    new = NewMember("Nora", "nora@school.example", frozenset({Role.TEACHER}), frozenset())
    invited, secret = staffing.invite(admin, new, Way.PAPER, now)
    parts = {"colleague": pia, "gone": guus, "invited": invited}
    return parts | {"secret": secret, "mark": "0" * 16}
