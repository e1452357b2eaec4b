"""The auditor finds that the running app keeps its guarantees, and sees it when it does not."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from checkin.domain.noise import coin_falls, draw_noise
from checkin.domain.release import Light, Released, Why, light_of
from tools.audit_release.disclosure import disclosures
from tools.audit_release.findings import A_FEW_WEEKS, check
from tools.audit_release.law import follow_coin, law_of
from tools.audit_release.odds import chances_of, lights_of
from tools.audit_release.rule import THE_APP, Rule
from tools.audit_release.usefulness import SHARES, light_table, steps_off, withheld


def broken(rule: Rule) -> list[str]:
    return [finding.promise for finding in check(rule, A_FEW_WEEKS[:2]) if not finding.holds]


def test_every_guarantee_of_the_running_app_holds():
    assert broken(THE_APP) == []


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_the_coin_has_the_chance_it_should_to_forty_digits(scale):
    least, most, _yes, _no = follow_coin(THE_APP, scale)
    assert most - least < Decimal("1e-40")
    found = Decimal(least.numerator) / Decimal(least.denominator)
    assert abs(found - (-1 / Decimal(scale)).exp()) < Decimal("1e-26")


def test_the_chances_of_a_round_add_up_to_one():
    law = law_of(THE_APP, 1)
    for m in (7, 12, 30):
        for heavy in (0, 3, m):
            total = sum(chances_of(THE_APP, law, m, heavy).values())
            assert abs(total - 1) < Decimal("1e-20")


def test_a_light_gives_nobody_away_to_two_who_know():
    assert min(found.first for found in disclosures(THE_APP)) == 3


class TestWhatTheRuleCosts:
    """The numbers that schools are told."""

    def test_a_calm_class_of_twelve_shows_few_and_a_heavy_one_many(self):
        lights = light_table(THE_APP, law_of(THE_APP, 1), 12)
        assert [round(100 * lights[heavy][Light.FEW]) for heavy in (0, 1, 2)] == [99, 96, 90]
        assert all(lights[heavy][Light.MANY] >= Decimal("0.96") for heavy in range(8, 13))

    def test_a_light_differs_in_one_to_twentyseven_of_a_hundred_rounds(self):
        law = law_of(THE_APP, 1)
        off = [steps_off(THE_APP, law, m, s) for m in (7, 8, 10, 12, 20, 30) for s in SHARES]
        both = [one + two for one, two in off]
        assert (round(100 * min(both)), round(100 * max(both))) == (1, 27)

    def test_it_seldom_jumps_from_end_to_end_but_always_where_nothing_is_between(self):
        law = law_of(THE_APP, 1)
        jumps = {m: [steps_off(THE_APP, law, m, s) for s in SHARES] for m in (7, 8, 10, 12, 20, 30)}
        assert all(one == 0 and two > 0 for m in (7, 8) for one, two in jumps.pop(m))
        assert max(two for off in jumps.values() for _one, two in off) < Decimal("0.052")

    def test_small_classes_are_often_withheld(self):
        assert [round(100 * withheld(THE_APP, pupils)) for pupils in (6, 7, 8)] == [100, 62, 28]


# The canaries: each breaks one thing, and the auditor must name it.


def half_the_noise(scale, below):
    return below(8) == 0  # q = 1/8 is a little less noise than scale 1/2 has


def of_scale_one(_scale, below):
    return coin_falls(1, below)


def with_floating_point(scale, below):
    return 1 - below(2**53) / 2**53 <= math.exp(-1 / scale)


def drawn_with(coin):
    def draw(scale, below):
        def count():
            k = 0
            while coin(scale, below):
                k += 1
            return k

        return count() - count()

    return {"coin": coin, "draw": draw}


def one_sided(scale, below):
    return abs(draw_noise(scale, below))


def few_is_zero(m, heavy):
    return Light.FEW if heavy == 0 else max(light_of(m, heavy), Light.SOME, key=list(Light).index)


def released_by(light=light_of, floor=7, smallest=7, is_clipped=True):
    def release(m, noised, pupils):
        if m < floor or pupils < smallest or m > pupils + 2:
            return Released(m, pupils, None, Light.WITHHELD, Why.TOO_FEW)
        heavy = min(max(noised, 0), m) if is_clipped else noised
        return Released(m, pupils, heavy, light(m, heavy), Why.SHOWN)

    return release


def unclipped_share(count, taps, _ends):
    return f"{round(100 * count / taps)}%"


LIGHT, WHOLE = "A light shifts the odds", "All that is kept of a round"
CANARIES = {
    "half the noise": (drawn_with(half_the_noise), LIGHT),
    "half the noise for weeks": (drawn_with(of_scale_one), "A week picture shifts"),
    "a little more noise than promised": (
        drawn_with(lambda scale, below: coin_falls(scale, lambda n: below(n + 1))),
        "The noise is",
    ),
    "noise by floating point": (drawn_with(with_floating_point), "The noise is"),
    "noise to one side": ({"draw": one_sided}, "The noise is"),
    "a drawer of its own": ({"draw": lambda _scale, below: below(3) - 1}, "The noise is"),
    "a light that means zero": ({"light": few_is_zero}, "Without noise"),
    "a floor of five": ({"release": released_by(floor=5, smallest=5)}, "Fewest taps"),
    "small classes lifted by extra taps": ({"release": released_by(smallest=5)}, "Fewest taps"),
    "not clipped": ({"release": released_by(is_clipped=False)}, WHOLE),
    "shares not clipped": ({"share": unclipped_share}, WHOLE),
}


@pytest.mark.parametrize("canary", CANARIES)
def test_it_sees(canary):
    parts, promise = CANARIES[canary]
    found = broken(replace(THE_APP, **parts))
    assert any(one.startswith(promise) for one in found), found


def test_it_sees_a_light_that_all_answers_alike_are_needed_for():
    only_all = replace(THE_APP, light=lambda m, heavy: list(Light)[2 * (heavy == m)])
    assert min(found.first for found in disclosures(only_all)) == 0


def test_lights_add_up_what_is_kept():
    law = law_of(THE_APP, 1)
    assert abs(sum(lights_of(chances_of(THE_APP, law, 12, 4)).values()) - 1) < Decimal("1e-20")
