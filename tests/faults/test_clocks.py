"""The server's clock jumps: forward and back, through both nights of summer time, over New Year.

A real server, its clock set while it runs: by somebody, by the network's time, by a battery that
is empty. Tablets tap all the while, some hand in later what was chosen before the jump.

The account: what was told to be stored is in its round, what was told to be late in its week or
among those that were dropped, each once; what was sent again is counted once; a round is open or
sealed, and its light never changes.
"""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.jumping_clock import (
    ALWAYS,
    ORDINARY,
    Books,
    JumpingServer,
    Tablet,
    a_school,
    audit,
    find_library,
    lights,
)
from tests.faults.serving import THE_PRODUCT
from tests.often import first
from tests.school import AMSTERDAM, MONDAY, at

pytestmark = pytest.mark.skipif(find_library() is None, reason="libfaketime is not installed")
BROKEN = Path(__file__).parent / "broken"
AN_HOUR = timedelta(hours=1)
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
NEW_YEARS_EVE = date(2026, 12, 31)
EXTRA = [day + timedelta(days=n) for day in (AUTUMN, NEW_YEARS_EVE, SPRING) for n in (-1, 0, 1)]
A_JUMP = 0.05


class Day:
    """A server whose clock is ours, its tablets, their books and every light that was seen."""

    def __init__(self, server: JumpingServer) -> None:
        self.server, self.books = server, Books()
        self.tablets = [Tablet(server, self.books, room) for room in (ALWAYS, ORDINARY)]
        self.wrong: list[str] = []
        self._lights: dict = {}

    def tap(self, times: int = 3) -> None:
        for tablet in self.tablets:
            tablet.tap(times)

    def choose(self, times: int = 2) -> None:
        """Let the tablets be without network for a while."""
        for tablet in self.tablets:
            tablet.choose(times)

    def at(self, instant: datetime) -> None:
        self.server.be_at(instant)
        self.tap()

    def seal(self) -> None:
        self.server.seal_what_is_due()
        for round, light in lights(self.server.school.folder).items():
            if self._lights.setdefault(round, light) != light:
                self.wrong.append(f"{round} showed {self._lights[round]} and then {light}")

    def live_over(self, instant: datetime, seconds: float = 0.6) -> None:
        """Tap without pause while the clock passes an instant."""
        self.choose()
        self.server.be_at(instant - timedelta(seconds=seconds))
        while self.server.now < instant + timedelta(seconds=seconds):
            self.tap(1)
        self.tap(2)
        self.seal()


def local(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(
        day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM, fold=fold
    ).astimezone(UTC)


def an_hour_too_early_and_too_late(day: Day) -> None:
    day.at(at(8, 40))
    day.choose()
    day.server.jump(AN_HOUR)  # the check-in has closed meanwhile
    day.tap()
    day.seal()
    day.server.jump(-AN_HOUR)  # now it is open again, by the clock
    day.tap()
    day.choose()
    day.server.jump(-AN_HOUR)  # now it never opened
    day.tap()
    day.at(at(23, 0))
    day.seal()
    day.at(at(8, 50))
    day.at(at(14, 10))
    day.seal()


def the_night_that_is_longer(day: Day) -> None:
    day.live_over(local(AUTUMN, 0))
    for hour, minute, fold in ((1, 59, 0), (2, 30, 0), (2, 30, 1), (3, 0, 0)):
        day.at(local(AUTUMN, hour, minute, fold))
    day.live_over(local(AUTUMN, 3))
    day.live_over(local(AUTUMN + timedelta(days=1), 0))


def the_night_that_is_shorter(day: Day) -> None:
    day.live_over(local(SPRING, 0))
    day.live_over(local(SPRING, 3))  # a moment before it was 1:59
    day.live_over(local(SPRING + timedelta(days=1), 0))


def new_year(day: Day) -> None:
    day.at(local(NEW_YEARS_EVE, 12))
    day.live_over(local(date(2027, 1, 1), 0))
    day.server.jump(-AN_HOUR)
    day.tap()
    day.seal()


def back_and_forth(day: Day, jumps: int = 12) -> None:
    """The clock does not come to rest while taps are under way."""
    day.at(at(8, 50))
    is_over = threading.Event()

    def jump() -> None:
        for _ in range(jumps):
            there = random.choice([AN_HOUR, -AN_HOUR, 6 * AN_HOUR])
            day.server.jump(there)
            time.sleep(A_JUMP)
            day.server.jump(-there)
            time.sleep(A_JUMP)
        is_over.set()

    jumper = threading.Thread(target=jump)
    jumper.start()
    while not is_over.is_set():
        day.tap(1)
    jumper.join()
    day.seal()


def a_clock_that_was_a_year_ahead(day: Day) -> None:
    """As a machine that starts without network and a battery, until its time is set right."""
    day.server.jump(timedelta(days=365))
    day.server.kill()
    day.server.start()
    day.tap()
    day.server.jump(timedelta(days=-365))
    day.tap()
    day.seal()
    day.tap()


SCENES = {
    "an hour too early and too late": an_hour_too_early_and_too_late,
    "the night that is longer": the_night_that_is_longer,
    "the night that is shorter": the_night_that_is_shorter,
    "new year": new_year,
    "back and forth": back_and_forth,
    "a clock that was a year ahead": a_clock_that_was_a_year_ahead,
}
TOGETHER = (
    ["the night that is shorter"],
    ["the night that is longer", "an hour too early and too late", "back and forth"],
    ["new year"],
    ["a clock that was a year ahead"],
)
"""Not further apart than the marks of sealed rounds are kept."""


@contextmanager
def a_day(folder: Path, program: tuple[str, ...] = THE_PRODUCT) -> Iterator[Day]:
    opened = local(AUTUMN - timedelta(days=1), 12)
    server = JumpingServer(a_school(folder / "files", opened, EXTRA), program)
    server.be_at(opened)
    with server:
        yield Day(server)


def what_clocks_break(folder: Path, *scenes: str, program: tuple[str, ...] = THE_PRODUCT) -> list:
    """Live through scenes with one server; return what the books do not agree on."""
    with a_day(folder, program) as day:
        for scene in scenes:
            SCENES[scene](day)
        for tablet in day.tablets:
            tablet.hand_in()
        told = {status for status, _ in day.books.answered.values()}
        assert "stored" in told, "nothing was stored: there was nothing to keep account of"
        return [*day.wrong, *audit(day.server, day.books)]


@pytest.mark.parametrize("scenes", first(TOGETHER), ids=" and ".join)
def test_no_night_and_no_jump_loses_or_doubles_a_tap(tmp_path: Path, scenes: list[str]) -> None:
    assert what_clocks_break(tmp_path, *scenes) == []


@pytest.mark.long
@pytest.mark.parametrize("edges", [(AUTUMN, MONDAY), (MONDAY, NEW_YEARS_EVE), (SPRING,)])
def test_nor_do_a_hundred_jumps(tmp_path: Path, edges: tuple[date, ...]) -> None:
    """Between days whose marks are kept together, in any order, with restarts, sealed at times."""
    chance = random.Random(20261123)
    with a_day(tmp_path) as day:
        for n in range(100):
            hours = chance.choice([0, 0, 1, 3, 8, 9, 14, 24])
            instant = local(chance.choice(edges), 0) + hours * AN_HOUR
            day.choose(1)
            day.server.be_at(instant + timedelta(seconds=chance.uniform(-1, 1)))
            day.tap(2)
            if n % 5 == 4:
                day.seal()
            if n % 20 == 19:
                day.server.kill()
                day.server.start()
        wrong = [*day.wrong, *audit(day.server, day.books)]
    assert wrong == []


# The canaries.


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("canary", "scene"),
    [
        ("goes_by_its_own_date", "the night that is longer"),
        ("forgets_keys", "an hour too early and too late"),
    ],
)
def test_it_catches(tmp_path: Path, canary: str, scene: str) -> None:
    program = (str(BROKEN / f"{canary}.py"),)
    assert what_clocks_break(tmp_path, scene, program=program) != []
