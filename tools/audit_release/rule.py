"""What is audited: the functions that the running app releases with, or a broken variant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checkin.domain.noise import Below, coin_falls, draw_noise
from checkin.domain.release import (
    FLOOR,
    WEEK_SCALE,
    Light,
    Released,
    light_of,
    release_round,
    share_of,
)

SIZES = range(FLOOR, 31)
"""Every m from 7 to 30."""

LIGHTS = (Light.FEW, Light.SOME, Light.MANY)


@dataclass(frozen=True)
class Rule:
    """The parts of the release rule; the app's own unless a test breaks one."""

    coin: Callable[[int, Below], bool] = coin_falls
    draw: Callable[[int, Below], int] = draw_noise
    release: Callable[[int, int, int], Released] = release_round
    light: Callable[[int, int], Light] = light_of
    share: Callable[[int, int, tuple[int, int]], str] = share_of
    round_scale: int = 1
    week_scale: int = WEEK_SCALE

    def heavy_of(self, m: int) -> Mapping[Light, tuple[int, ...]]:
        """Return which numbers of heavy taps give each light in a round of `m`."""
        sets: dict[Light, tuple[int, ...]] = {}
        for heavy in range(m + 1):
            light = self.light(m, heavy)
            sets[light] = (*sets.get(light, ()), heavy)
        return sets


THE_APP = Rule()
