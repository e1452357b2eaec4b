"""A mail arrives, whatever way the server wants it handed over."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from checkin.domain.mails import Trouble
from checkin.services import mailing
from checkin.storage import staff
from tests.mail.conftest import BASE, FROM, Inbox, Mailing, listening, use_server


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server of this test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def tess(made: Mailing):
    person = staff.find_person(made.people["tess"])
    assert person is not None
    return person


def test_a_flag_given_to_somebody_is_mailed_to_them(mailing_school: Mailing) -> None:
    id = mailing_school.give_flag("tess")
    assert mailing_school.look_and_send() == 1
    ((address, mail),) = mailing_school.inbox.mails
    assert address == mail["To"] == "tess@school.example"
    assert mail["From"] == FROM
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    text = mailing_school.inbox.text()
    assert f"{BASE}/flags/{id}\n" in text
    assert text.startswith("checkin: something waits for you\n\nHello Tess,")


def test_several_flags_of_one_person_come_in_one_mail(mailing_school: Mailing) -> None:
    ids = [mailing_school.give_flag("tess") for _ in range(3)]
    assert mailing_school.look_and_send() == 1
    assert [f"{BASE}/flags/{id}\n" in mailing_school.inbox.text() for id in ids] == [True] * 3


def test_a_link_leads_there_once_signed_in(mailing_school: Mailing) -> None:
    id = mailing_school.give_flag("tess")
    mailing_school.look_and_send()
    browser = mailing_school.school.app.test_client()
    answer = browser.get(f"/flags/{id}")
    assert answer.location == f"/sign-in?next=/flags/{id}"


def test_a_test_mail_goes_at_once_to_whoever_asks(mailing_school: Mailing) -> None:
    assert mailing.send_test(tess(mailing_school), mailing_school.now) is None
    assert mailing_school.inbox.receivers == ["tess"]


def test_mail_goes_over_a_safe_connection(
    mailing_school: Mailing,
    server_side: ssl.SSLContext,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for scheme, how in (("smtps", {"ssl_context": server_side}), ("starttls", {})):
        if scheme == "starttls":
            how = {"tls_context": server_side, "require_starttls": True}
        with listening(Inbox(), **how) as port:
            use_server(mailing_school.school.app, f"{scheme}://127.0.0.1:{port}")
            with monkeypatch.context() as trusting:
                trusting.setenv("SSL_CERT_FILE", str(certificate))
                assert mailing.send_test(tess(mailing_school), mailing_school.now) is None
            told = mailing.send_test(tess(mailing_school), mailing_school.now)
            assert told is Trouble.NOT_SAFE  # nobody answers for this certificate


def test_no_mail_goes_to_a_server_that_offers_no_safe_connection(
    mailing_school: Mailing, port: int
) -> None:
    use_server(mailing_school.school.app, f"starttls://127.0.0.1:{port}")
    assert mailing.send_test(tess(mailing_school), mailing_school.now) is Trouble.NOT_SAFE
    assert mailing_school.inbox.mails == []


def test_it_signs_in_where_the_server_asks_for_it(
    mailing_school: Mailing,
    server_side: ssl.SSLContext,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def check(_server: object, _session: object, _envelope: object, _how: object, who: Any):
        return AuthResult(success=who.password == b"p@ss word", handled=False)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    asking = {"authenticator": check, "auth_required": True, "tls_context": server_side}
    with listening(mailing_school.inbox, **asking) as port:
        for password, expected in (("p%40ss%20word", None), ("wrong", Trouble.NO_SIGN_IN)):
            url = f"starttls://checkin:{password}@127.0.0.1:{port}"
            use_server(mailing_school.school.app, url)
            assert mailing.send_test(tess(mailing_school), mailing_school.now) is expected
    assert mailing_school.inbox.receivers == ["tess"]


def test_without_a_mail_server_nothing_is_kept_to_be_sent(mailing_school: Mailing) -> None:
    config = mailing_school.school.app.extensions["checkin_config"]
    use_server(mailing_school.school.app, "")
    mailing_school.school.app.extensions["checkin_config"] = type(config)(
        config.directory, config.secret_key, config.database_url
    )
    mailing_school.give_flag("tess")
    assert mailing.look(mailing_school.now) == 0
    assert mailing.send_due(mailing_school.now) == 0
