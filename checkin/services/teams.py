"""The team's own check-in: a group of colleagues with the protection that every class has.

Its members see their own trend, and so does the head; nobody else does. A team raises no flags, is
in no weekly review and in no figure about the school.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person, may_see_team
from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet
from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_MEMBERS, Classroom, Kind
from checkin.services import enrolling, rituals, signing_in
from checkin.services.timetables import calendar_of
from checkin.storage import schools, teams, timetables
from checkin.storage.database import db

LONGEST_NAME = 40
WEEKDAYS = range(1, 6)

Hours = Mapping[Moment, Opening]
"""When the rounds of a team are, the same from Monday to Friday."""

USUAL_HOURS: Hours = {
    Moment.CHECK_IN: Opening(7 * 60 + 30, 10 * 60),
    Moment.CHECK_OUT: Opening(14 * 60 + 30, 18 * 60),
}


@dataclass(frozen=True)
class Plan:
    """What is set for a team: its name, how many tap, when, and which accounts see its trend."""

    name: str
    members: int
    hours: Hours
    seen_by: frozenset[int]


def list_teams(person: Person) -> tuple[Classroom, ...]:
    """Return every team of a person's school."""
    return tuple(schools.list_teams(person.school))


def visible_teams(person: Person) -> tuple[Classroom, ...]:
    """Return the teams whose trend a person may see."""
    own = teams.teams_of(person.id)
    return tuple(t for t in list_teams(person) if may_see_team(person, t.id in own))


def find_team(person: Person, id: int) -> Classroom | None:
    """Return a team of a person's school that is not closed, or None."""
    team = schools.find_classroom(id)
    if team is None or team.kind is not Kind.TEAM or team.closed_on is not None:
        return None
    return team if team.school == person.school else None


def is_member(person: Person, team: int) -> bool:
    """Tell whether a person is in a team."""
    return person.id in teams.members_of(team)


def plan_of(team: Classroom) -> Plan:
    """Return what is set for a team."""
    hours = {moment: its for (_, moment), its in timetables.openings_of(team.id).items()}
    return Plan(team.name, team.pupils, hours, teams.members_of(team.id))


def make_team(person: Person, plan: Plan, now: datetime) -> int:
    """Make a team of a person's school; raises ValueError when something of it cannot be."""
    _check(person, plan)
    today = calendar_of(person.school).today(now)
    id = schools.add_classroom(
        person.school,
        plan.name,
        plan.members,
        CardSet.EIGHT,
        ("nl",),
        today,
        _openings(plan.hours),
        coping=Moment.CHECK_OUT,
        kind=Kind.TEAM,
    )
    teams.set_members(id, person.school, plan.seen_by)
    db.session.commit()
    return id


def change_team(person: Person, team: Classroom, plan: Plan, now: datetime) -> None:
    """Change what is set for a team, all of it or nothing; raises ValueError or RoundHasBegun."""
    _check(person, plan)
    if plan.hours != plan_of(team).hours:
        rituals.set_openings(team, _openings(plan.hours), now)
    schools.rename_classroom(team.id, plan.name)
    schools.set_pupils(team.id, plan.members)
    teams.set_members(team.id, team.school, plan.seen_by)
    db.session.commit()


def close_team(team: Classroom, by: Person, now: datetime) -> None:
    """End a team: its devices can no longer tap, and nobody sees its figures any more."""
    schools.close_classroom(team.id, calendar_of(team.school).today(now))
    teams.set_members(team.id, team.school, ())
    for device in enrolling.list_tablets(team.school):
        if device.classroom == team.id and not device.is_revoked:
            enrolling.revoke(device.id, by.id, now)
    db.session.commit()


def _check(person: Person, plan: Plan) -> None:
    if not plan.name or len(plan.name) > LONGEST_NAME or not plan.name.isprintable():
        raise ValueError(f"a name has 1 to {LONGEST_NAME} letters")
    if not 1 <= plan.members <= MOST_MEMBERS:
        raise ValueError(f"a team has 1 to {MOST_MEMBERS} members")
    if not plan.hours:
        raise ValueError("a team has one round or more")
    if not plan.seen_by <= _staff_of(person.school):
        raise ValueError("there is no such colleague")


def _staff_of(school: int) -> frozenset[int]:
    return frozenset(one.id for one in signing_in.list_staff(school))


def _openings(hours: Hours) -> dict[tuple[int, Moment], Opening]:
    return {(weekday, moment): its for weekday in WEEKDAYS for moment, its in hours.items()}
