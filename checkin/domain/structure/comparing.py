"""What differs between two versions of a structure, part by part."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from checkin.domain.structure.gaps import Section
from checkin.domain.structure.whole import Structure


class ChangeKind(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One difference.

    `part` is the role, level, step... it is about, as it is after (as it was, when removed), None
    for the vision and the card. `field` is what of it changed, with its values before and after.
    """

    section: Section
    kind: ChangeKind
    part: Any = None
    field: str = ""
    before: Any = None
    after: Any = None


_KEYS: dict[Section, Callable[[Any], object]] = {
    Section.ROLES: lambda role: role.id,
    Section.LEVELS: lambda level: level.order,
    Section.STEPS: lambda step: step.id,
    Section.ROUTES: lambda route: (route.pattern, route.strength_from),
    Section.MEETINGS: lambda meeting: meeting.label,
    Section.REFERRALS: lambda referral: referral.organisation,
}
"""By what a part of the one version is known again in the other."""


def differences(before: Structure, after: Structure) -> tuple[Change, ...]:
    """Return what is different after, section by section; nothing for equal structures."""
    return tuple(change for section in Section for change in _of(section, before, after))


def _of(section: Section, before: Structure, after: Structure) -> Iterator[Change]:
    old, new = getattr(before, section.value), getattr(after, section.value)
    if section is Section.ACUTE:
        old, new = old.lines, new.lines
    if section in _KEYS:
        yield from _of_parts(section, old, new)
    elif old != new:
        yield Change(section, ChangeKind.CHANGED, None, section.value, old, new)


def _of_parts(section: Section, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Change]:
    key = _KEYS[section]
    before, after = _numbered(old, key), _numbered(new, key)
    for name, part in before.items():
        if name not in after:
            yield Change(section, ChangeKind.REMOVED, part)
    for name, part in after.items():
        if name not in before:
            yield Change(section, ChangeKind.ADDED, part)
        else:
            yield from _of_fields(section, before[name], part)
    common = [name for name in before if name in after]
    if common != [name for name in after if name in before]:
        yield Change(section, ChangeKind.CHANGED, None, "place")


def _of_fields(section: Section, before: Any, after: Any) -> Iterator[Change]:
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield Change(section, ChangeKind.CHANGED, after, field.name, old, new)


def _numbered(parts: Iterable[Any], key: Callable[[Any], object]) -> dict[object, Any]:
    """Key the parts; of two with one name, the second is known as the second."""
    found: dict[object, Any] = {}
    for part in parts:
        n = 1
        while (key(part), n) in found:
            n += 1
        found[key(part), n] = part
    return found
