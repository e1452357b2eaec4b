"""The release of a week (R6): once, in steps of ten, when enough cards were tapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.release import release_round, release_week, share_of

COUNTS = {"happy": 55, "sad": 11}
COPING = {"move": 33}


def rounds(*answered, pupils=14):
    return [release_round(m, 0, pupils) for m in answered]


def picture(taps=100, of=None, feelings=COUNTS, coping=COPING):
    return release_week(taps, rounds(*[12] * 9) if of is None else of, feelings, coping)


def test_a_week_with_enough_cards_is_pictured_in_steps_of_ten():
    assert picture().shares == {"happy": "60%", "sad": "10%"}
    assert picture().coping == {"move": "30%"}


def test_a_week_needs_forty_cards():
    assert picture(taps=39).shares is None
    assert picture(taps=40).shares is not None


def test_a_week_needs_five_rounds_with_five_cards():
    assert picture(of=rounds(12, 12, 12, 12)).shares is None
    assert picture(of=rounds(12, 12, 12, 12, 4, 4, 4)).shares is None
    assert picture(of=rounds(12, 12, 12, 12, 5)).shares is not None


def test_a_week_cut_by_a_holiday_is_pictured_when_five_rounds_remain():
    """Two days have four rounds, three days have six."""
    assert picture(of=rounds(*[12] * 4)).shares is None
    assert picture(of=rounds(*[12] * 6)).shares is not None


def test_rounds_without_a_light_count_for_the_week_all_the_same():
    """That is what weeks are for in a class under seven."""
    small = rounds(*[6] * 9, pupils=6)
    assert picture(taps=54, of=small).shares is not None


@given(m=st.integers(0, 40), pupils=st.integers(1, 4))
def test_a_class_under_five_gets_nothing_however_many_cards_are_tapped(m, pupils):
    assert picture(taps=10 * m + 40, of=rounds(*[m] * 10, pupils=pupils)).shares is None


def test_a_class_that_grew_or_shrank_is_judged_by_its_pupils_of_each_round():
    before, after = rounds(*[12] * 5, pupils=12), rounds(*[4] * 5, pupils=4)
    assert picture(of=before + after).shares is not None
    assert picture(of=before[1:] + after).shares is None


def test_a_week_with_a_small_round_has_wider_ends():
    small = picture(taps=50, of=rounds(*[12] * 8, 6), feelings={"happy": 45, "sad": 6})
    assert small.shares == {"happy": ">80%", "sad": "<20%"}
    assert small.coping == {"move": "70%"}


def test_a_round_nobody_tapped_in_does_not_widen_the_ends():
    assert picture(of=rounds(*[12] * 9, 0)).shares == {"happy": "60%", "sad": "10%"}


@given(
    taps=st.integers(0, 300),
    answered=st.lists(st.integers(0, 30), max_size=10),
    pupils=st.integers(1, 30),
    one=st.lists(st.integers(-30, 300), min_size=2, max_size=2),
    other=st.lists(st.integers(-30, 300), min_size=2, max_size=2),
)
def test_whether_there_is_a_picture_never_depends_on_the_cards(taps, answered, pupils, one, other):
    """Neither feelings nor coping cards are gated on their own counts."""
    held = rounds(*answered, pupils=pupils)
    first = release_week(taps, held, {"sad": one[0]}, {"move": one[1]})
    second = release_week(taps, held, {"sad": other[0]}, {"move": other[1]})
    assert (first.shares is None) is (second.shares is None)
    assert (first.coping is None) is (first.shares is None)


def test_a_coping_card_nobody_chose_is_shown_like_any_other():
    assert picture(coping={"move": 0, "talk": -2}).coping == {"move": "<10%", "talk": "<10%"}


@given(
    count=st.integers(-40, 300),
    taps=st.integers(40, 200),
    ends=st.sampled_from([(10, 90), (20, 80)]),
)
def test_a_share_is_never_a_zero_nor_a_whole(count, taps, ends):
    low, high = ends
    words = {f"<{low}%", f">{high}%"} | {f"{n}%" for n in range(low, high + 1, 10)}
    assert share_of(count, taps, ends) in words


@given(count=st.integers(0, 200), taps=st.integers(40, 200))
def test_a_share_in_tens_is_off_by_five_at_most(count, taps):
    share = share_of(count, taps)
    if share[0] not in "<>":
        assert abs(int(share.rstrip("%")) - 100 * min(count, taps) / taps) <= 5


@pytest.mark.parametrize(("count", "share"), [(0, "<10%"), (9, "<10%"), (10, "10%"), (15, "20%")])
def test_a_share_says_less_than_ten_rather_than_how_few(count, share):
    assert share_of(count, 100) == share
