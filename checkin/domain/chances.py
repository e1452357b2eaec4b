"""How likely each light is, for pages that explain the rule; nothing is drawn or counted here."""

from collections.abc import Mapping
from math import exp

from checkin.domain.release import EPSILON, Light, light_of

_Q = exp(-EPSILON)


def chances_of(m: int, heavy: int) -> Mapping[Light, float]:
    """Return how likely each light is when so many of `m` taps are heavy; zeros are left out."""
    chances: dict[Light, float] = {}
    for noised in range(m + 1):
        light = light_of(m, noised)
        chances[light] = chances.get(light, 0.0) + _chance_of(noised, m, heavy)
    return chances


def _chance_of(noised: int, m: int, heavy: int) -> float:
    """Return how likely a noised count is; both ends gather what is clipped to them."""
    chance: float = _Q ** abs(noised - heavy) / (1 + _Q)
    return chance if noised in (0, m) else chance * (1 - _Q)
