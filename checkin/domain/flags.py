"""A flag's life: raised, acknowledged, in hand, closed; every step with who and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from checkin.domain.patterns.recovery import NAME as RECOVERY


class FlagState(StrEnum):
    """Where a flag stands."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    IN_HAND = "in-hand"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a flag was closed."""

    SOLVED_IN_CLASS = "solved-in-class"
    TALKED = "talked"
    WATCHED = "watched"
    HANDED_ON = "handed-on"
    REFERRED = "referred"
    NO_CAUSE = "no-cause"
    NEW_USUAL = "new-usual"
    """A known change that lasts: the rules take it for the class's usual from then on."""


class KeptBack(StrEnum):
    """Why a flag was listed at first, and did not reach the reviewers."""

    FIRST_DAYS = "first-days"
    FULL_WEEK = "full-week"


class Step(StrEnum):
    """What can happen to a flag."""

    RAISED = "raised"
    JOINED = "joined"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    NOTED = "noted"
    PARENTS = "parents"
    """The talk with parents or guardian was noted."""
    REMINDED = "reminded"
    TO_DEPUTY = "to-deputy"
    ESCALATED = "escalated"
    """Not taken up in time: it went to the role above."""
    GIVEN_BACK = "given-back"
    """Whoever was given it is done, or cannot do it: the care team decides anew."""
    PARENTS_WITHDRAWN = "parents-withdrawn"
    """The last talk that stood was noted wrongly."""
    RETURNED = "returned"
    """Whoever had it in hand has left: it went back to the role."""
    HANDED_ON = "handed-on"
    """It went to the next step of the structure."""
    PAST_DUE = "past-due"
    """Taken up, and the day of its step went by: whoever has it is reminded."""
    CLOSED = "closed"
    REOPENED = "reopened"
    """Closed by mistake: it is where it was before that, and what closing did is undone."""


QUIET = frozenset({Step.JOINED, Step.REMINDED, Step.PAST_DUE})
"""What happens by itself and changes nothing of where a flag stands."""


class NotPossible(Exception):
    """A step that a flag in this state cannot take."""


def state_after(state: FlagState, step: Step) -> FlagState:
    """Return the state a step leads to, or raise NotPossible.

    Acknowledging twice changes nothing; closed is the end, and says so.
    """
    if state is FlagState.CLOSED:
        raise NotPossible("this flag is closed")
    match step:
        case Step.ACKNOWLEDGED if state is FlagState.RAISED:
            return FlagState.ACKNOWLEDGED
        case Step.ASSIGNED:
            return FlagState.IN_HAND
        case Step.CLOSED:
            return FlagState.CLOSED
        case _:
            return state


def state_before_closing(events: Iterable["FlagEvent"]) -> FlagState:
    """Return the state a flag was in when it was closed last."""
    state = before = FlagState.RAISED
    for event in events:
        if event.step is Step.REOPENED:
            state = before
        elif state is not FlagState.CLOSED:
            before, state = state, state_after(state, event.step)
    return before


@dataclass(frozen=True)
class FlagEvent:
    """One step in a flag's life; `by` is None for what the app did itself.

    `to` is who was given the flag. `role` is the id of the role it went to and `role_label` what
    that was called then; `at_step` is the step of the structure it went to.
    """

    step: Step
    at: datetime
    by: str | None
    outcome: Outcome | None
    note: str
    to: str | None = None
    by_id: int | None = None
    to_id: int | None = None
    role: str = ""
    role_label: str = ""
    at_step: str = ""


@dataclass(frozen=True)
class Flag:
    """A pattern raised to the care team; it names a classroom, never a child.

    `reached_on` is when it came before the reviewers, None while it is only listed. `at_step` is
    the step of the structure it was handed on to, '' while it is where it started.
    `classroom_ended_on` is from when the class is no more: another may have its name.
    """

    id: int
    school: int
    classroom: int
    classroom_name: str
    pattern: str
    raised_on: date
    last_seen_on: date
    strength: float
    numbers: Mapping[str, Any]
    state: FlagState
    assigned_to: int | None
    assigned_name: str | None
    events: tuple[FlagEvent, ...]
    reached_on: date | None = None
    kept_back: KeptBack | None = None
    at_step: str = ""
    classroom_ended_on: date | None = None

    @property
    def is_good_news(self) -> bool:
        """Tell whether it is no worry: it is counted in no cap and has no deadline."""
        return self.pattern == RECOVERY

    @property
    def is_listed(self) -> bool:
        """Tell whether it is listed only: noticed, but not brought before the reviewers."""
        return self.reached_on is None and self.state is FlagState.RAISED

    @property
    def is_closed(self) -> bool:
        """Tell whether it has come to its end."""
        return self.state is FlagState.CLOSED

    @property
    def closing(self) -> FlagEvent | None:
        """Return how it was closed, None while it is open."""
        closings = (event for event in reversed(self.events) if event.step is Step.CLOSED)
        return next(closings, None) if self.is_closed else None

    def after(self, step: Step) -> FlagState:
        """Return the state a step leads to, or raise NotPossible."""
        if self.is_closed and step is Step.REOPENED:
            return state_before_closing(self.events)
        return state_after(self.state, step)

    @property
    def has_deadline(self) -> bool:
        """Tell whether somebody has to take it up in time: not good news, nor what is listed."""
        return not (self.is_closed or self.is_good_news or self.is_listed)

    @property
    def version(self) -> int:
        """Return what tells whether anything happened since a page was shown."""
        return sum(event.step not in QUIET for event in self.events)

    @property
    def last_step(self) -> FlagEvent | None:
        """Return the last thing that changed where it stands."""
        told = [event for event in self.events if event.step not in QUIET]
        return told[-1] if told else None

    @property
    def is_given_back(self) -> bool:
        """Tell whether it came back to the care team, and nobody did anything with it since."""
        return self.last_step is not None and self.last_step.step is Step.GIVEN_BACK

    @property
    def since(self) -> date:
        """Return the day the pattern began."""
        return date.fromisoformat(self.numbers.get("since", self.raised_on.isoformat()))
