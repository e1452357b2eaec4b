"""What a structure still lacks, so that nothing is seen or done too late."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from checkin.domain.structure.roles import StructureRole
from checkin.domain.structure.steps import StructureStep
from checkin.domain.structure.whole import Structure

A_YEAR = timedelta(days=365)


class Section(StrEnum):
    """A part of a structure that is drawn up by itself."""

    VISION = "vision"
    ROLES = "roles"
    LEVELS = "levels"
    STEPS = "steps"
    ROUTES = "routes"
    MEETINGS = "meetings"
    REFERRALS = "referrals"
    ACUTE = "acute"


class GapKind(StrEnum):
    """What can be missing."""

    NO_HOLDER = "no-holder"
    NO_DEPUTY = "no-deputy"
    LEFT = "left"
    NO_ACCOUNT = "no-account"
    NO_OUTCOME = "no-outcome"
    NO_ESCALATION = "no-escalation"
    NOWHERE_ELSE = "nowhere-else"
    NO_FIRST_STEPS = "no-first-steps"
    EMPTY_LEVEL = "empty-level"
    NO_MEETING = "no-meeting"
    NO_REFERRAL = "no-referral"
    NO_CONTACT = "no-contact"
    NEVER_CHECKED = "never-checked"
    LONG_UNCHECKED = "long-unchecked"
    NO_ACUTE_CARD = "no-acute-card"
    NO_VISION = "no-vision"
    NO_TALK_ADULTS = "no-talk-adults"
    """Added by whoever knows them: they are no part of the structure."""


_SECTIONS = {
    Section.STEPS: (
        GapKind.NO_OUTCOME,
        GapKind.NO_ESCALATION,
        GapKind.NOWHERE_ELSE,
        GapKind.NO_FIRST_STEPS,
        GapKind.EMPTY_LEVEL,
    ),
    Section.ROLES: (
        GapKind.NO_HOLDER,
        GapKind.NO_DEPUTY,
        GapKind.LEFT,
        GapKind.NO_ACCOUNT,
    ),
    Section.MEETINGS: (GapKind.NO_MEETING,),
    Section.REFERRALS: (
        GapKind.NO_REFERRAL,
        GapKind.NO_CONTACT,
        GapKind.NEVER_CHECKED,
        GapKind.LONG_UNCHECKED,
    ),
    Section.ACUTE: (GapKind.NO_ACUTE_CARD,),
    Section.VISION: (GapKind.NO_VISION,),
}


@dataclass(frozen=True)
class Gap:
    """Something missing; `subjects` are the labels of what misses it, none for the whole."""

    kind: GapKind
    subjects: tuple[str, ...] = ()

    @property
    def section(self) -> Section | None:
        """Return where it can be mended, None for outside the structure."""
        return next((part for part, kinds in _SECTIONS.items() if self.kind in kinds), None)


def missing(structure: Structure, staff_present: Collection[int], today: date) -> tuple[Gap, ...]:
    """Return what a structure lacks, the gravest first; `staff_present` are who work here still."""
    found = [
        *_acute(structure),
        *(gap for role in structure.roles for gap in _of_role(structure, role, staff_present)),
        *(gap for step in structure.ordered_steps for gap in _of_step(step)),
        *_of_levels(structure),
        *_around(structure, today),
    ]
    return tuple(found)


def has_enough(role: StructureRole, staff_present: Collection[int]) -> bool:
    """Tell whether somebody is left when one holder of a role is away."""
    present = [holder for holder in role.holders if holder in staff_present]
    names = [name for name in role.named.split(",") if name.strip()]
    stands_in = role.deputy in staff_present or bool(role.named_deputy.strip())
    return stands_in or (not role.is_of_classroom and len(present) + len(names) > 1)


def _acute(structure: Structure) -> Iterator[Gap]:
    if not any(line.strip() for line in structure.acute.lines):
        yield Gap(GapKind.NO_ACUTE_CARD)


def _of_role(structure: Structure, role: StructureRole, present: Collection[int]) -> Iterator[Gap]:
    if any(id not in present for id in role.people):
        yield Gap(GapKind.LEFT, (role.label,))
    has_account = role.is_of_classroom or any(holder in present for holder in role.holders)
    if not has_account and not role.named.strip():
        yield Gap(GapKind.NO_HOLDER, (role.label,))
    elif not has_account and _is_asked(structure, role):
        yield Gap(GapKind.NO_ACCOUNT, (role.label,))
    if not has_enough(role, present):
        yield Gap(GapKind.NO_DEPUTY, (role.label,))


def _is_asked(structure: Structure, role: StructureRole) -> bool:
    return any(role.id in (step.owner, step.escalates_to) for step in structure.steps)


def _of_step(step: StructureStep) -> Iterator[Gap]:
    if not step.outcomes:
        yield Gap(GapKind.NO_OUTCOME, (step.label,))
    if not step.escalates_to:
        yield Gap(GapKind.NO_ESCALATION, (step.label,))
    elif step.escalates_to == step.owner:
        yield Gap(GapKind.NOWHERE_ELSE, (step.label,))
    if not step.first_steps:
        yield Gap(GapKind.NO_FIRST_STEPS, (step.label,))


def _of_levels(structure: Structure) -> Iterator[Gap]:
    asked = {step.level for step in structure.steps}
    for level in structure.levels:
        if level.order not in asked:
            yield Gap(GapKind.EMPTY_LEVEL, (level.label,))


def _around(structure: Structure, today: date) -> Iterator[Gap]:
    if not structure.vision.strip():
        yield Gap(GapKind.NO_VISION)
    if not structure.meetings:
        yield Gap(GapKind.NO_MEETING)
    if not structure.referrals:
        yield Gap(GapKind.NO_REFERRAL)
    lists = {
        GapKind.NO_CONTACT: [r for r in structure.referrals if not r.contact.strip()],
        GapKind.NEVER_CHECKED: [r for r in structure.referrals if r.checked_on is None],
        GapKind.LONG_UNCHECKED: [
            r for r in structure.referrals if r.checked_on and today - r.checked_on > A_YEAR
        ],
    }
    for kind, found in lists.items():
        if found:  # one line for all of them: fifteen lines would hide the rest
            yield Gap(kind, tuple(referral.organisation for referral in found))
