"""How often the rules are wrong and how soon they are right, in seeded simulated classrooms.

A classroom has a share of heavy taps of its own; taps of a day go together (rho 0.05), on half of
the days the day's mood lasts from check-in to check-out; figures are released by the release rule.
Bounds lie two to three standard errors from what other seeds gave: 0.42 flags, 91 %, 38 %, 0.12.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from checkin.domain.patterns import Observation, Pattern, find_patterns
from checkin.domain.release import draw_noise, release_round

HALF_YEAR = 95
ONSET = 40
FIRST = date(2026, 9, 1)


def simulate(
    random: Random, pupils: int, share: Callable[[int], float], clustering: float = 0.05
) -> list[Pattern]:
    rounds = []
    for n in range(HALF_YEAR):
        mood = mood_of_day(random, share(n), clustering)
        for moment in ("check-in", "check-out"):
            if moment == "check-out" and random.random() < 0.5:
                mood = mood_of_day(random, share(n), clustering)
            taps = sum(random.random() < 0.87 for _ in range(pupils))
            heavy = sum(random.random() < mood for _ in range(taps))
            noised = heavy + draw_noise(uniform=random.random)
            released = release_round(taps, noised, pupils).heavy
            rounds.append(Observation(FIRST + timedelta(n), moment, pupils, taps, released))
    return find_patterns(rounds)


def mood_of_day(random: Random, share: float, clustering: float) -> float:
    if not clustering:
        return share
    scale = 1 / clustering - 1
    return random.betavariate(share * scale, (1 - share) * scale)


def classrooms(random: Random, number: int) -> list[tuple[int, float]]:
    return [(random.randint(8, 30), random.uniform(0.1, 0.6)) for _ in range(number)]


def steady(share: float) -> Callable[[int], float]:
    return lambda _: share


def raised(share: float) -> Callable[[int], float]:
    return lambda n: share + 0.2 * (n >= ONSET)


def dark_day(share: float) -> Callable[[int], float]:
    return lambda n: min(share + 0.4 * (n == ONSET), 0.97)


def test_a_steady_classroom_is_rarely_flagged_and_calm_and_heavy_ones_alike() -> None:
    """At most 0.5 false flags per classroom and half year of the two rules together."""
    random = Random(1)
    flags: dict[bool, list[int]] = {True: [], False: []}
    for pupils, share in classrooms(random, 500):
        flags[share < 0.35].append(len(simulate(random, pupils, steady(share))))
    calm, heavy = (sum(flags[kind]) / len(flags[kind]) for kind in (True, False))
    assert (sum(flags[True]) + sum(flags[False])) / 500 <= 0.5
    assert 0.6 < calm / heavy < 1.6


def test_twenty_points_more_are_found_within_ten_school_days() -> None:
    """In at least 85 % of the classrooms."""
    random = Random(2)
    found = 0
    for pupils, share in classrooms(random, 300):
        patterns = simulate(random, pupils, raised(share))
        days = [(pattern.day - FIRST).days for pattern in patterns]
        found += any(ONSET <= day < ONSET + 10 for day in days)
    assert found / 300 >= 0.85


def test_forty_points_more_on_one_day_are_found_that_day() -> None:
    """In at least 30 % of the classrooms: even a rule that knew everything finds half."""
    random = Random(3)
    found = 0
    for pupils, share in classrooms(random, 300):
        patterns = simulate(random, pupils, dark_day(share))
        found += any((pattern.day - FIRST).days == ONSET for pattern in patterns)
    assert found / 300 >= 0.3


def test_the_noise_alone_flags_no_small_calm_classroom() -> None:
    """Eight pupils, one tap in twenty heavy: at most 0.2 flags in half a year."""
    random = Random(4)
    flags = sum(len(simulate(random, 8, steady(0.05), clustering=0.0)) for _ in range(200))
    assert flags / 200 <= 0.2


def test_a_classroom_that_is_too_small_to_be_seen_is_never_flagged() -> None:
    random = Random(5)
    assert [simulate(random, 6, lambda n: 0.1 + 0.8 * (n >= ONSET)) for _ in range(20)] == [[]] * 20
