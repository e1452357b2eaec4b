"""P20: somebody knows the noise before it is drawn.

The attack: noise that can be foretold can be taken off again, and what remains is the exact count.
So start the program twice from the same files, at the same frozen moment, with the same seeds set
wherever Python has one; or split one process in two, as some servers do; and compare the noise in
the counters that are born.

The promise: noise comes from the operating system's random source. Two starts, two processes and
two drawings have nothing in common.
"""

import multiprocessing
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain import release
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.services import sealing, tapping
from checkin.storage.open_rounds import FILE
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, SmallSchool, a_tap, at

WEEKS = 3
"""Three weeks give 45 counters: that two honest starts agree has a chance below 1 in 10^18."""

Noise = tuple[tuple[int, ...], ...] | list[int]


def noise_of_a_start(place: Place, copy: str, variant: Variant = the_product) -> Noise:
    """Start from a copy of the files with every seed set; return the noise that is born."""
    random.seed(0)
    with place.copied_to(place.folder.with_name(copy)).opened() as school, variant(school.app):
        for week in range(WEEKS):
            _let_counters_be_born(school, week)
        return _noise_in(place.folder.with_name(copy) / FILE)


def noise_of_two_halves(place: Place, variant: Variant = the_product) -> list[Noise]:
    """Start once, split the process in two, and let each half go on with files of its own."""
    random.seed(0)
    with place.opened() as school, variant(school.app):
        _let_counters_be_born(school, 0)  # whatever is prepared at the first use, is prepared
        fork, pipes = multiprocessing.get_context("fork"), []
        for _half in range(2):
            mine, its = fork.Pipe()
            process = fork.Process(target=_go_on, args=(its,))
            process.start()
            pipes.append((process, mine))
        noises = []
        for process, mine in pipes:
            assert mine.poll(30), "a half of the program did not answer"
            noises.append(mine.recv())
            process.join()
        return noises


def _go_on(pipe) -> None:
    pipe.send([tapping.draw_noise(release.WEEK_SCALE) for _ in range(WEEKS * 15)])
    pipe.close()
    os._exit(0)


def _let_counters_be_born(school: SmallSchool, week: int) -> None:
    """Tap 'happy' once for the first round of a week: what is in its heavy counter is noise."""
    day = MONDAY + timedelta(days=7 * week)
    school.clock.now = at(8, 30, day)
    school.tap(a_tap(Feeling.HAPPY, Moment.CHECK_IN, day), waiting=None)


def _noise_in(file: Path) -> Noise:
    with sqlite3.connect(file) as copy:
        rounds = copy.execute("SELECT day, heavy FROM open_round ORDER BY day").fetchall()
        weeks = copy.execute("SELECT * FROM open_week ORDER BY week").fetchall()
    return tuple(tuple(row[-1:]) for row in rounds) + tuple(tuple(row[4:]) for row in weeks)


def test_two_starts_have_nothing_in_common(place: Place) -> None:
    one, other = (noise_of_a_start(place, copy) for copy in ("one", "other"))
    assert len(one) == 2 * WEEKS
    assert one != other


def test_two_halves_of_a_process_have_nothing_in_common(place: Place) -> None:
    one, other = noise_of_two_halves(place)
    assert one != other


def test_sealing_draws_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The noise is in the counter from its birth: whoever seals has no say in it."""
    with place.opened() as school:
        school.tap(*(a_tap(Feeling.HAPPY) for _ in range(12)))
        monkeypatch.setattr(release, "draw_noise", _must_not)
        monkeypatch.setattr(tapping, "draw_noise", _must_not)
        monkeypatch.setattr("secrets.SystemRandom.getrandbits", _must_not)
        school.seal()
        sealing.seal_due(at(23))


def _must_not(*_: object) -> float:
    raise AssertionError("noise was drawn")


# The canaries.


def drawn_by(generator: Callable[[], Callable[[int], int]]) -> Variant:
    """Draw the noise with a generator of one's own, made when the program starts."""

    @contextmanager
    def variant(app: Flask) -> Iterator[None]:
        mine = generator()

        def draw(scale: int = 1) -> int:
            return release.draw_noise(scale, mine)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tapping, "draw_noise", draw)
            yield

    return variant


a_seeded_generator = drawn_by(lambda: random.Random(20261123).randrange)
the_module_that_anybody_seeds = drawn_by(lambda: random.randrange)
the_frozen_clock = drawn_by(lambda: random.Random(at(8, 30).timestamp()).randrange)


@pytest.mark.parametrize(
    "canary", [a_seeded_generator, the_module_that_anybody_seeds, the_frozen_clock]
)
def test_it_catches_at_a_start(canary: Variant, place: Place) -> None:
    one, other = (noise_of_a_start(place, copy, canary) for copy in ("one", "other"))
    assert one == other


@pytest.mark.parametrize("canary", [drawn_by(lambda: random.Random().randrange)])
def test_it_catches_a_generator_that_both_halves_inherit(canary: Variant, place: Place) -> None:
    one, other = noise_of_two_halves(place, canary)
    assert one == other
