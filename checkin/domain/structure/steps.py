"""Levels of support, the steps each asks for, and which pattern starts at which step."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A level of support: what happens there and which role answers for it.

    `talks` says who talks to whom about what, `recorded` what is written down where.
    """

    order: int
    label: str
    content: str
    role: str
    talks: str = ""
    recorded: str = ""


@dataclass(frozen=True)
class StructureStep:
    """What a level asks for: by whom, by when, and to whom it goes if it is not done.

    `owner` and `escalates_to` are ids of roles, the latter '' for nobody. `school_days` is 0 for
    the same day; `remind_after` is None for no reminder. `own_consent` asks pupils of 16 and over
    themselves. `outcomes` are values of `domain.flags.Outcome`.
    """

    id: str
    level: int
    label: str
    owner: str
    school_days: int
    remind_after: int | None = None
    escalates_to: str = ""
    parents_first: bool = False
    own_consent: bool = False
    interpreter: bool = False
    outcomes: tuple[str, ...] = ()
    first_steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """Which step a pattern of at least a strength starts at; '' stands for every pattern."""

    pattern: str
    strength_from: float
    step: str

    def takes(self, pattern: str, strength: float) -> bool:
        """Tell whether a pattern may go this way."""
        return self.pattern in ("", pattern) and strength >= self.strength_from
