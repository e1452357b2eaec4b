"""Two places to sign in elsewhere: a foreign program in a process of its own, and a liar.

The first shows that we speak the protocol as others do. The second answers as it is told to, with
tokens that must not be believed.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "checkin at school", "a secret: with/odd+signs"


@contextmanager
def foreign_provider(people: list[dict[str, Any]]) -> Iterator[str]:
    """Start a provider in a process of its own and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    command += ["--token-max-age", str(100 * 24 * 3600)]  # tests move their clocks
    for person in people:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    issuer = f"http://localhost:{port}"
    try:
        wait_for(f"{issuer}/.well-known/openid-configuration", process)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=20)


@dataclass
class Liar:
    """A provider whose next token is what a test wants it to be."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    claims: dict[str, Any] = field(default_factory=dict)
    signs_with: RSAKey | None = None
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    token: str | None = None
    told_issuer: str | None = None
    elsewhere: str | None = None
    forms: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if self.elsewhere is not None:
            start("302 Found", [("Location", self.elsewhere)])
            return [b""]
        answers = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": lambda _: {"keys": [self.key.as_dict(private=False)]},
            "/token": self._token,
        }
        body = json.dumps(answers[path](environ)).encode()
        start("200 OK", [("Content-Type", "application/json")])
        return [body]

    def _configuration(self, _: object) -> dict[str, Any]:
        return {
            "issuer": self.told_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _token(self, environ: dict[str, Any]) -> dict[str, Any]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        self.forms.append({name: values[0] for name, values in parse_qs(body).items()})
        token = self.token or jwt.encode(self.header, self.claims, self.signs_with or self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def lying_provider() -> Iterator[Liar]:
    """Serve a provider that lies, in a thread."""
    liar = Liar()
    server = make_server("127.0.0.1", 0, liar, handler_class=_Quiet)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield liar
    server.shutdown()
    server.server_close()
    thread.join(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        assert process.poll() is None, "the provider ended"
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the provider does not answer")
