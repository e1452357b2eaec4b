"""Whatever is asked of any route, the answer is clear and nothing breaks."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.often import first
from tests.web.conftest import Cast, SignIn
from tests.web.living import add_flag
from tests.web.page_checks import SAME_SITE, PageClient
from tests.web.sending import DAY

JUNK = [
    {"data": b"\xff\xfe=%ff&note=\x00&x", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\nnothing", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"{", "content_type": "application/json"},
    {"data": b"[" * 60_000, "content_type": "application/json"},
    {"data": b'{"note": "\\ud800", "code": "\\ud800"}', "content_type": "application/json"},
    {"data": b"\x00" * 100, "content_type": "\xff/\xff; charset=no-such"},
]
HUGE, ODD = 10**30, "%00%ff\u0663"


@pytest.mark.parametrize("name", first(["inge", "tablet", "nobody", "tess", "adam"], often=2))
def test_no_route_breaks_whatever_is_asked_of_it(
    app: Flask, cast: Cast, client: PageClient, tablet: PageClient, sign_in: SignIn, name: str
) -> None:
    """Every route there is, with every method, with numbers and texts that cannot be."""
    add_flag(app, cast)
    visitor = {"nobody": client, "tablet": tablet}.get(name) or sign_in(name)
    broken = [
        f"{method} {path} {answer.status_code}"
        for path in _odd_addresses(app)
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
        if (answer := ask(visitor, path, method=method)).status_code >= 500
    ]
    if name in ("inge", "adam", "nobody"):  # one for each kind of form
        broken += [
            f"POST {path} {str(junk)[:60]} {answer.status_code}"
            for path in _odd_addresses(app)
            for junk in JUNK
            if (answer := ask(visitor, path, method="POST", **junk)).status_code >= 500
        ]
    assert broken == []


def ask(visitor: PageClient, path: str, **more: Any) -> TestResponse:
    """Ask without a look at the page: HEAD has none."""
    return FlaskClient.open(visitor, path, headers=SAME_SITE, buffered=True, **more)


def _odd_addresses(app: Flask) -> list[str]:
    """Fill every route with numbers that exist, that could not, and with texts that are none."""
    addresses = []
    for rule in app.url_map.iter_rules():
        for number, text in ((1, DAY), (0, "check-in"), (HUGE, ODD), (2**31, "9999-12-31")):
            path = rule.rule
            for part in rule.arguments:
                kinds = (f"<int:{part}>", f"<path:{part}>", f"<{part}>")
                value = str(number) if kinds[0] in path else text
                for kind in kinds:
                    path = path.replace(kind, value)
            addresses.append(path)
    queries = ("?from=9999-12-31&to=9999-12-31", "?from=%ff", "?to=0001-01-01", "?weeks=%D9%A3")
    addresses += [f"/classrooms/1/trend{query}" for query in queries]
    addresses += [f"/classrooms/1/trend.json{query}" for query in queries]
    return sorted({*addresses, "/sign-in?next=%ff%00", "/%00", "/" + "a" * 5000})
