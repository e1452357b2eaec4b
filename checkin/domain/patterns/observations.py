"""What the rules may look at: released rounds, a school day at a time."""

from dataclasses import dataclass, field
from datetime import date


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

    def pooled(self) -> "Pooled":
        """Pool the rounds that were not withheld."""
        answered = heavy = rounds = 0
        for observation in self.rounds:
            if observation.heavy is not None:
                answered += observation.answered
                heavy += observation.heavy
                rounds += 1
        return Pooled(answered, heavy, rounds)


@dataclass(frozen=True, slots=True)
class Pooled:
    """What one school day released: taps, heavy taps (noised), and from how many rounds."""

    answered: int
    heavy: int
    rounds: int


@dataclass(slots=True)
class Gathering:
    """Collects observations until their day is over."""

    rounds: list[Observation] = field(default_factory=list)
    last: date | None = None

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
        self.last = complete.day
        return complete
