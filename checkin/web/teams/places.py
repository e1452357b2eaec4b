"""The team of an address; another school's is as unknown as none."""

from flask import abort

from checkin.domain.school import Classroom
from checkin.services import teams
from checkin.web.access import signed_in


def get_team(id: int) -> Classroom:
    """Return a team of this person's school, or answer that there is none."""
    team = teams.find_team(signed_in(), id)
    return team if team is not None else abort(404)
