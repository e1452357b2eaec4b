"""A school to be looked at, and servers that are not as they should be."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from checkin.services.doctor import Finding, Level, examine
from tests.school import SmallSchool

A_DAY = timedelta(days=1)


def look_at(school: SmallSchool, now: datetime | None = None, **settings: object) -> list[Finding]:
    """Let the doctor look, with other settings."""
    return examine(replace(config_of(school), **settings), now or school.clock.now)


def config_of(school: SmallSchool):
    return school.app.extensions["checkin_config"]


def of(found: list[Finding], subject: str) -> list[Finding]:
    return [one for one in found if one.subject == subject]


def the(found: list[Finding], subject: str, level: Level) -> Finding:
    """Return the one finding about a subject that is so grave; it says why and what mends it."""
    (one,) = [one for one in of(found, subject) if one.level is level]
    assert level is Level.WELL or (one.why and one.mend), one
    return one


class Healthz(BaseHTTPRequestHandler):
    status = 200
    seconds = 0

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        then = datetime.now(UTC) + timedelta(seconds=self.seconds)
        return f"{then:%a, %d %b %Y %H:%M:%S} GMT"

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def a_server(certificate: Path | None = None, status: int = 200, seconds: int = 0) -> Iterator[int]:
    """Serve /healthz, over TLS when there is a certificate with its key, and yield the port."""
    handler = type("Handler", (Healthz,), {"status": status, "seconds": seconds})
    server = HTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_words: None  # a visitor that turns away is no error here
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=True
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_certificate(
    folder: Path, now: datetime, begins: timedelta, ends: timedelta, name: str = "127.0.0.1"
) -> Path:
    """Write a self-signed certificate with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    try:
        who: x509.GeneralName = x509.IPAddress(ip_address(name))
    except ValueError:
        who = x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([who]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    own = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + own)
    return file


@contextmanager
def a_mail_server(greeting: bytes) -> Iterator[int]:
    """Answer whoever calls with one line, whatever is said, and yield the port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def answer() -> None:
            try:
                while True:
                    caller, _address = server.accept()
                    with closing(caller):
                        caller.sendall(greeting + b"\r\n")
                        while caller.recv(1000):
                            caller.sendall(b"250 ok\r\n")
            except OSError:
                pass

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            with suppress(OSError):  # Windows shuts nothing that only listens
                server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join()
