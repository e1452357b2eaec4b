"""Reading what a tablet sends: whatever comes in, a batch or one clear reason comes out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.cards import CardSet, Coping
from checkin.domain.feelings import HEAVY, Feeling, find_feeling
from checkin.domain.rounds import Moment
from checkin.domain.school import Kept
from checkin.domain.taps import Malformed, read_batch

TAP = {"key": "0f" * 16, "day": "2026-11-23", "round": "check-in", "feeling": 3, "helps": 1}


def test_it_reads_a_tap():
    batch = read_batch({"taps": [TAP], "waiting": 2})
    (tap,) = batch.taps
    assert (tap.key, tap.day, tap.moment) == (bytes([15] * 16), date(2026, 11, 23), Moment.CHECK_IN)
    assert (tap.feeling, tap.helps, batch.waiting) == (Feeling.ANGRY, Coping.TALK, 2)


def test_an_empty_batch_only_reports():
    assert read_batch({"taps": [], "waiting": 0}).taps == ()


def test_helps_and_waiting_may_be_absent():
    tap = {name: value for name, value in TAP.items() if name != "helps"}
    batch = read_batch({"taps": [tap]})
    assert (batch.taps[0].helps, batch.waiting) == (None, None)
    assert (batch.downloaded, batch.kept) == (None, None)


@pytest.mark.parametrize("version", ["", "0123456789ab"])
@pytest.mark.parametrize("kept", Kept)
def test_it_reads_what_a_tablet_says_of_itself(version, kept):
    batch = read_batch({"taps": [], "downloaded": version, "kept": str(kept)})
    assert (batch.downloaded, batch.kept) == (version, kept)


@pytest.mark.parametrize(
    "change",
    [
        {"downloaded": 5},
        {"downloaded": "a" * 33},
        {"downloaded": "<b>"},
        {"downloaded": ["0123456789ab"]},
        {"downloaded": "0123456789ab\n"},
        {"kept": "paper"},
        {"kept": ""},
        {"kept": ["disk"]},
        {"kept": True},
    ],
)
def test_nonsense_of_itself_is_refused_with_the_reason(change):
    (name,) = change
    with pytest.raises(Malformed, match=f"'{name}' must be"):
        read_batch({"taps": [TAP], **change})


def test_a_digit_that_no_card_has_is_read_so_that_it_alone_is_refused():
    assert read_batch({"taps": [TAP | {"feeling": 9}]}).taps[0].feeling is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"key": "0f" * 15}, "key"),
        ({"key": "0g" * 16}, "key"),
        ({"key": 5}, "key"),
        ({"day": "2026-13-01"}, "day"),
        ({"day": "20261123"}, "day"),
        ({"day": "2026-W48-1"}, "day"),
        ({"day": None}, "day"),
        ({"round": "lunch"}, "round"),
        ({"round": ["check-in"]}, "round"),
        ({"feeling": 10}, "feeling"),
        ({"feeling": -1}, "feeling"),
        ({"feeling": True}, "feeling"),
        ({"feeling": 1.0}, "feeling"),
        ({"feeling": "1"}, "feeling"),
        ({"feeling": None}, "feeling"),
        ({"helps": 7}, "helps"),
        ({"helps": "1"}, "helps"),
    ],
)
def test_a_malformed_tap_says_what_was_wrong(change, reason):
    with pytest.raises(Malformed, match=f"tap 2.*'{reason}'"):
        read_batch({"taps": [TAP, TAP | change]})


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "taps",
        {},
        {"taps": {}},
        {"taps": [1]},
        {"taps": [TAP] * 201},
        {"taps": [], "waiting": -1},
        {"taps": [], "waiting": True},
        {"taps": [], "waiting": "3"},
    ],
)
def test_a_malformed_batch_is_refused(body):
    with pytest.raises(Malformed):
        read_batch(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
NEARLY = st.fixed_dictionaries(
    {"taps": st.lists(st.fixed_dictionaries(dict.fromkeys(TAP, JSON)), max_size=3)}
)


@given(JSON | NEARLY)
def test_whatever_comes_in_nothing_but_malformed_comes_out(body):
    try:
        read_batch(body)
    except Malformed as error:
        assert str(error)


@given(st.integers(0, 8))
def test_no_reason_tells_what_was_tapped(digit):
    with pytest.raises(Malformed) as error:
        read_batch({"taps": [TAP | {"feeling": digit, "key": "x"}]})
    other = 8 - digit
    with pytest.raises(Malformed) as same:
        read_batch({"taps": [TAP | {"feeling": other, "key": "x"}]})
    assert str(error.value) == str(same.value)


def test_the_digits_are_those_of_the_contract():
    names = ["pass", "happy", "sad", "angry", "scared", "calm", "tired", "excited", "worried"]
    assert [find_feeling(digit) for digit in range(9)] == names
    assert all(feeling.digit == digit for digit, feeling in enumerate(Feeling))


def test_tired_and_not_today_are_not_heavy():
    assert {Feeling.SAD, Feeling.ANGRY, Feeling.SCARED, Feeling.WORRIED} == HEAVY


def test_a_card_keeps_its_place_when_the_set_grows():
    four, six, eight = (card_set.feelings[:-1] for card_set in CardSet)
    assert six[:4] == four
    assert eight[:6] == six
    assert all(card_set.feelings[-1] is Feeling.PASS for card_set in CardSet)
