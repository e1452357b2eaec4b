"""The noise a counter is born with: as the rule says, from nothing that can be foretold."""

import math
import secrets
from collections import Counter
from random import Random

import pytest

from checkin.domain.noise import coin_falls, draw_noise

DRAWS = 40_000


def test_it_has_the_distribution_of_the_rule():
    """0 in 46 %, within 1 in 80 %, within 2 in 93 %; five standard errors."""
    drawn = Counter(abs(draw_noise()) for _ in range(DRAWS))
    within = [sum(drawn[k] for k in range(n + 1)) / DRAWS for n in range(3)]
    for seen, said in zip(within, (0.462, 0.802, 0.927), strict=True):
        assert abs(seen - said) < 0.0125


def test_it_falls_to_both_sides_alike():
    signs = Counter((k > 0) - (k < 0) for k in (draw_noise() for _ in range(DRAWS)))
    assert abs(signs[1] - signs[-1]) < 5 * math.sqrt(signs[1] + signs[-1])


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_its_coin_falls_with_the_chance_of_the_rule(scale):
    falls = sum(coin_falls(scale, chance) for chance in [Random(7).randrange] * DRAWS)
    p = math.exp(-1 / scale)
    assert abs(falls / DRAWS - p) < 5 * math.sqrt(p * (1 - p) / DRAWS)


def test_it_asks_the_operating_system(monkeypatch):
    asked = []
    urandom = secrets.SystemRandom.getrandbits

    def watched(self, k):
        asked.append(k)
        return urandom(self, k)

    monkeypatch.setattr(secrets.SystemRandom, "getrandbits", watched)
    draw_noise()
    assert asked


def test_it_asks_for_whole_numbers_alone():
    """A fraction of a computer has an end, and a tail that ends gives a tap away."""
    kinds = set()

    def below(n):
        kinds.add(type(n))
        return secrets.randbelow(n)

    for scale in (1, 2):
        draw_noise(scale, below)
    assert kinds == {int}
