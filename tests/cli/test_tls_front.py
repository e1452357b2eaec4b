"""What meets clients over TLS leaves places for others, and keeps a certificate that is fit."""

import contextlib
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkin.cli import tls
from checkin.cli.tls import Front, listen
from checkin.cli.tls_keys import Keys
from checkin.services import certificates, own_authority
from checkin.services.own_authority import Files

NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    own_authority.make(tmp_path, ["localhost"], NOW)
    return Files(tmp_path)


@pytest.fixture
def keys(files: Files) -> Keys:
    def check() -> object:
        return certificates.read(files.certificate, files.key, datetime.now(UTC))

    return Keys(files.certificate, files.key, check)


@pytest.fixture
def front(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """A front with three places for one machine, before a server that says all twice."""
    monkeypatch.setattr(tls, "MOST_FROM_ONE", 3)
    with socket.create_server(("127.0.0.1", 0)) as behind:
        threading.Thread(target=_say_twice, args=(behind,), daemon=True).start()
        front = Front(listen("127.0.0.1", 0), keys, behind.getsockname()[1])
        front.start()
        yield front
        front.close()


def _say_twice(listener: socket.socket) -> None:
    def serve(client: socket.socket) -> None:
        with client:
            while part := client.recv(65536):
                client.sendall(part * 2)

    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve, args=(client,), daemon=True).start()


def a_client(front: Front, files: Files) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=files.authority)
    plain = socket.create_connection(front.listener.getsockname(), timeout=20)
    return context.wrap_socket(plain, server_hostname="localhost")


def answers(client: ssl.SSLSocket, said: bytes = b"abc") -> bool:
    client.sendall(said)
    heard = b""
    while len(heard) < 2 * len(said):
        heard += client.recv(65536)
    return heard == said * 2


def test_passes_on_what_is_said_however_much_it_is(front: Front, files: Files) -> None:
    with a_client(front, files) as client:
        assert answers(client)
        assert answers(client, bytes(range(256)) * 200)


def test_one_machine_cannot_hold_every_place(front: Front, files: Files) -> None:
    first, *others = [a_client(front, files) for _ in range(3)]
    assert all(answers(client) for client in (first, *others))
    with pytest.raises(OSError):
        a_client(front, files)
    first.close()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with a_client(front, files) as another:
                assert answers(another)
                break
        except OSError:
            time.sleep(0.05)
    else:
        pytest.fail("the place that came free was given to nobody")
    for client in others:
        client.close()


def test_keeps_the_old_certificate_when_the_new_one_is_not_fit(
    front: Front, files: Files, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    def serial() -> object:
        with a_client(front, files) as client:
            return client.getpeercert()["serialNumber"]

    before = serial()
    files.certificate.write_text("nothing")
    with caplog.at_level(logging.ERROR):
        keys.renew()
    assert "is not taken up" in caplog.text
    assert serial() == before
    own_authority.make(files.folder, [], NOW)
    keys.renew()
    assert serial() != before


def test_writes_down_nobody(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for said in (b"GET / HTTP/1.1\r\n\r\n", b"", b"\x16\x03\x01"):
            with socket.create_connection(front.listener.getsockname(), timeout=20) as client:
                client.sendall(said)
                client.settimeout(0.5)
                with contextlib.suppress(OSError):
                    client.recv(1024)
    assert "127.0.0.1" not in caplog.text
