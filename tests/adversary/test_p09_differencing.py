"""P9: somebody takes one published figure from another.

The attack: two figures over almost the same taps differ by the few that are in one of them alone.
So ask for every range of days that overlaps another, a day alone and the week around it, a week
before its end and after; ask in every way a page can be asked; take the classrooms that one may see
from the school as a whole; and see whether any difference is a figure that was not itself released.

The promise: a figure of a round or a week is the same in whatever it is asked for with, no range is
ever summed, and the school's figure rests on classrooms that its reader cannot see.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import combinations, product

from flask import Flask, request

from checkin.domain.release import Light
from checkin.domain.school_weeks import FEWEST_CLASSROOMS, release_school_week
from checkin.services import sealing
from tests.adversary.places import LAST_WEEK, Place, Variant, signed_in, the_product
from tests.school import MONDAY, HeldClock, SmallSchool, at, taps

DAYS = [MONDAY + timedelta(days=n) for n in range(-8, 5)]


def figures_that_move(place: Place, variant: Variant = the_product) -> list[str]:
    """Ask for every range of days; return each figure that is not the same in all of them."""
    with place.opened(HeldClock(at(8, 30))) as school:
        school.tap(*taps(heavy=5, others=8))
        school.seal()
        school.clock.now = at(23, 0)
        sealing.seal_due(school.clock.now)
        with variant(school.app):
            return _compare(school)


def _compare(school: SmallSchool) -> list[str]:
    seen: dict[str, set[str]] = {}
    browser = signed_in(school, "tess")
    for first, last in combinations(DAYS, 2):
        for figure, value in _figures(browser, school.classrooms[0], first, last).items():
            seen.setdefault(figure, set()).add(value)
    assert f"week {LAST_WEEK}" in seen, "no week is shown in any range"
    assert any(figure.startswith(f"round {MONDAY}") for figure in seen)
    return [f"{figure}: {sorted(values)}" for figure, values in seen.items() if len(values) > 1]


def _figures(browser, classroom: int, first: date, last: date) -> Mapping[str, str]:
    address = f"/classrooms/{classroom}/trend.json?from={first}&to={last}"
    told = browser.get(address).json
    assert set(told) == {"classroom", "from", "to", "rounds", "weeks"}, "a figure of a whole range"
    rounds = {f"round {r['day']} {r['round']}": str(r) for r in told["rounds"]}
    return rounds | {f"week {w['week']}": str(w) for w in told["weeks"]}


def what_the_school_gives_away(release=release_school_week) -> list[str]:
    """Let a reader see some classrooms; return when the school's figure is of too few others."""
    found = []
    for size, few in product(range(1, 7), (0, 5, 10)):
        lights = {room: {Light.FEW: few, Light.MANY: 10 - few} for room in range(size)}
        for seen in range(size):  # whoever sees them all has nothing left to find out
            told = release("2026-W48", lights, frozenset(range(seen)))
            hidden = size - seen
            if told.shares is not None and hidden < FEWEST_CLASSROOMS:
                found.append(f"{size} classrooms, {hidden} of them hidden, are shown")
            if told.shares is not None and told.classrooms != hidden:
                found.append(f"a figure of {told.classrooms} where {hidden} are hidden")
    return found


def test_a_figure_is_the_same_in_every_range(place: Place) -> None:
    assert figures_that_move(place) == []


def test_a_week_is_not_shown_before_it_is_closed(place: Place) -> None:
    with place.opened(HeldClock(at(8, 30))) as school:
        school.tap(*taps(heavy=5, others=8))
        school.seal()
        browser = signed_in(school, "inge")
        for last in DAYS[-5:]:
            told = _figures(browser, school.classrooms[0], MONDAY, last)
            assert not any(figure.startswith("week 2026-W48") for figure in told)


def test_the_school_leaves_three_classrooms_that_its_reader_cannot_see() -> None:
    assert what_the_school_gives_away() == []


# The canaries.


@contextmanager
def sums_the_range(app: Flask) -> Iterator[None]:
    """Each round is shown as the mean of the range it is asked in."""
    view = app.view_functions["trends.show_json"]

    def show(classroom: int):
        told = view(classroom)
        for one in told["rounds"]:
            one["light"] = f"{len(told['rounds'])} {request.args['from']}"
        return told

    app.view_functions["trends.show_json"] = show
    yield


def test_it_catches_a_sum_of_a_range(place: Place) -> None:
    assert figures_that_move(place, sums_the_range) != []


def test_it_catches_a_school_that_counts_what_its_reader_sees() -> None:
    def release(week, lights, seen):
        return release_school_week(week, lights, frozenset())

    assert what_the_school_gives_away(release) != []
