"""The demo school's own team: eleven colleagues, of whom those with a class see its trend."""

import random
from collections.abc import Callable
from datetime import date, datetime

from checkin.domain.access import Role
from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom
from checkin.services import teams
from checkin.services.signing_in import list_staff
from checkin.services.teams import Plan
from checkin.storage import schools, timetables
from checkin.storage.database import db

NAME = "Het team"
MEMBERS = 11
HEAVY_SHARE = 0.25
LiveADay = Callable[[Classroom, float, date, random.Random], None]


def make_team(school: int, now: datetime) -> None:
    """Let the teachers and the care team be a team; its rounds are open all day, as everywhere."""
    people = list_staff(school)
    head = next(one for one in people if Role.HEAD in one.roles)
    seen_by = frozenset(one.id for one in people if {Role.TEACHER, Role.IB} & one.roles)
    all_day = dict.fromkeys(Moment, Opening(0, MINUTES_A_DAY))
    team = teams.make_team(head, Plan(NAME, MEMBERS, all_day, seen_by), now)
    every_day = {(weekday, moment): all_day[moment] for weekday in range(1, 8) for moment in Moment}
    timetables.set_openings(team, every_day)  # it can be tried on a Sunday too
    db.session.commit()


def live_with_the_classes(school: int, day: date, live_a_day: LiveADay) -> None:
    """Let the team tap on a day, by a chance of its own: no class's story changes with it."""
    chance = random.Random(day.toordinal())  # noqa: S311  # made-up taps, not noise
    for team in schools.list_teams(school):
        live_a_day(team, HEAVY_SHARE, day, chance)
