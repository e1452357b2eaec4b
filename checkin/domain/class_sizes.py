"""What the size of a class means for its lights, reckoned with the release rule itself."""

from itertools import count
from math import comb

from checkin.domain.release import FLOOR, Light, release_round

PARTICIPATION = 0.87
"""How often a child of an ordinary class taps: some are away, some would rather not."""
RARELY = 0.01
"""Rounds without a light are rare when they are fewer than this share."""


def share_withheld(pupils: int, floor: int = FLOOR, participation: float = PARTICIPATION) -> float:
    """Return in what share of rounds a class gets no light, 0 to 1, when each child taps or not."""
    return sum(
        comb(pupils, m) * participation**m * (1 - participation) ** (pupils - m)
        for m in range(pupils + 1)
        if release_round(m, 0, pupils, floor).light is Light.WITHHELD
    )


def pupils_for_nearly_every_light(floor: int = FLOOR) -> int:
    """Return from how many pupils on a class has a light in nearly every round."""
    return next(pupils for pupils in count(floor) if share_withheld(pupils, floor) < RARELY)
