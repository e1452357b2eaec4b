"""A pupil's wish to talk: whom it was addressed to, whether it was seen, and whom it reaches.

It is never a feeling and knows of none. A day and a part of it are all the time there is: enough
for 'the same day', and too coarse to be laid beside a tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from checkin.domain.words import SYMBOL_WORDS

SYMBOLS = SYMBOL_WORDS
"""One for each pupil of a class; whose it is stands on paper only."""
NOON = 12


class Kind(StrEnum):
    """What a pupil wants; 'pain or ill' goes the same path, to an adult of its own."""

    TALK = "talk"
    PAIN = "pain"


class Part(StrEnum):
    """Which half of a day: no finer time of a wish is kept anywhere."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class Step(StrEnum):
    """What an adult does with a wish."""

    SEEN = "seen"
    COME = "come"
    CLOSED = "closed"


class State(StrEnum):
    """Where a wish stands."""

    ASKED = "asked"
    SEEN = "seen"
    CLOSED = "closed"


class Answer(StrEnum):
    """What a pupil gets to see for a symbol; NOTHING for never asked and for long gone alike."""

    NOTHING = "nothing"
    WAITS = "waits"
    SEEN = "seen"
    COME = "come"


class Reach(IntEnum):
    """Whom a wish has reached; the adult it was addressed to always."""

    ADULT = 0
    DEPUTY = 1
    TEAM = 2


class NotPossible(Exception):
    """A step that cannot be taken any more."""


@dataclass(frozen=True)
class Moment:
    """A day and its half, by the school's clock."""

    day: date
    part: Part


@dataclass(frozen=True)
class Done:
    """A step that was taken, by whom and when."""

    step: Step
    when: Moment
    by: int
    by_name: str
    note: str = ""


@dataclass(frozen=True)
class TalkRequest:
    """One wish; `symbol` is '' where the pupil chose none, `adult` whom it was addressed to."""

    id: str
    school: int
    classroom: int
    classroom_name: str
    adult: int
    adult_name: str
    kind: Kind
    symbol: str
    asked: Moment
    steps: tuple[Done, ...] = ()

    @property
    def state(self) -> State:
        """Tell where it stands."""
        taken = {done.step for done in self.steps}
        if Step.CLOSED in taken:
            return State.CLOSED
        return State.SEEN if taken else State.ASKED

    @property
    def is_called(self) -> bool:
        """Tell whether the adult said 'come and see me'."""
        return self.find_step(Step.COME) is not None

    def find_step(self, step: Step) -> Done | None:
        """Return a step that was taken, or None."""
        return next((done for done in self.steps if done.step is step), None)


def moment_of(instant: datetime, zone: ZoneInfo) -> Moment:
    """Return the day and its half; all that is ever written down of an instant."""
    local = instant.astimezone(zone)
    return Moment(local.date(), Part.MORNING if local.hour < NOON else Part.AFTERNOON)


def check_step(request: TalkRequest, step: Step) -> bool:
    """Tell whether a step adds anything; raises NotPossible once a wish is closed.

    Twice the same changes nothing: two adults may press at once.
    """
    if request.find_step(step) is not None:
        return False
    if request.state is State.CLOSED:
        raise NotPossible("this talk request is closed")
    return not (step is Step.SEEN and request.state is State.SEEN)


def reach_of(
    request: TalkRequest, ends: tuple[datetime, datetime], adult_away: bool, now: datetime
) -> Reach:
    """Return whom a wish reaches that nobody has seen; `ends` are of its school day and the next.

    An adult who is away is no reason to wait: the deputy has it at once.
    """
    if request.state is not State.ASKED:
        return Reach.ADULT
    if now >= ends[1]:
        return Reach.TEAM
    return Reach.DEPUTY if adult_away or now >= ends[0] else Reach.ADULT


def answer_of(requests: Sequence[TalkRequest], today: date, oldest: date) -> Answer:
    """Return what a pupil sees for a symbol: the last day it asked on, the best news of that day.

    A wish that is closed can be seen for the rest of that day; one from before `oldest` is gone.
    """
    live = [one for one in requests if one.asked.day >= oldest and not _is_over(one, today)]
    last = [one for one in live if one.asked.day == max(other.asked.day for other in live)]
    if not last:
        return Answer.NOTHING
    if any(one.is_called and one.state is not State.CLOSED for one in last):
        return Answer.COME
    return Answer.SEEN if any(one.state is not State.ASKED for one in last) else Answer.WAITS


def _is_over(request: TalkRequest, today: date) -> bool:
    closed = request.find_step(Step.CLOSED)
    return closed is not None and closed.when.day < today
