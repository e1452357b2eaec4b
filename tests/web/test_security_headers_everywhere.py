"""Every address there is, as whoever may open it and as nobody: graded by what a browser needs."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response
from werkzeug.routing import Rule

from checkin.web import security
from tests.web.conftest import Cast, HeldClock, close, make_app

PEOPLE = ("nobody", "tablet", "inge", "adam")
FILES = {"static", "trends.plotly_js"}
VALUES = {
    "day": "2026-11-23",
    "moment": "check-in",
    "week": "2026-W47",
    "language": "nl",
    "filename": "css/tokens.css",
    "paper": "dpia",
}


def problems(headers: dict[str, str], is_file: bool) -> Iterator[str]:
    """Tell what an answer lacks; a file obeys the page that shows it."""
    if headers.get("x-content-type-options") != "nosniff":
        yield "its kind may be guessed"
    if headers.get("cross-origin-resource-policy") != "same-origin":
        yield "other sites may show it"
    if not re.search(r"max-age=(\d{8,})", headers.get("strict-transport-security", "")):
        yield "HTTPS is not kept to"
    if not headers.get("cache-control"):
        yield "nothing is said of caches"
    if re.search(r"\d", headers.get("server", "")) or "x-powered-by" in headers:
        yield "it tells its version"
    if is_file:
        return
    if "no-store" not in headers["cache-control"] and "no-cache" not in headers["cache-control"]:
        yield f"caches may keep it: {headers['cache-control']}"
    yield from _policy_problems(headers.get("content-security-policy", ""))
    for name, value in (
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ):
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    features = headers.get("permissions-policy", "")
    for name in ("camera", "geolocation", "payment", "usb"):
        if f"{name}=()" not in features:
            yield f"{name} is not shut off"
    if not re.search(r"microphone=\((self)?\)", features):
        yield "others may use the microphone"


def _policy_problems(policy: str) -> Iterator[str]:
    found = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    for name, value in (
        ("default-src", "'none'"),
        ("base-uri", "'none'"),
        ("frame-ancestors", "'none'"),
        ("form-action", "'self'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
    ):
        if found.get(name) != value:
            yield f"{name} is {found.get(name)}"
    if re.search(r"unsafe|\*|https?:", policy):
        yield f"the policy is not strict: {policy}"


def cookie_problems(answer: Response) -> Iterator[str]:
    """Tell what a cookie lacks."""
    for cookie in answer.headers.getlist("Set-Cookie"):
        name, rest = cookie.split("=", 1)[0], cookie.lower()
        if "max-age=0" in rest:
            continue  # it is taken away, and says nothing
        flags = {part.strip().partition("=")[0] for part in rest.split(";")[1:]}
        for flag in ("secure", "samesite"):
            if flag not in flags:
                yield f"cookie {name} is not {flag}"
        if "domain" in flags:
            yield f"cookie {name} goes to other hosts"
        if "httponly" not in flags:
            yield f"scripts can read cookie {name}"
        yield from _name_problems(name, rest)


def _name_problems(name: str, rest: str) -> Iterator[str]:
    is_everywhere = re.search(r"path=([^;]*)", rest)[1] == "/"
    if not name.startswith(("__Host-", "__Secure-")):
        yield f"cookie {name} does not say how it came"
    elif name.startswith("__Host-") and not is_everywhere:
        yield f"a browser refuses cookie {name}"
    elif name.startswith("__Secure-") and is_everywhere:
        yield f"cookie {name} could be bound to this server"


@pytest.fixture
def https(folder, clock: HeldClock) -> Iterator[Flask]:
    app = make_app(folder, clock, base_url="https://checkin.school.example")
    app.test_client_class = None  # what pages are made of is looked at elsewhere
    yield app
    close(app)


def everything(app: Flask, cast: Cast) -> Iterator[tuple[str, str, Response]]:
    """Ask every address as everybody: the asker, the address, and the answer."""
    for who in PEOPLE:
        client = app.test_client()
        if who == "tablet":
            client.set_cookie("__Host-checkin_tablet", cast.tablet_token, domain=HOST)
            assert client.get("/tablet", base_url=HTTPS).status_code == 200
        elif who != "nobody":
            form = {"email": cast.email(who), "password": "a long password"}
            answer = client.post("/sign-in", data=form, headers=SAME_SITE, base_url=HTTPS)
            assert answer.status_code == 303
            yield who, "POST /sign-in", answer
        for rule in app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if rule.endpoint == "signing_in.sign_out":
                    continue
                answer = client.open(
                    path_of(app, rule, cast), method=method, headers=SAME_SITE, base_url=HTTPS
                )
                yield who, f"{method} {rule.rule}", answer
                answer.close()


HTTPS = "https://checkin.school.example"
HOST = HTTPS.removeprefix("https://")
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def path_of(app: Flask, rule: Rule, cast: Cast) -> str:
    values: dict[str, object] = {name: VALUES.get(name, 1) for name in rule.arguments}
    for first, name in re.findall(r"<any\((\w+)[^)]*\):(\w+)>", rule.rule):
        values[name] = first
    if "classroom" in values:
        values["classroom"] = cast.zon
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def graded(app: Flask, cast: Cast) -> list[str]:
    found = []
    for who, where, answer in everything(app, cast):
        headers = {name.lower(): value for name, value in answer.headers.items()}
        is_file = answer.status_code < 400 and any(
            where == f"GET {rule.rule}"
            for rule in app.url_map.iter_rules()
            if rule.endpoint in FILES
        )
        for problem in (*problems(headers, is_file), *cookie_problems(answer)):
            found.append(f"{where} as {who} ({answer.status_code}): {problem}")
    return found


def test_every_answer_to_everybody_is_safe_in_a_browser(https: Flask, cast: Cast) -> None:
    assert graded(https, cast) == []


Spoil = Callable[[Response], object]
SPOILED: dict[str, Spoil] = {
    "its kind may be guessed": lambda a: a.headers.remove("X-Content-Type-Options"),
    "HTTPS is not kept to": lambda a: a.headers.remove("Strict-Transport-Security"),
    "script-src is": lambda a: a.headers.__setitem__(
        "Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'"
    ),
    "caches may keep it": lambda a: a.headers.__setitem__("Cache-Control", "max-age=60"),
    "it tells its version": lambda a: a.headers.__setitem__("Server", "waitress/3.0"),
    "is not secure": lambda a: a.set_cookie("checkin_flash", "x", samesite="Lax"),
    "does not say how it came": lambda a: a.set_cookie("checkin_flash", "x", secure=True),
    "a browser refuses": lambda a: a.set_cookie("__Host-x", "x", secure=True, path="/sign-in"),
    "could be bound": lambda a: a.set_cookie("__Secure-x", "x", secure=True),
    "scripts can read cookie": lambda a: a.set_cookie(
        "checkin_session", "x", secure=True, samesite="Lax"
    ),
}


@pytest.mark.parametrize("told", SPOILED)
def test_an_answer_without_one_of_them_is_seen(https: Flask, cast: Cast, told: str) -> None:
    @https.after_request
    def spoil(answer: Response) -> Response:
        SPOILED[told](answer)
        return answer

    https.after_request_funcs[None].reverse()  # after the headers were put on it
    answer = https.test_client().get("/sign-in", base_url=HTTPS)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert any(told in one for one in (*problems(headers, False), *cookie_problems(answer)))


def test_the_grader_knows_the_headers_there_are() -> None:
    headers = {name.lower(): value for name, value in security.HEADERS.items()}
    headers |= {"cache-control": "no-store", "strict-transport-security": "max-age=31536000"}
    assert list(problems(headers, False)) == []
