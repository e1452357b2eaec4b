"""P2: somebody polls around the tap that reaches the floor.

The attack: six have tapped, the seventh card makes the round large enough to be shown. A program
that counts live would show its light from then on, and the change is that child's card.

The promise: while a round is open its seventh tap is like any other: nothing but the number of taps
changes, whichever feeling it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, jsonify

from checkin.domain.feelings import Feeling
from checkin.domain.release import FLOOR, release_round
from checkin.storage.open_rounds import open_rounds
from tests.adversary.places import ALL, Place
from tests.adversary.test_p01_polling import TWO, what_polling_tells

FOUR = (Feeling.PASS, Feeling.HAPPY, Feeling.SAD, Feeling.WORRIED)


def test_the_tap_that_reaches_the_floor_is_like_any_other(place: Place, tmp_path: Path) -> None:
    seen = place.seen_by(ALL, "tablet")
    assert what_polling_tells(seen, tmp_path, TWO, others=FLOOR - 1) == []


@pytest.mark.thorough
def test_so_it_is_to_others_and_with_other_cards(place: Place, tmp_path: Path) -> None:
    seen = place.seen_by(ALL, "tess", "tablet", "nobody")
    assert what_polling_tells(seen, tmp_path, FOUR, others=FLOOR - 1) == []


@contextmanager
def a_light_from_the_seventh_tap_on(app: Flask) -> Iterator[None]:
    view = app.view_functions["trends.today_json"]

    def today(classroom: int) -> object:
        query = "SELECT taps, heavy FROM open_round"
        m, heavy = open_rounds().run(lambda tx: tx._execute(query).fetchone())
        light = release_round(m, heavy, pupils=14).light
        return jsonify(view(classroom) | {"light": light})

    app.view_functions["trends.today_json"] = today
    yield


@contextmanager
def a_word_when_the_floor_is_reached_by_heavy_taps(app: Flask) -> Iterator[None]:
    """No light and no number: only whether there is already something to worry about."""
    view = app.view_functions["health.show"]

    def show() -> object:
        query = "SELECT taps, heavy FROM open_round"
        m, heavy = open_rounds().run(lambda tx: tx._execute(query).fetchone())
        return view(), 200, {"X-Worth-A-Look": str(m >= FLOOR and heavy % 2 == 0)}

    app.view_functions["health.show"] = show
    yield


def test_it_catches_a_light_that_shows_before_the_round_is_sealed(
    place: Place, tmp_path: Path
) -> None:
    canary = a_light_from_the_seventh_tap_on
    assert (
        what_polling_tells(place.seen_by("inge", "tablet"), tmp_path, TWO, canary, FLOOR - 1) != []
    )


@pytest.mark.thorough
def test_it_catches_one_bit_that_begins_at_the_floor(place: Place, tmp_path: Path) -> None:
    canary = a_word_when_the_floor_is_reached_by_heavy_taps
    assert (
        what_polling_tells(place.seen_by("inge", "tablet"), tmp_path, TWO, canary, FLOOR - 1) != []
    )
