"""What the rules may look at: released rounds, a school day at a time."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Observation:
    """One released round of one classroom.

    `round` is the value of a `Moment`; `heavy` is the noised count, None where it was withheld.
    """

    day: date
    round: str
    pupils: int
    answered: int
    heavy: int | None


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """The rounds held on one day, in the order they arrived."""

    day: date
    rounds: tuple[Observation, ...]

    def pooled(self) -> "Pooled | None":
        """Pool the rounds that were not withheld; None where nothing was released."""
        answered = heavy = rounds = 0
        for observation in self.rounds:
            if observation.heavy is not None:
                answered += observation.answered
                heavy += observation.heavy
                rounds += 1
        return Pooled(answered, heavy, rounds) if answered else None

    def released(self, moment: str) -> "Pooled | None":
        """Return one round of the day; None where it was not held or was withheld."""
        for observation in self.rounds:
            if observation.round == moment and observation.heavy is not None:
                n = observation.answered
                return Pooled(n, observation.heavy, 1) if n else None
        return None


class Pooled(NamedTuple):
    """What rounds released: taps, heavy taps (noised), and from how many rounds."""

    answered: int
    heavy: int
    rounds: int

    @property
    def share(self) -> float:
        """Return the share of heavy taps."""
        return self.heavy / self.answered


@dataclass(slots=True)
class Gathering:
    """Collects observations until their day is over."""

    rounds: list[Observation] = field(default_factory=list)
    last: date | None = None
    before_last: date | None = None

    def add(self, observation: Observation) -> SchoolDay | None:
        """Take one observation in; return the day before it if that is now complete.

        Raises ValueError for a day that is already over and for a round that came before.
        """
        complete = None
        if self.rounds and observation.day > self.rounds[0].day:
            complete = self.finish()
        if self.last is not None and observation.day <= self.last:
            raise ValueError(f"day {observation.day} comes after day {self.last} was complete")
        if self.rounds and observation.day < self.rounds[0].day:
            raise ValueError(f"day {observation.day} comes after day {self.rounds[0].day}")
        if any(known.round == observation.round for known in self.rounds):
            raise ValueError(f"the {observation.round} of {observation.day} comes twice")
        self.rounds.append(observation)
        return complete

    def finish(self) -> SchoolDay | None:
        """Declare the day in hand complete and return it, if there is one."""
        if not self.rounds:
            return None
        complete = SchoolDay(self.rounds[0].day, tuple(self.rounds))
        self.rounds = []
        self.before_last, self.last = self.last, complete.day
        return complete
