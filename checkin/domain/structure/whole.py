"""One version of a structure as a whole, in which everything that is named exists."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from checkin.domain.structure.around import AcuteCard, Meeting, Referral
from checkin.domain.structure.roles import StructureRole
from checkin.domain.structure.steps import Level, Route, StructureStep


class Flaw(StrEnum):
    """Why a structure cannot hold together."""

    NO_ROLE = "no-role"
    NO_LEVEL = "no-level"
    NO_STEP = "no-step"
    TWICE = "twice"
    UNKNOWN_ROLE = "unknown-role"
    UNKNOWN_LEVEL = "unknown-level"
    UNKNOWN_STEP = "unknown-step"


class NotWhole(ValueError):
    """A structure that names what it does not have; `where` is what names it."""

    def __init__(self, flaw: Flaw, what: str = "", where: str = "") -> None:
        super().__init__(f"{flaw}: {what} {where}".strip())
        self.flaw, self.what, self.where = flaw, what, where


@dataclass(frozen=True)
class Structure:
    """The school's signalling structure: never edited in place, only replaced by a next version."""

    vision: str
    roles: tuple[StructureRole, ...]
    levels: tuple[Level, ...]
    steps: tuple[StructureStep, ...]
    meetings: tuple[Meeting, ...] = ()
    routes: tuple[Route, ...] = ()
    referrals: tuple[Referral, ...] = ()
    acute: AcuteCard = field(default_factory=AcuteCard)

    def __post_init__(self) -> None:
        """Raise NotWhole when something is named that is not there."""
        _check_all_there(self)
        _check_once(self)
        _check_named(self)

    def role(self, id: str) -> StructureRole:
        """Return a role by its id; raises KeyError."""
        found = self.find_role(id)
        if found is None:
            raise KeyError(id)
        return found

    def find_role(self, id: str) -> StructureRole | None:
        """Return a role by its id, or None."""
        return next((role for role in self.roles if role.id == id), None)

    def step(self, id: str) -> StructureStep:
        """Return a step by its id; raises KeyError."""
        found = self.find_step(id)
        if found is None:
            raise KeyError(id)
        return found

    def find_step(self, id: str) -> StructureStep | None:
        """Return a step by its id, or None: a newer version may have dropped it."""
        return next((step for step in self.steps if step.id == id), None)

    def level(self, order: int) -> Level:
        """Return a level by its order; raises KeyError."""
        for level in self.levels:
            if level.order == order:
                return level
        raise KeyError(order)

    @property
    def ordered_steps(self) -> tuple[StructureStep, ...]:
        """Return the steps from the lowest level up, within a level as they are listed."""
        return tuple(sorted(self.steps, key=lambda step: step.level))

    @property
    def first_step(self) -> StructureStep:
        """Return the lowest step."""
        return self.ordered_steps[0]

    def step_for(self, pattern: str, strength: float) -> StructureStep:
        """Return where a pattern starts: by its own route before one for all, else the first step.

        Of several routes the one for the greatest strength counts.
        """
        ways = [route for route in self.routes if route.takes(pattern, strength)]
        if not ways:
            return self.first_step
        best = max(ways, key=lambda route: (bool(route.pattern), route.strength_from))
        return self.step(best.step)

    def next_step(self, step: StructureStep) -> StructureStep | None:
        """Return the step after a step, or None after the last."""
        ordered = self.ordered_steps
        place = [known.id for known in ordered].index(step.id) + 1
        return ordered[place] if place < len(ordered) else None


def _check_all_there(structure: Structure) -> None:
    for parts, flaw in (
        (structure.roles, Flaw.NO_ROLE),
        (structure.levels, Flaw.NO_LEVEL),
        (structure.steps, Flaw.NO_STEP),
    ):
        if not parts:
            raise NotWhole(flaw)


def _check_once(structure: Structure) -> None:
    for ids in (
        [role.id for role in structure.roles],
        [step.id for step in structure.steps],
        [str(level.order) for level in structure.levels],
    ):
        id, times = Counter(ids).most_common(1)[0]
        if times > 1:
            raise NotWhole(Flaw.TWICE, id)


def _check_named(structure: Structure) -> None:
    roles = {role.id for role in structure.roles}
    orders, steps = {level.order for level in structure.levels}, {s.id for s in structure.steps}
    for level in structure.levels:
        _check_known(Flaw.UNKNOWN_ROLE, [level.role], roles, level.label)
    for step in structure.steps:
        above = [step.escalates_to] if step.escalates_to else []
        _check_known(Flaw.UNKNOWN_ROLE, [step.owner, *above], roles, step.label)
        _check_known(Flaw.UNKNOWN_LEVEL, [step.level], orders, step.label)
    for meeting in structure.meetings:
        _check_known(Flaw.UNKNOWN_ROLE, meeting.members, roles, meeting.label)
    for route in structure.routes:
        _check_known(Flaw.UNKNOWN_STEP, [route.step], steps, route.pattern)


def _check_known(
    flaw: Flaw, named: Iterable[object], known: Collection[object], where: str
) -> None:
    for one in named:
        if one not in known:
            raise NotWhole(flaw, str(one), where)
