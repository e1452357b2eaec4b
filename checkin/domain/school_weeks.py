"""The school as a whole (R8): made of lights that were released, of three classrooms or more.

A figure of the school must not tell what one classroom's lights were to somebody who may not see
that classroom, also not when he takes away the lights that he may see. So whoever sees some of the
classrooms gets the figure of the others, and a figure leaves open what each single light was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checkin.domain.release import Light, share_of

FEWEST_CLASSROOMS = 3
FEWEST_LIGHTS = 11
"""Of ten lights, '>90%' would be all of them."""

LIGHTS = (Light.FEW, Light.SOME, Light.MANY)

ClassLights = Mapping[Light, int]
"""How many lights of each kind a classroom had in a week."""


@dataclass(frozen=True)
class SchoolWeek:
    """The shares of lights in a week, in steps of ten; both None where classrooms are too few."""

    week: str
    classrooms: int | None
    shares: Mapping[str, str] | None


def release_school_week(
    week: str, lights: Mapping[int, ClassLights], seen: frozenset[int]
) -> SchoolWeek:
    """Release a week of a school to somebody who sees the lights of the classrooms in `seen`.

    Who sees them all learns nothing new from the figure of them all.
    """
    held = {classroom: _counts(own) for classroom, own in lights.items() if any(_counts(own))}
    unseen = {classroom: counts for classroom, counts in held.items() if classroom not in seen}
    counted = list((unseen or held).values())
    sums = [sum(counts) for counts in counted]
    if not _is_enough(sums):
        return SchoolWeek(week, None, None)
    shares = (share_of(sum(of_kind), sum(sums)) for of_kind in zip(*counted, strict=True))
    names = (light.value for light in LIGHTS)
    return SchoolWeek(week, len(counted), dict(zip(names, shares, strict=True)))


def _counts(own: ClassLights) -> tuple[int, ...]:
    return tuple(own.get(light, 0) for light in LIGHTS)


def _is_enough(sums: list[int]) -> bool:
    """Ask for enough classrooms and lights, and that none has more than half of the lights."""
    if len(sums) < FEWEST_CLASSROOMS or sum(sums) < FEWEST_LIGHTS:
        return False
    return 2 * max(sums) <= sum(sums)
