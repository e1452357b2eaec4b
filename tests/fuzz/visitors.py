"""Everybody who may ask the served school as a program, and the server they ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import create_server

from checkin.web import cookies
from tests.web.conftest import PASSWORD, Cast
from tests.web.page_checks import SAME_SITE

STAFF = ("tess", "inge", "hanna", "adam")
VISITORS = ("nobody", "tablet", *STAFF)
PROGRAM = {"Accept": "application/json", "Accept-Language": "en"}


def headers_of(app: Flask, cast: Cast, name: str) -> dict[str, str]:
    """Return what somebody sends with every request."""
    if name == "tablet":
        return PROGRAM | {"Authorization": f"Bearer {cast.tablet_token}"}
    return PROGRAM | ({"Cookie": _signed_in(app, cast, name)} if name in STAFF else {})


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the app as `checkin serve` does, and give its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"  # a name: passkeys work at no bare number
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(timeout=5)


def _signed_in(app: Flask, cast: Cast, name: str) -> str:
    form = {"email": cast.email(name), "password": PASSWORD}
    client = app.test_client()
    assert client.post("/sign-in", data=form, headers=SAME_SITE).status_code == 303
    cookie = client.get_cookie(cookies.SESSION.name)
    assert cookie is not None
    return f"{cookies.SESSION.name}={cookie.value}"
