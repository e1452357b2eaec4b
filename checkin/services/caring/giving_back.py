"""Giving a flag back: to the care team by whoever was given it, or one step by who decides."""

from datetime import datetime

from checkin.domain.flags import Flag, NotPossible, Step, state_after
from checkin.services.caring.steps import hold, take_step
from checkin.services.caring.today import SchoolToday
from checkin.storage import flags


def give_back(flag: Flag, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Give a flag back: its role has it anew, and the care team decides what comes next.

    Where the role would be the same person again, it goes to the role above.
    """
    flag = hold(flag, seen)
    state_after(flag.state, Step.GIVEN_BACK)
    if flag.assigned_to != by:
        raise NotPossible("it is not in these hands")
    flags.assign(flag.id, None)
    return take_step(flag, Step.GIVEN_BACK, by, now, note=note, role=_role(flag, by, now))


def put_back(flag: Flag, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Put a flag back at the step it was handed on from, where its role has it anew."""
    flag = hold(flag, seen)
    state_after(flag.state, Step.GIVEN_BACK)
    school = SchoolToday(flag.school, now)
    before = school.step_before(flag)
    if before is None:
        raise NotPossible("it was not handed on")
    flags.assign(flag.id, None)
    role = (before.owner, school.label_of(before.owner))
    return take_step(flag, Step.GIVEN_BACK, by, now, note=note, role=role, at_step=before.id)


def _role(flag: Flag, by: int, now: datetime) -> tuple[str, str]:
    school = SchoolToday(flag.school, now)
    standing = school.standing_of(flag)
    if standing.turn is None:
        return "", ""
    role = standing.turn.role
    if set(school.acting(role, flag.classroom)) <= {by}:
        role = school.role_above(standing) or role
    return role, school.label_of(role)
