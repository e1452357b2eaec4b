"""What the night does with flags that nobody takes up: remind, ask the deputy, go up a role.

Safe at any time, twice, by several at once, and after days of standstill: each move is an event,
and whether it is due follows from the events alone. A flag makes one move a night at most.
"""

from datetime import datetime

from checkin.domain.access import may_take_in_hand
from checkin.domain.deadlines import next_move
from checkin.domain.flags import Flag, Step
from checkin.services.caring.steps import take_step
from checkin.services.caring.today import SchoolToday
from checkin.storage import flags
from checkin.storage.database import db


def move_on(school: int, now: datetime) -> int:
    """Do what is due with the open flags of a school, and return how many moves that were."""
    today = SchoolToday(school, now)
    return sum(_move(flag, today, now) for flag in flags.list_open(school) if flag.has_deadline)


def _move(flag: Flag, today: SchoolToday, now: datetime) -> int:
    if _find_move(flag, today) is None:
        return 0
    flag = flags.hold(flag.id)  # somebody may have been here since
    move = _find_move(flag, today) if flag.has_deadline else None
    if move is None:
        db.session.commit()
        return 0
    role = ("", "")
    if move is Step.ESCALATED:
        above = today.role_above(today.standing_of(flag))
        role = (above, today.label_of(above))
    if move in (Step.ESCALATED, Step.RETURNED):
        flags.assign(flag.id, None)
    take_step(flag, move, None, now, to=_deputy(flag, today, move), role=role)
    return 1


def _find_move(flag: Flag, today: SchoolToday) -> Step | None:
    holder = today.people.get(flag.assigned_to) if flag.assigned_to else None
    if flag.assigned_to and (holder is None or not may_take_in_hand(holder)):
        return Step.RETURNED
    standing = today.standing_of(flag)
    if standing.turn is None or not today.is_school_day(flag.classroom):
        return None
    deputy = today.find_deputy(standing.turn.role)
    has_deputy = deputy is not None and deputy not in {p.id for p in standing.hands.people}
    has_above = bool(today.role_above(standing))
    return next_move(standing.turn, standing.deadlines, today.today, has_deputy, has_above)


def _deputy(flag: Flag, today: SchoolToday, move: Step) -> int | None:
    turn = today.standing_of(flag).turn
    return today.find_deputy(turn.role) if turn and move is Step.TO_DEPUTY else None
