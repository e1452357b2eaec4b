"""`serve` renews a certificate of the school's own authority by itself, in good time."""

import socket
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkin.cli.tls_keys import Keys
from checkin.services import certificates, own_authority
from checkin.services.own_authority import Files
from checkin.services.own_authority_renewing import Renewing
from tests.cli.conftest import Command, Fails

NAME = "checkin.internal"
BASE = {"CHECKIN_BASE_URL": f"https://{NAME}"}
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LASTS = 397 * DAY


def made(folder: Path, when: datetime = NOW) -> Files:
    own_authority.make(folder, [NAME], when)
    return Files(folder)


def renewing(files: Files) -> Renewing:
    return Renewing(files.certificate, files.key)


def end_of(files: Files, now: datetime) -> datetime:
    return certificates.read(files.certificate, files.key, now).ends


def test_renews_thirty_days_before_the_end_and_not_sooner(tmp_path: Path) -> None:
    files = made(tmp_path)
    before, key, authority = (
        one.read_bytes() for one in (files.certificate, files.key, files.authority)
    )
    mode = stat.S_IMODE(files.certificate.stat().st_mode)
    renewing(files).look(NOW + LASTS - 31 * DAY)
    assert files.certificate.read_bytes() == before
    later = NOW + LASTS - 29 * DAY
    renewing(files).look(later)
    assert end_of(files, later) > later + 390 * DAY
    assert certificates.read(files.certificate, files.key, later).names == (NAME,)
    assert (files.key.read_bytes(), files.authority.read_bytes()) == (key, authority)
    assert stat.S_IMODE(files.certificate.stat().st_mode) == mode
    assert stat.S_IMODE(files.key.stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {
        "school-ca.pem",
        "school-ca-key.pem",
        "server.pem",
        "server-key.pem",
    }


def test_what_it_renews_is_shown_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(tmp_path)
    at = [NOW]
    looks = renewing(files)
    keys = Keys(
        files.certificate,
        files.key,
        check=lambda: certificates.read(files.certificate, files.key, at[0]),
        before=lambda: looks.look(at[0]),
    )
    taken_up = []
    monkeypatch.setattr(keys, "_load", taken_up.append)
    keys.renew()
    assert taken_up == []
    at[0] = NOW + LASTS - 5 * DAY
    keys.renew()
    assert keys.context in taken_up


def test_a_clock_that_was_wrong_for_a_while_leaves_nothing_that_browsers_refuse(
    tmp_path: Path,
) -> None:
    files = made(tmp_path)
    looks = renewing(files)
    looks.look(NOW)
    looks.look(NOW + 500 * DAY)
    assert end_of(files, NOW + 500 * DAY) > NOW + 800 * DAY
    looks.look(NOW + timedelta(seconds=10))  # set right again
    assert end_of(files, NOW + timedelta(seconds=10)) < NOW + 400 * DAY


def test_leaves_what_another_authority_signed_and_says_each_day_that_it_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = made(tmp_path / "ours"), made(tmp_path / "theirs")
    theirs.certificate.replace(ours.certificate)
    theirs.key.replace(ours.key)
    before = ours.certificate.read_bytes()
    looks, end = renewing(ours), NOW + LASTS
    looks.look(end - 22 * DAY)
    assert caplog.text == ""
    for hours in (0, 2, 4, 25):
        looks.look(end - 20 * DAY + timedelta(hours=hours))
    assert caplog.text.count("ends on 2027-12-25: renew it") == 2
    assert ours.certificate.read_bytes() == before


def test_says_why_it_cannot_and_leaves_the_old_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = made(tmp_path)
    files.authority_key.write_bytes(b"no key")
    before = files.certificate.read_bytes()
    renewing(files).look(NOW + LASTS - 20 * DAY)
    assert "cannot be renewed" in caplog.text
    assert files.certificate.read_bytes() == before


def test_renews_no_more_when_the_authority_itself_ends(tmp_path: Path) -> None:
    files = made(tmp_path)
    late = NOW + 3640 * DAY
    renewing(files).look(late)
    last = files.certificate.read_bytes()
    for days in range(5):
        renewing(files).look(late + days * DAY)
    assert files.certificate.read_bytes() == last


def test_a_server_whose_certificate_ended_starts_with_a_new_one(
    checkin: Command, free_port: int, tmp_path: Path
) -> None:
    files = made(tmp_path / "tls", datetime.now(UTC) - 400 * DAY)
    checkin.set_up()
    words = ("--certificate", str(files.certificate), "--key", str(files.key))
    with checkin.running("serve", "--port", str(free_port), *words, **BASE):
        context = ssl.create_default_context(cafile=files.authority)
        plain = socket.create_connection(("127.0.0.1", free_port), timeout=20)
        with context.wrap_socket(plain, server_hostname=NAME) as client:
            assert client.getpeercert()["subject"]


def test_one_from_elsewhere_that_ended_is_one_sentence_with_the_day(
    fails: Fails, tmp_path: Path
) -> None:
    files = made(tmp_path, datetime.now(UTC) - 400 * DAY)
    files.authority_key.unlink()
    words = ("--certificate", str(files.certificate), "--key", str(files.key))
    said = fails("serve", *words, **BASE)
    assert f"expired on {datetime.now(UTC) - 3 * DAY:%Y-%m-%d}: renew it" in said
