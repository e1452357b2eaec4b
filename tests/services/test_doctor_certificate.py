"""The doctor tells in good time that a certificate ends, also when nobody is there to show it."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from checkin.services import own_authority
from checkin.services.doctor import Level
from checkin.services.own_authority import Files
from tests.services.doctoring import A_DAY, a_server, look_at, make_certificate, of, the

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
END = NOW + 397 * A_DAY


@pytest.fixture
def files(tmp_path) -> Files:
    own_authority.make(tmp_path / "tls", ["127.0.0.1"], NOW)
    return Files(tmp_path / "tls")


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"https://127.0.0.1:{taken.getsockname()[1]}"


def served(files: Files) -> dict[str, object]:
    return {"tls_certificate": files.certificate, "tls_key": files.key}


@pytest.mark.parametrize(
    ("left", "level", "said"),
    [
        (22 * A_DAY, Level.WELL, "is good until 2027-12-25"),
        (20 * A_DAY, Level.LOOK, "is good until 2027-12-25"),
        (6 * A_DAY, Level.WRONG, "is good until 2027-12-25"),
        (-A_DAY, Level.WRONG, "ended on 2027-12-25"),
    ],
)
def test_where_nobody_answers_the_file_is_read(school, files, nobody, left, level, said):
    found = look_at(school, END - left, base_url=nobody, **served(files))
    one = the(found, "certificate", level)
    assert said in one.what
    assert str(files.certificate) in one.what
    assert the(found, "address", Level.WRONG)
    unnamed = look_at(school, END - left, base_url=nobody)
    assert the(unnamed, "certificate", level).what == one.what


def test_what_mends_it_depends_on_who_can_sign(school, files, nobody, tmp_path):
    def mend() -> str:
        found = look_at(school, END - 6 * A_DAY, base_url=nobody, **served(files))
        return the(found, "certificate", Level.WRONG).mend

    assert mend().startswith("checkin certificate")
    files.authority_key.unlink()
    assert f"lay {files.authority_key} there again" in mend()
    files.authority.unlink()
    assert f"in the place of {files.certificate}" in mend()
    files.certificate.write_text("nothing")
    assert "in the place of" in mend()


@pytest.mark.parametrize(
    ("left", "levels"), [(181, []), (170, [Level.LOOK]), (20, [Level.WRONG]), (-1, [Level.WRONG])]
)
def test_an_authority_that_ends_is_told_half_a_year_before(school, files, nobody, left, levels):
    now = NOW + timedelta(days=3650) - left * A_DAY
    own_authority.make(files.folder, [], min(now, NOW + 3649 * A_DAY))
    found = of(look_at(school, now, base_url=nobody, **served(files)), "certificate")
    about = [one for one in found if "school's authority" in one.what]
    assert [one.level for one in about] == levels
    assert all("2036-11-20" in one.what and one.mend for one in about)


@pytest.mark.parametrize(
    ("begins", "ends", "name", "said"),
    [
        (-9 * A_DAY, -A_DAY, "127.0.0.1", "has ended"),
        (A_DAY, 9 * A_DAY, "127.0.0.1", "not valid yet"),
        (-A_DAY, 90 * A_DAY, "other.school.example", "another name"),
    ],
)
def test_a_certificate_that_browsers_refuse(school, tmp_path, begins, ends, name, said):
    now = datetime.now(UTC)
    trusted = tmp_path / "tls"
    trusted.mkdir()
    certificate = make_certificate(tmp_path, now, begins, ends, name)
    (trusted / "school-ca.pem").write_bytes(certificate.read_bytes())
    with a_server(certificate) as port:
        found = look_at(school, now, base_url=f"https://127.0.0.1:{port}")
    assert said in the(found, "certificate", Level.WRONG).what


def test_a_certificate_that_nobody_vouches_for(school, tmp_path):
    now = datetime.now(UTC)
    with a_server(make_certificate(tmp_path, now, -A_DAY, 90 * A_DAY)) as port:
        found = look_at(school, now, base_url=f"https://127.0.0.1:{port}")
    assert "no browser trusts" in the(found, "certificate", Level.WRONG).what


@pytest.mark.parametrize(
    ("days", "level"),
    [(6, Level.WRONG), (8, Level.LOOK), (20, Level.LOOK), (22, Level.WELL), (90, Level.WELL)],
)
def test_a_certificate_that_ends_soon(school, tmp_path, days, level):
    now = datetime.now(UTC)
    trusted = tmp_path / "tls"
    trusted.mkdir()
    certificate = make_certificate(tmp_path, now, -A_DAY, days * A_DAY)
    (trusted / "school-ca.pem").write_bytes(certificate.read_bytes())
    with a_server(certificate) as port:
        found = look_at(school, now, base_url=f"https://127.0.0.1:{port}")
    assert the(found, "certificate", level)
    assert the(found, "address", Level.WELL)


def test_a_server_with_a_certificate_of_its_own_has_no_proxy_to_look_at(school, files):
    with a_server(status=503) as port:
        found = look_at(school, base_url=f"http://127.0.0.1:{port}", **served(files))
    assert "proxy" not in the(found, "address", Level.WRONG).why
