"""The chance that a counter is born with (R5, R6), drawn exactly.

Whole numbers alone: a logarithm of a floating-point number is a little off far from zero, and some
counts would be possible with one tap and impossible with another. That would give the tap away.
"""

import secrets
from collections.abc import Callable

Below = Callable[[int], int]
"""Draws a whole number from 0 to below n, each alike."""


def draw_noise(scale: int = 1, below: Below = secrets.randbelow) -> int:
    """Draw a two-sided geometric number, the difference of two geometric ones.

    P(k) = (1 - q) / (1 + q) * q^|k| with q = exp(-1 / scale) (Ghosh, Roughgarden and Sundararajan
    2009), from the operating system's random source unless a test passes its own.
    """
    return _geometric(scale, below) - _geometric(scale, below)


def coin_falls(scale: int, below: Below) -> bool:
    """Toss a coin that says yes with chance exp(-1 / scale), exactly.

    Go on while ever rarer things happen, 1 in `scale`, 1 in 2 `scale`, 1 in 3 `scale` ...; whether
    it ends at an odd one has that chance (von Neumann 1951; Canonne, Kamath and Steinke 2020).
    """
    n = 1
    while below(n * scale) == 0:
        n += 1
    return n % 2 == 1


def _geometric(scale: int, below: Below) -> int:
    """Count how often the coin says yes before it says no."""
    k = 0
    while coin_falls(scale, below):
        k += 1
    return k
