"""The power fails, at any moment, on a disk that keeps what it was told to keep and no more.

A real server stores taps one by one while every call is written down by which it writes, syncs and
answers. Then the disk is laid out as it may have been at every one of those moments, and as it may
have been with any part of what was not synced torn or out of order, and the program's own file is
opened again.

The account: acknowledged is stored; stored was sent; each once; the file is sound.
"""

import random
import secrets
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkin.storage.open_rounds import FILE
from tests.faults.power import (
    Acknowledged,
    Disk,
    Event,
    Traced,
    can_trace,
    files_in,
    laid_out,
)
from tests.faults.real_time import RealSchool, make_school

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace cannot trace here")
BROKEN = Path(__file__).parent / "broken"
NAMES = (FILE, f"{FILE}-journal", f"{FILE}-wal")
TAPS = 16
TORN = 400
MANY_TORN = 10_000
LEAST_STATES = 16 * 8
"""Each tap syncs journal and file, and each of these is a moment."""


@dataclass
class Account:
    """What was found in all the states of a disk."""

    states: int = 0
    lost: int = 0
    doubled: int = 0
    invented: int = 0
    unsound: int = 0

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is wrong in any state."""
        return not (self.lost or self.doubled or self.invented or self.unsound)


def what_power_loss_does(school: RealSchool, place: Path, torn: int, *program: str) -> Account:
    """Tap, pull the plug, and open the files as they may have been at every moment."""
    disk = Disk(files_in(school.folder))
    sent, events = _tap_and_pull_the_plug(school, program)
    account, chance = Account(), random.Random(20261123)
    each = torn // len(events) + 1
    acknowledged: set[bytes] = set()
    for event in events:
        if isinstance(event, Acknowledged):
            acknowledged |= event.keys
        disk.take(event)
        states = [disk.without_power(), disk.without_power(disk.given)]
        states += [disk.torn(chance) for _ in range(each)] if disk.given else []
        for state in states:
            with laid_out(state, NAMES, place) as files:
                _look(account, files / FILE, acknowledged, sent)
    assert len(acknowledged) == len(sent)
    return account


def _tap_and_pull_the_plug(
    school: RealSchool, program: tuple[str, ...]
) -> tuple[set[bytes], list[Event]]:
    sent = set()
    server = Traced(school, program or ("-m", "checkin"))
    with server:
        for n in range(TAPS):
            key, day = secrets.token_hex(16), school.today.isoformat()
            sent.add(bytes.fromhex(key))
            tap = {"key": key, "day": day, "round": "check-in", "feeling": n % 9, "helps": n % 7}
            status, _ = server.tap([tap])
            assert status == 200
        time.sleep(0.3)  # the last answer is out, and the tracer has seen it leave
        return sent, server.pull_the_plug()


def _look(account: Account, file: Path, acknowledged: set[bytes], sent: set[bytes]) -> None:
    """Open the file as the program does after a power loss, and compare."""
    account.states += 1
    try:
        keys, round_taps, week_taps = _read(file)
    except sqlite3.DatabaseError:
        account.unsound += 1
        return
    account.lost += not acknowledged <= keys
    account.invented += not keys <= sent
    account.doubled += not (round_taps == week_taps == len(keys))


def _read(file: Path) -> tuple[set[bytes], int, int]:
    connection = sqlite3.connect(file)
    try:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        keys = {key for (key,) in connection.execute("SELECT key FROM spent_key")}
        (rounds,) = connection.execute("SELECT total(taps) FROM open_round").fetchone()
        (weeks,) = connection.execute("SELECT total(taps) FROM open_week").fetchone()
        return keys, int(rounds), int(weeks)
    finally:
        connection.close()


@pytest.fixture
def school(tmp_path: Path) -> RealSchool:
    return make_school(tmp_path / "files")


def test_no_acknowledged_tap_is_lost(school: RealSchool, tmp_path: Path) -> None:
    account = what_power_loss_does(school, tmp_path / "again", TORN)
    assert account.is_clear, account
    assert account.states > LEAST_STATES + TORN


@pytest.mark.long
def test_no_acknowledged_tap_is_lost_in_ten_thousand_torn_states(
    school: RealSchool, tmp_path: Path
) -> None:
    account = what_power_loss_does(school, tmp_path / "again", MANY_TORN)
    print(account)
    assert account.is_clear, account
    assert account.states > MANY_TORN


# The canaries.


@pytest.mark.parametrize("canary", ["never_syncs", "syncs_as_a_log_does"])
def test_it_catches(school: RealSchool, tmp_path: Path, canary: str) -> None:
    account = what_power_loss_does(school, tmp_path / "again", 0, str(BROKEN / f"{canary}.py"))
    assert account.lost, account
