"""Released figures as facts: all that trends, patterns and flags are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin.domain.release import Light, Released
from checkin.domain.rounds import Round


@dataclass(frozen=True)
class ReleasedRound:
    """A sealed round: who sealed it, when, and what it released."""

    round: Round
    released: Released
    sealed_at: datetime
    sealed_by: int | None

    @property
    def light(self) -> Light:
        """Return its light."""
        return self.released.light

    @property
    def was_held(self) -> bool:
        """Tell whether anybody tapped."""
        return self.released.answered > 0


@dataclass(frozen=True)
class ReleasedWeek:
    """A closed week with its shares, None where too few cards were tapped."""

    week: str
    shares: Mapping[str, str] | None
    coping: Mapping[str, str] | None
