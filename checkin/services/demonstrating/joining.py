"""An invitation that waits at the demo school."""

from datetime import datetime

from checkin.domain.access import Role
from checkin.domain.joining import Way
from checkin.services.signing_in import list_staff
from checkin.services.staffing import NewMember, invite
from checkin.storage import schools


def invite_somebody(school: int, now: datetime) -> None:
    """Let the administrator invite a teacher, on a sheet that somebody printed."""
    admin = next(one for one in list_staff(school) if Role.ADMIN in one.roles)
    first = schools.list_classrooms(school)[0].id
    new = NewMember(
        "Lotte Vermeer",
        "lotte@regenboog.example",
        frozenset({Role.TEACHER}),
        frozenset({first}),
    )
    invite(admin, new, Way.PAPER, now)
