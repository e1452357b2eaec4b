"""Until when a flag is to be taken up, and to whom it goes when it is not.

A turn begins when a role gets a flag, and it goes to nobody else any more once somebody takes it
up: then the day of its step stays to be held, and once it is past there is one reminder. Not
taken up, there is a reminder, then the deputy has it too, then it goes to the role above, where
the next turn begins: at most one of these a night, each on a school day of the class, so that a
holiday pauses them and days of standstill are not held against anybody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from checkin.domain.flags import FlagEvent, Step

DAYS_OF_A_DEPUTY = 2
"""So many school days a deputy has, before it goes to the role above."""

A_DAY = timedelta(days=1)

SchoolDaysAfter = Callable[[date], Iterator[date]]
"""Yields the school days of the class after a day; few or none where a class has ended."""

TAKING_UP = frozenset({Step.ACKNOWLEDGED, Step.ASSIGNED})


@dataclass(frozen=True)
class Turn:
    """A role that has a flag, since when, and what came of it.

    `before` are the roles that had it at this step and did not take it up. `taken_on` is when
    somebody took it up, `given_on` when somebody got it in hand: their days begin then.
    """

    role: str
    since: date
    is_taken_up: bool = False
    reminded_on: date | None = None
    deputy_on: date | None = None
    before: tuple[str, ...] = ()
    taken_on: date | None = None
    given_on: date | None = None
    is_late_told: bool = False
    closed_on: date | None = None


@dataclass(frozen=True)
class Deadlines:
    """The days of a turn; None where there is no such day, or no school day in sight."""

    reminder: date | None
    due: date | None
    deputy: date | None
    escalation: date | None


def turn_of(
    owner: str, reached_on: date, events: Iterable[FlagEvent], day_of: Callable[[datetime], date]
) -> Turn:
    """Return whose turn it is after all that happened; `day_of` gives the school's date."""
    turn = Turn(owner, reached_on)
    for event in events:
        turn = _after(turn, event, day_of(event.at))
    return turn


def deadlines_of(
    turn: Turn, school_days: int, remind_after: int | None, after: SchoolDaysAfter
) -> Deadlines:
    """Return the days of a turn, of a step with so many school days."""
    due = _due(turn, school_days, after)
    if due is None:
        return Deadlines(None, None, None, None)
    late = next(after(due), None)
    reminder = None
    if remind_after is not None:
        soon = _count(turn.since, remind_after, after)
        reminder = min((day for day in (soon, late) if day), default=None)
    told = turn.reminded_on or reminder or due
    deputy = next(after(max(due, told)), None)
    escalation = _count(turn.deputy_on, DAYS_OF_A_DEPUTY, after) if turn.deputy_on else deputy
    return Deadlines(reminder, due, deputy, escalation)


def next_move(
    turn: Turn, deadlines: Deadlines, today: date, has_deputy: bool, has_above: bool
) -> Step | None:
    """Return what is to happen with a flag on a school day, or None: asked again, None.

    `has_deputy` tells whether a deputy is there who does not have it yet, `has_above` whether
    there is a role above that did not have it.
    """
    if deadlines.due is None:
        return None
    if turn.is_taken_up:
        is_new = not turn.is_late_told and is_overdue(turn, deadlines, today)
        return Step.PAST_DUE if is_new else None
    if deadlines.reminder and turn.reminded_on is None:
        return Step.REMINDED if deadlines.reminder <= today else None
    if turn.deputy_on is None and has_deputy:
        return Step.TO_DEPUTY if _has_come(deadlines.deputy, today) else None
    return Step.ESCALATED if has_above and _has_come(deadlines.escalation, today) else None


def is_overdue(turn: Turn, deadlines: Deadlines, today: date) -> bool:
    """Tell whether a step's day is past, or nobody took it up in a turn before at this step."""
    is_past = deadlines.due is not None and deadlines.due < today
    return is_past or (bool(turn.before) and not turn.is_taken_up)


def _after(turn: Turn, event: FlagEvent, day: date) -> Turn:
    match event.step:
        case Step.ACKNOWLEDGED:
            return replace(turn, is_taken_up=True, taken_on=day)
        case Step.ASSIGNED:
            return replace(turn, is_taken_up=True, given_on=day, is_late_told=False)
        case Step.PAST_DUE:
            return replace(turn, is_late_told=True)
        case Step.CLOSED:
            return replace(turn, closed_on=day)
        case Step.REOPENED if turn.closed_on != day:  # the days it was closed count for nobody
            return Turn(turn.role, day, turn.is_taken_up, before=turn.before)
        case Step.REMINDED:
            return replace(turn, reminded_on=day)
        case Step.TO_DEPUTY:
            return replace(turn, deputy_on=day)
        case Step.ESCALATED:
            return Turn(event.role, day, before=(*turn.before, turn.role))
        case Step.HANDED_ON:
            return Turn(event.role, day)
        case Step.GIVEN_BACK:
            return Turn(event.role or turn.role, day)
        case Step.RETURNED:
            return Turn(turn.role, day, before=turn.before)
        case _:
            return turn


def _due(turn: Turn, school_days: int, after: SchoolDaysAfter) -> date | None:
    """Return the day of a step; whoever took it up too late has its days from then on."""
    due = _count(turn.given_on or turn.since, school_days, after)
    if due and turn.taken_on and not turn.given_on and turn.taken_on > due:
        return _count(turn.taken_on, school_days, after)
    return due


def _count(since: date, school_days: int, after: SchoolDaysAfter) -> date | None:
    """Return the day so many school days later; none is the day itself, if there is school."""
    days = after(since - A_DAY) if school_days == 0 else after(since)
    day = None
    for _ in range(max(school_days, 1)):
        day = next(days, None)
        if day is None:
            return None
    return day


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today
