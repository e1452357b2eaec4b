"""`serve` speaks HTTPS with a certificate of its own, to whoever trusts who signed it."""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from checkin.domain.certificates import BadCertificate
from checkin.services import certificates, own_authority
from checkin.services.own_authority import Files
from tests.cli.conftest import Command, Fails

NAME = "checkin.internal"
BASE = {"CHECKIN_BASE_URL": f"https://{NAME}"}
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    files = Files(tmp_path_factory.mktemp("tls"))
    assert own_authority.make(files.folder, [NAME], NOW)
    return files


def with_files(files: Files) -> tuple[str, ...]:
    return ("--certificate", str(files.certificate), "--key", str(files.key))


def a_client(files: Files, port: int, **more: object) -> ssl.SSLSocket:
    """Shake hands as a browser does: the name and who signed it have to be right."""
    context = ssl.create_default_context(cafile=files.authority)
    for name, value in more.items():
        setattr(context, name, value)
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    return context.wrap_socket(plain, server_hostname=NAME)


def ask(files: Files, port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPSConnection(NAME, port, timeout=20)
    connection.sock = a_client(files, port)
    connection.request("GET", path, headers={"Accept": "application/json"})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


@pytest.fixture(scope="module")
def port(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server over HTTPS, for all of this file."""
    checkin = Command(tmp_path_factory.mktemp("school") / "files")
    checkin.set_up()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    words = ("serve", "--host", "0.0.0.0", "--port", str(port), *with_files(files))
    with checkin.running(*words, **BASE):
        yield port


def test_answers_whoever_trusts_the_schools_authority(files: Files, port: int) -> None:
    status, headers, body = ask(files, port, "/healthz")
    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Server" not in headers
    status, headers, body = ask(files, port, "/static/css/tokens.css")  # larger, and in parts
    assert (status, len(body)) == (200, int(headers["Content-Length"]))
    with pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(
            socket.create_connection(("127.0.0.1", port), timeout=20), server_hostname=NAME
        )
    with a_client(files, port) as modern:
        assert modern.version() == "TLSv1.3"
    twelve = {"maximum_version": ssl.TLSVersion.TLSv1_2}
    with a_client(files, port, **twelve) as older:
        assert older.version() == "TLSv1.2"
        assert older.cipher()[0].startswith("ECDHE-")
    with pytest.raises((ssl.SSLError, OSError)):
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.options &= ~(ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1)
        with pytest.warns(DeprecationWarning):
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=20))


def test_speaks_nothing_but_https_on_that_port(files: Files, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            said = plain.recv(1024)
        except OSError:
            said = b""
    assert not said.startswith(b"HTTP")
    assert ask(files, port, "/healthz")[0] == 200


def test_keeps_a_connection_for_the_next_request(files: Files, port: int) -> None:
    connection = HTTPSConnection(NAME, port, timeout=20)
    connection.sock = kept = a_client(files, port)
    for _ in range(3):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        assert connection.sock is kept
    connection.close()


def test_takes_a_renewed_certificate_up_without_a_restart(
    checkin: Command, files: Files, port: int
) -> None:
    with a_client(files, port) as client:
        before = client.getpeercert()["serialNumber"]
    renewed = checkin("certificate", "--dir", str(files.folder))
    assert renewed.returncode == 0, renewed.stderr
    assert "trust this" not in renewed.stdout
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with a_client(files, port) as client:
            if client.getpeercert()["serialNumber"] != before:
                return
        time.sleep(0.2)
    pytest.fail("it still shows the old certificate")


def test_says_in_one_sentence_why_it_does_not_start(fails: Fails, files: Files) -> None:
    words = ("serve", *with_files(files))
    assert "do not belong together" in fails(*words, "--key", str(files.authority_key), **BASE)
    other_name = fails(*words, CHECKIN_BASE_URL="https://else.internal")
    assert f"is for {NAME}, and people come to else.internal" in other_name
    assert "is not https://" in fails(*words, CHECKIN_BASE_URL="http://checkin.internal")
    assert "go together" in fails("serve", "--key", str(files.key), **BASE)


def test_says_what_is_wrong_with_a_certificate(files: Files, tmp_path: Path) -> None:
    def said(certificate: Path, key: Path) -> str:
        with pytest.raises(BadCertificate) as bad:
            certificates.read(certificate, key, NOW)
        return str(bad.value)

    def made(when: datetime) -> Files:
        other = Files(tmp_path / str(when.date()))
        own_authority.make(other.folder, [NAME], when)
        return other

    assert "cannot be read: No such file" in said(files.certificate, tmp_path / "nowhere")
    assert "no certificate in PEM format" in said(files.key, files.key)
    assert "no private key in PEM format" in said(files.certificate, files.certificate)
    chain = tmp_path / "chain.pem"
    chain.write_bytes(files.authority.read_bytes() + files.certificate.read_bytes())
    assert "begin with the server's own certificate" in said(chain, files.key)
    old, coming = made(NOW - timedelta(days=400)), made(NOW + timedelta(days=2))
    assert "expired on" in said(old.certificate, old.key)
    assert "is the clock of this machine right?" in said(coming.certificate, coming.key)
    key = load_pem_private_key(files.key.read_bytes(), password=None)
    locked = tmp_path / "locked.pem"
    how = (Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a secret"))
    locked.write_bytes(key.private_bytes(*how))
    assert "locked with a passphrase" in said(files.certificate, locked)


def test_says_that_somebody_has_the_port(fails: Fails, files: Files) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "is in use" in fails("serve", "--port", port, *with_files(files), **BASE)
