"""A backup that is made by itself, and that fails: why, and for how long that is told."""

import errno
import platform
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyrage
import pytest

from checkin.services import backing_up
from checkin.services.backing_up_apart import lock_apart
from checkin.services.backing_up_judging import State, judge
from checkin.services.backing_up_locks import Lock
from checkin.services.housekeeping import Housekeeper
from tests.keeping import IDENTITY, PASSPHRASE
from tests.often import first
from tests.processes import not_on_windows
from tests.services.test_backing_up import folder, school

__all__ = ["folder", "school"]

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SETPRIORITY = {"x86_64": 141, "aarch64": 140}
NOT_FORGIVEN = """
import ctypes, struct, sys

def forbid(number, how):
    libc = ctypes.CDLL(None, use_errno=True)
    steps = ((0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, how), (0x06, 0, 0, 0x7FFF0000))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    filter = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(steps), ctypes.addressof(filter)), 16)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, program, 0, 0) == 0, ctypes.get_errno()

forbid(int(sys.argv[1]), int(sys.argv[2]))
from checkin.services.backing_up_apart import lock_apart
from checkin.services.backing_up_locks import Lock
sys.stdout.buffer.write(lock_apart(b"SQLite", Lock(sys.argv[3])))
"""
"""What systemd does to a service, in so many words: a filter that its children have too."""
KILL, REFUSE = 0x80000000, 0x00050000 | errno.EPERM


@pytest.fixture
def nightly(school, tmp_path):
    """The folder into which the school is backed up by itself."""
    goes_to = tmp_path / "disk" / "backups"
    extensions = school.app.extensions
    new = {"backup_dir": goes_to, "backup_recipients": (str(IDENTITY.to_public()),)}
    extensions["checkin_config"] = replace(extensions["checkin_config"], **new)
    return goes_to


def back_up_by_hand(tmp_path, now):
    lock = Lock(recipients=(str(IDENTITY.to_public()),))
    assert backing_up.back_up(tmp_path / "by-hand.age", lock, now).size


def state(school, now):
    return judge(school.app.extensions["checkin_config"], now).state


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in SETPRIORITY, reason="a filter of Linux"
)
@pytest.mark.parametrize("answer", first([KILL, REFUSE]))
def test_a_service_that_may_not_be_gentle_is_backed_up_all_the_same(answer):
    words = (str(SETPRIORITY[platform.machine()]), str(answer), PASSPHRASE)
    command = [sys.executable, "-c", NOT_FORGIVEN, *words]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert pyrage.passphrase.decrypt(done.stdout, PASSPHRASE) == b"SQLite"


@not_on_windows
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'first words' >&2; echo 'last words' >&2; kill -TERM $$", "SIGTERM.*: last words$"),
        ("kill -SYS $$", "was killed by SIGSYS"),
        ("echo 'no room' >&2; exit 3", "ended with code 3: no room"),
        ("cat >&2", "ended with code 7$"),
    ],
)
def test_a_process_that_dies_says_how_and_never_the_passphrase(script, said, tmp_path, monkeypatch):
    stands_in = tmp_path / "python"
    stands_in.write_text(f"#!/bin/sh\n{script}\nexit 7\n")
    stands_in.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stands_in))
    with pytest.raises(OSError, match=said) as raised:
        lock_apart(b"", Lock(PASSPHRASE))
    assert PASSPHRASE not in str(raised.value)


def test_one_by_hand_hides_no_failing_one(school, nightly, tmp_path):
    nightly.parent.write_text("a file is in the place of the disk")
    backing_up.look(NOW)
    assert state(school, NOW) is State.FAILS
    back_up_by_hand(tmp_path, NOW + HOUR / 6)
    assert state(school, NOW + HOUR / 6) is State.FAILS


def test_it_is_tried_again_every_hour_and_when_the_server_starts(school, nightly, tmp_path):
    nightly.parent.write_text("a file is in the place of the disk")
    backing_up.look(NOW)
    nightly.parent.unlink()
    back_up_by_hand(tmp_path, NOW + HOUR / 6)
    backing_up.look(NOW + HOUR / 2)
    assert state(school, NOW) is State.FAILS
    backing_up.look(NOW + HOUR)
    assert state(school, NOW + HOUR) is State.FINE
    assert len(list(nightly.iterdir())) == 1


def test_whoever_mends_it_and_starts_the_server_anew_need_not_wait(school, nightly):
    nightly.parent.write_text("a file is in the place of the disk")
    backing_up.look(NOW)
    nightly.parent.unlink()
    Housekeeper("the server, started anew").tick(NOW + HOUR / 6)
    assert state(school, NOW + HOUR) is State.FINE


def test_a_disk_that_goes_away_is_told_before_the_night(school, nightly, caplog):
    backing_up.look(NOW)
    assert state(school, NOW) is State.FINE
    for file in nightly.iterdir():
        file.unlink()
    nightly.rmdir()
    nightly.parent.rmdir()
    nightly.parent.write_text("a file is in the place of the disk")
    backing_up.look(NOW + HOUR)
    assert state(school, NOW + HOUR) is State.FAILS
    assert str(nightly) in backing_up.last_trouble().trouble
    assert str(nightly) in caplog.text


def test_without_any_it_is_wrong_from_the_second_day_on(school):
    assert state(school, school.clock.now) is State.NOT_YET
    assert state(school, school.clock.now + timedelta(days=2)) is State.NEVER


def test_one_from_the_future_is_told_and_never_counted(school, nightly, tmp_path):
    """A clock that was a year ahead for a while hides no school that is not backed up since."""
    ahead = NOW + 392 * 24 * HOUR
    backing_up.look(ahead)
    judged = judge(school.app.extensions["checkin_config"], NOW)
    assert judged.state is not State.FINE
    assert judged.made is None
    assert judged.to_come.made_at == ahead
    backing_up.look(NOW)
    assert state(school, NOW) is State.FINE
    assert state(school, NOW + 80 * HOUR) is State.OLD


def test_those_from_the_future_push_no_real_one_out(school, nightly):
    config = school.app.extensions["checkin_config"]
    school.app.extensions["checkin_config"] = replace(config, backup_keep=2)
    for days in (390, 391, 392):
        backing_up.look(NOW + days * 24 * HOUR)
    for days in range(4):
        backing_up.look(NOW + days * 24 * HOUR)
    names = sorted(one.name for one in nightly.iterdir())
    assert [name for name in names if name < "checkin-2027"] == [
        "checkin-20261125T130000Z.age",
        "checkin-20261126T130000Z.age",
    ]


def test_a_clock_that_is_right_again_makes_no_backup_at_every_look(school, nightly):
    backing_up.look(NOW + 392 * 24 * HOUR)
    for minutes in range(0, 60, 10):
        backing_up.look(NOW + timedelta(minutes=minutes))
    assert len(list(nightly.iterdir())) == 2
