"""The counters that the app creates hold the noise of the rule, and a tap moves them by one.

Through the real service, read from the real file. A false alarm comes once in a million runs.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.noise import draw_noise
from checkin.domain.release import WEEK_SCALE
from checkin.domain.rounds import Moment
from checkin.services import tapping
from checkin.services.timetables import timetable_of
from checkin.storage import schools
from checkin.storage.open_rounds import open_rounds
from tests.proof.chi_square import fits, two_sided_geometric
from tests.school import a_tap, at, small_school

CLASSROOMS = range(1000, 1300)
OF_ROUND, OF_WEEK = two_sided_geometric(1, 4), two_sided_geometric(WEEK_SCALE, 7)


def born(school, classrooms=CLASSROOMS):
    """Let a calm child tap twice a day in each classroom; return the noise of rounds and weeks."""
    room = schools.get_classroom(school.classrooms[0])
    timetable = timetable_of(room)
    for moment, now in ((Moment.CHECK_IN, at(8, 30)), (Moment.CHECK_OUT, at(14, 20))):
        for classroom in classrooms:
            tap = a_tap(Feeling.CALM, moment)
            (result,) = tapping.store_for(replace(room, id=classroom), timetable, [tap], now)
            assert result.status == "stored"
    return noise_of_rounds(), noise_of_weeks()


def noise_of_rounds():
    """A calm card is not heavy: what is in the counter is noise."""
    return [heavy for (heavy,) in read("SELECT heavy FROM open_round")]


def noise_of_weeks():
    """Two calm cards a week: what is left without them is noise."""
    rows = read("SELECT * FROM open_week")
    calm = list(Feeling).index(Feeling.CALM)
    return [[n - 2 * (place == calm) for place, n in enumerate(row[4:])] for row in rows]


def read(query):
    with closing(sqlite3.connect(open_rounds().path)) as file:
        return file.execute(query).fetchall()


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    with small_school(tmp_path_factory.mktemp("noise")) as school:
        return born(school)


def test_rounds_are_born_with_the_noise_of_the_rule(noise):
    rounds, _weeks = noise
    assert len(rounds) == 2 * len(CLASSROOMS)
    assert fits(rounds, OF_ROUND)


def test_weeks_are_born_with_the_noise_of_the_rule(noise):
    _rounds, weeks = noise
    assert {len(counters) for counters in weeks} == {len(Feeling) + len(Coping)}
    assert fits([n for counters in weeks for n in counters], OF_WEEK)


def test_every_counter_of_a_week_has_a_noise_of_its_own(noise):
    _rounds, weeks = noise
    assert fits(sums_of_neighbours(weeks), two_alike())


def sums_of_neighbours(weeks):
    return [
        a + b for counters in weeks for a, b in zip(counters[::2], counters[1::2], strict=False)
    ]


def two_alike(ends=9):
    """The distribution of the sum of two noises, the ends gathered."""
    one = two_sided_geometric(WEEK_SCALE, 60)
    both = dict.fromkeys(range(-ends, ends + 1), 0.0)
    for a, chance in one.items():
        for b, other in one.items():
            both[max(-ends, min(ends, a + b))] += chance * other
    return both


@pytest.mark.parametrize("feeling", Feeling)
@pytest.mark.parametrize("helps", [None, Coping.MOVE])
def test_a_tap_moves_its_own_counters_by_one_and_no_other(school, feeling, helps):
    school.tap(a_tap(Feeling.CALM))
    before = read("SELECT heavy, taps FROM open_round") + read("SELECT * FROM open_week")
    school.tap(replace(a_tap(feeling), helps=helps))
    after = read("SELECT heavy, taps FROM open_round") + read("SELECT * FROM open_week")
    moved = [
        [b - a for a, b in zip(*rows, strict=True)]
        for rows in zip([before[0], before[1][3:]], [after[0], after[1][3:]], strict=True)
    ]
    assert moved[0] == [int(feeling.heavy), 1]
    cards = [*Feeling, *Coping]
    assert moved[1] == [1, *(int(card in (feeling, helps)) for card in cards)]


# The canaries.


def drawing(monkeypatch, draw):
    monkeypatch.setattr(tapping, "draw_noise", draw)


def test_it_sees_rounds_with_less_noise(school, monkeypatch):
    drawing(monkeypatch, lambda scale=1: round(draw_noise(scale) / 2))
    rounds, weeks = born(school, CLASSROOMS[:120])
    assert not fits(rounds, two_sided_geometric(1, 3))
    assert not fits([n for counters in weeks for n in counters], OF_WEEK)


def test_it_sees_rounds_with_the_noise_of_weeks_and_weeks_with_that_of_rounds(school, monkeypatch):
    drawing(monkeypatch, lambda scale=1: draw_noise(3 - scale))
    rounds, weeks = born(school, CLASSROOMS[:120])
    assert not fits(rounds, two_sided_geometric(1, 3))
    assert not fits([n for counters in weeks for n in counters], OF_WEEK)


def test_it_sees_one_noise_for_a_whole_week(school, monkeypatch):
    drawn = []

    def draw(scale=1):
        if scale == 1 or not drawn:
            drawn[:] = [draw_noise(scale)] * (len(Feeling) + len(Coping))
        return drawn.pop()

    drawing(monkeypatch, draw)
    _rounds, weeks = born(school, CLASSROOMS[:120])
    assert not fits(sums_of_neighbours(weeks), two_alike(ends=7))


@pytest.fixture
def school(tmp_path):
    with small_school(tmp_path) as made:
        yield made
