"""`checkin certificate` makes an authority that can speak for one school's server alone."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from checkin.services import certificates, own_authority
from checkin.services.own_authority import CannotSign, Files
from tests.cli.conftest import Command, Fails

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_writes_four_files_and_keeps_the_keys_to_itself(checkin: Command) -> None:
    done = checkin("certificate", "--name", "checkin.internal", "--name", "192.168.1.5")
    assert done.returncode == 0, done.stderr
    files = Files(checkin.folder / "tls")
    assert "trust this" in done.stdout
    assert f": good until {datetime.now(UTC) + timedelta(days=397):%Y-%m-%d}, for" in done.stdout
    for secret in (files.key, files.authority_key):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    found = certificates.read(files.certificate, files.key, datetime.now(UTC))
    assert found.names == ("checkin.internal", "192.168.1.5")
    assert timedelta(days=390) < found.ends - datetime.now(UTC) < timedelta(days=398)
    for client in (ssl.create_default_context(cafile=files.authority),):
        assert client.get_ca_certs()


def test_renews_under_the_same_authority(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert own_authority.make(tmp_path, ["checkin.internal"], NOW)
    authority, first = files.authority.read_bytes(), files.certificate.read_bytes()
    assert not own_authority.make(tmp_path, [], NOW + timedelta(days=300))
    assert files.authority.read_bytes() == authority
    assert files.certificate.read_bytes() != first
    later = NOW + timedelta(days=500)
    assert certificates.read(files.certificate, files.key, later).names == ("checkin.internal",)


def test_its_authority_may_speak_for_no_other_name(tmp_path: Path) -> None:
    own_authority.make(tmp_path, ["checkin.internal"], NOW)
    with pytest.raises(CannotSign, match=r"may not speak for bank\.example"):
        own_authority.make(tmp_path, ["bank.example"], NOW)
    authority = x509.load_pem_x509_certificate(Files(tmp_path).authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert limits.value.permitted_subtrees == [x509.DNSName("checkin.internal")]
    assert [str(one.value) for one in limits.value.excluded_subtrees] == ["0.0.0.0/0", "::/0"]


@pytest.mark.parametrize("name", ["", "a b", "https://checkin.internal", "ch€ckin", "*"])
def test_takes_no_name_that_is_none(fails: Fails, name: str) -> None:
    assert "neither a name nor an address" in fails("certificate", "--name", name)


def test_asks_for_a_name_the_first_time(fails: Fails) -> None:
    assert "--name" in fails("certificate")


def test_no_certificate_outlasts_the_authority_that_signed_it(tmp_path: Path) -> None:
    files = Files(tmp_path)
    own_authority.make(tmp_path, ["checkin.internal"], NOW)
    late = NOW + timedelta(days=3600)
    own_authority.make(tmp_path, [], late)
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    ends = certificates.read(files.certificate, files.key, late).ends
    assert ends == authority.not_valid_after_utc


def test_says_that_the_authority_has_ended_or_has_not_begun(tmp_path: Path) -> None:
    own_authority.make(tmp_path, ["checkin.internal"], NOW)
    with pytest.raises(CannotSign, match="ended on 2036-11-20: choose another"):
        own_authority.make(tmp_path, [], NOW + timedelta(days=3651))
    with pytest.raises(CannotSign, match="is the clock of this machine right"):
        own_authority.make(tmp_path, [], NOW - timedelta(days=2))


def test_says_that_the_key_to_renew_with_is_gone(tmp_path: Path) -> None:
    own_authority.make(tmp_path, ["checkin.internal"], NOW)
    Files(tmp_path).authority_key.unlink()
    with pytest.raises(CannotSign, match="is needed to renew"):
        own_authority.make(tmp_path, [], NOW)
