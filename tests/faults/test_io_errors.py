"""The disk fails now and then: writes, syncs and cuts of the open rounds come back with an error.

Four tablets tap without pause, and send again what was not acknowledged. Of the calls by which the
server stores, every so many fail, as on a worn card; the answer is then 503, and the tap stays on
the tablet. Without a key of their own, taps that are sent again are counted again: 139 that were
acknowledged became 156 that were stored when this was measured with a plain counter.

The account: acknowledged is stored, each once, though many tries failed.
"""

import time
from pathlib import Path

import pytest

from checkin.storage.open_rounds import FILE
from tests.faults.power import can_trace
from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import THE_PRODUCT, Server
from tests.faults.tapping import Ledger, Tablet, audit
from tests.often import first

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace cannot fail calls here")
BROKEN = Path(__file__).parent / "broken"
TABLETS = 4
SECONDS, MANY_SECONDS = 4, 120
ERRORS = {
    "a write fails": "pwrite64:error=EIO:when=40+401",
    "the disk is full": "pwrite64:error=ENOSPC:when=40+601",
    "a sync fails": "fdatasync:error=EIO:when=20+31",
    "a cut fails": "ftruncate:error=EIO:when=3+11",
}
"""A tap takes some 25 writes, three syncs and a cut: about one commit in ten fails, and none of
the start, which would only say so and end."""


class OnABadDisk(Server):
    """The server, with calls on the files of its open rounds that fail now and then."""

    def __init__(self, school: RealSchool, error: str, program: tuple[str, ...]) -> None:
        super().__init__(school, program)
        self.error = error

    def command(self) -> list[str]:
        """Return what starts the program under strace, told which calls to fail."""
        quiet = [
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            f"trace={self.error.split(':')[0]}",
        ]
        files = [str(self.school.folder / name) for name in (FILE, f"{FILE}-journal")]
        paths = [part for file in files for part in ("-P", file)]
        return [*quiet, *paths, "-e", f"inject={self.error}", *super().command()]


def what_errors_do(
    school: RealSchool, error: str, seconds: float, program: tuple[str, ...] = THE_PRODUCT
) -> tuple[list[str], Ledger]:
    """Tap on a bad disk, hand in what waits and audit the books on a sound one."""
    ledger = Ledger()
    with Server(school, program):
        pass  # what is written once, at the first start, is written on a sound disk
    with OnABadDisk(school, error, program) as bad:
        tablets = [Tablet(bad, ledger, may_fail=True) for _ in range(TABLETS)]
        for tablet in tablets:
            tablet.start()
        time.sleep(seconds)
    with Server(school, program) as sound:
        ledger.is_over.set()
        for tablet in tablets:
            tablet.server = sound
        for tablet in tablets:
            tablet.join(timeout=30)
            assert not tablet.is_alive(), "a tap was never taken"
        return [*ledger.oddities, *audit(sound, ledger)], ledger


@pytest.fixture
def school(tmp_path: Path) -> RealSchool:
    return make_school(tmp_path / "files")


@pytest.mark.parametrize("error", first(ERRORS.values()), ids=ERRORS)
def test_nothing_is_lost_or_counted_twice(school: RealSchool, error: str) -> None:
    wrong, ledger = what_errors_do(school, error, SECONDS)
    assert wrong == []
    assert ledger.failures, "no try failed: there was nothing to withstand"
    assert ledger.acknowledged, "no try succeeded"


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_nothing_is_lost_in_two_minutes_of_errors(school: RealSchool, error: str) -> None:
    wrong, ledger = what_errors_do(school, error, MANY_SECONDS)
    print(f"{len(ledger.acknowledged)} acknowledged, {ledger.failures} tries failed: {wrong}")
    assert wrong == []


@pytest.mark.thorough
def test_it_catches_a_server_that_forgets_keys(school: RealSchool) -> None:
    program = (str(BROKEN / "forgets_keys.py"),)
    wrong, _ = what_errors_do(school, ERRORS["a sync fails"], SECONDS / 2, program)
    assert wrong != []
