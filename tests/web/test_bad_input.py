"""Whatever comes in, the answer is clear, nothing is half stored and nothing breaks.

The rows of the table that a school's people and tablets can run into, one after the other, through
HTTP on the real app; some through the real server.
"""

import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from waitress import create_server
from werkzeug.test import TestResponse

from checkin.services import enrolling
from checkin.storage.database import db
from checkin.storage.open_rounds import file, open_rounds
from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser, close, make_app
from tests.web.living import ENGLISH, JSON, add_flag, tap, words, words_in
from tests.web.page_checks import SAME_SITE, PageClient, page_of

DAY = "2026-11-23"
DUTCH = SAME_SITE | {"Accept-Language": "nl"}
TEN_MEGABYTES = 10 * 1024 * 1024
BROKEN_JSON = {
    "nothing": b"",
    "half": b'{"taps": [',
    "no JSON": b"taps=1",
    "invalid UTF-8": b'{"taps": "\xff\xfe"}',
    "UTF-16": '{"taps": []}'.encode("utf-16")[:-1],
    "nested deeply": b"[" * 60_000,
    "nested deeply within": b'{"taps": ' + b"[" * 60_000,
    "a huge number": b'{"waiting": ' + b"9" * 60_000 + b"}",
    "an array": b"[]",
    "a text": b'"taps"',
    "null": b"null",
    "not a number": b'{"taps": [], "waiting": NaN}',
    "infinite": b'{"taps": [], "waiting": 1e999}',
    "taps that are no list": b'{"taps": {"0": 1}}',
}
BROKEN_TAPS: list[dict[str, Any]] = [
    {"feeling": 10**40},
    {"feeling": -1},
    {"feeling": None},
    {"feeling": []},
    {"feeling": "3"},
    {"feeling": 3.0},
    {"helps": 10**40},
    {"key": "g" * 32},
    {"key": "\u0663" * 32},
    {"key": "a" * 33},
    {"key": "\ud800" * 32},
    {"day": "2026-1-1"},
    {"day": "2026-W48-1"},
    {"day": "99999-01-01"},
    {"day": 20261123},
    {"round": "lunch"},
    {"round": ["check-in"]},
]


def a_tap(key: int = 1, feeling: Any = 1, **more: Any) -> dict[str, Any]:
    return {"key": f"{key:032x}", "day": DAY, "round": "check-in", "feeling": feeling} | more


def send(tablet: PageClient, *taps: dict[str, Any]) -> TestResponse:
    return tablet.post("/tablet/taps", json={"taps": list(taps), "waiting": 0})


def told(answer: TestResponse) -> list[tuple[str, str]]:
    """Return status and reason of each tap."""
    assert answer.status_code == 200, answer.text
    return [(result["status"], result.get("reason", "")) for result in answer.json["results"]]


def error_of(answer: TestResponse, status: int) -> str:
    """Return what a program is told, after a look at how."""
    assert (answer.status_code, list(answer.json)) == (status, ["error"])
    assert answer.json["error"]
    return answer.json["error"]


def tapped(client: PageClient, cast: Cast) -> int:
    """Return how many have tapped, as the teacher is told."""
    return client.get(f"/classrooms/{cast.zon}/today.json").json["rounds"][0]["tapped"]


# Taps that cannot be what they say they are


@pytest.mark.parametrize(
    ("wrong", "status", "why"),
    [
        ({"feeling": 9}, "refused", "no card with that digit"),
        ({"day": "2026-11-22"}, "refused", "no such round on that day"),
        ({"day": "2026-12-25"}, "refused", "no such round on that day"),
        ({"round": "check-out"}, "refused", "not open yet"),
        ({"day": "2026-11-24"}, "refused", "not open yet"),
        ({"day": "2027-11-23"}, "refused", "not open yet"),  # a clock that is a year ahead
        ({"day": "9999-12-31"}, "refused", "not open yet"),
        ({"day": "2025-11-24"}, "late", "week is closed"),  # a clock that is a year behind
        ({"day": "0001-01-01"}, "late", "week is closed"),
    ],
    ids=str,
)
def test_says_of_each_tap_why_it_is_not_counted(
    tablet: PageClient, sign_in: SignIn, cast: Cast, wrong: dict[str, Any], status: str, why: str
) -> None:
    first, second, third = told(send(tablet, a_tap(1), a_tap(2, **wrong), a_tap(3)))
    assert (first, third) == (("stored", ""), ("stored", ""))
    assert second[0] == status
    assert why in second[1]
    assert tapped(sign_in("tess"), cast) == 2


def test_a_key_that_comes_again_as_another_feeling_is_known(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    answers = [told(send(tablet, a_tap(7, feeling)))[0] for feeling in (1, 2, 9, 2)]
    assert answers == [("stored", ""), ("known", ""), ("known", ""), ("known", "")]
    assert tapped(sign_in("tess"), cast) == 1


def test_twice_as_many_taps_as_pupils_are_stored_and_give_no_light(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    assert tap(tablet, "1" * 14 + "2" * 14) == ["stored"] * 28
    tess = sign_in("tess")
    assert tapped(tess, cast) == 28
    address = f"/classrooms/{cast.zon}/trend"
    assert "28 of 14 have tapped" in words(tess, address)
    for headers, said in ((ENGLISH, "More cards than there are pupils"), (DUTCH, "Meer kaart")):
        tess.post(f"/classrooms/{cast.zon}/rounds/{DAY}/check-in/seal", headers=headers)
        page = tess.get(address, headers=headers)
        assert said in words_in(page)
    answer = tess.get(f"{address}.json?from={DAY}&to={DAY}").json
    assert answer["rounds"] == [
        {"day": DAY, "round": "check-in", "answered": 28, "light": "withheld"}
    ]


def test_more_taps_than_pupils_and_two_still_give_a_light_and_one_more_does_not(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 16)
    seal = f"/classrooms/{cast.zon}/rounds/{DAY}/{{}}/seal"
    assert tess.post(seal.format("check-in"), headers=JSON).json["light"] != "withheld"
    clock = tess.application.extensions["checkin_clock"]
    clock.pass_time(hours=6)
    tess = sign_in("tess")
    tap(tablet, "1" * 17, "check-out", first_key=100)
    assert tess.post(seal.format("check-out"), headers=JSON).json["light"] == "withheld"


# Bodies that are no such thing


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_says_that_a_body_of_taps_cannot_be_read(
    tablet: PageClient, body: bytes, kind: str
) -> None:
    error_of(tablet.post("/tablet/taps", data=body, content_type=kind), 400)


@pytest.mark.parametrize("wrong", BROKEN_TAPS, ids=ascii)
def test_stores_nothing_of_a_batch_with_one_broken_tap(
    tablet: PageClient, sign_in: SignIn, cast: Cast, wrong: dict[str, Any]
) -> None:
    assert error_of(send(tablet, a_tap(1), a_tap(2) | wrong, a_tap(3)), 400).startswith("tap 2")
    assert tapped(sign_in("tess"), cast) == 0


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
@pytest.mark.parametrize(
    "path", ["/tablet/enrolment", "/flags/1/acknowledgement", "/flags/1/closure", "/flags/1/notes"]
)
def test_no_json_breaks_a_page_that_takes_json(
    app: Flask, cast: Cast, sign_in: SignIn, path: str, body: bytes
) -> None:
    add_flag(app, cast)
    answer = sign_in("inge").post(path, data=body, content_type="application/json")
    if path != "/flags/1/acknowledgement" or answer.status_code != 200:  # it needs no body
        error_of(answer, 400)


@pytest.mark.parametrize("note", ["half a \ud800 character", "a zero \0 in it", 10**300, [1], None])
def test_an_odd_note_is_kept_or_refused(
    app: Flask, cast: Cast, sign_in: SignIn, note: object
) -> None:
    add_flag(app, cast)
    inge = sign_in("inge")
    answer = inge.post("/flags/1/closure", json={"outcome": "watched", "note": note}, headers=JSON)
    assert answer.status_code in (200, 400)
    state = inge.get("/flags.json").json["flags"][0]["state"]
    assert state == ("closed" if answer.status_code == 200 else "raised")


# Bodies of ten megabytes


@pytest.mark.parametrize("path", ["/tablet/taps", "/tablet/enrolment", "/sign-in", "/nowhere"])
@pytest.mark.parametrize("headers", [DUTCH, ENGLISH, JSON], ids=["nl", "en", "json"])
def test_ten_megabytes_are_refused_in_words(
    tablet: PageClient, path: str, headers: dict[str, str]
) -> None:
    answer = tablet.post(path, data=b" " * TEN_MEGABYTES, headers=headers)
    assert answer.status_code == 413
    if headers is JSON or path == "/tablet/taps":
        error_of(answer, 413)
    else:
        assert page_of(answer).get("lang") == headers["Accept-Language"]


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve the app as `checkin serve` does, and give its port."""
    server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=1024 * 1024)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(timeout=5)


def say(port: int, head: str, *body: bytes) -> bytes:
    """Say something to the server, as much as it takes, and return what it answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        try:
            for part in body:
                line.sendall(part)
        except OSError:
            pass  # it has heard enough
        heard = []
        try:
            while part := line.recv(65536):
                heard.append(part)
        except OSError:
            pass
        return b"".join(heard)


@pytest.mark.parametrize("how", ["with its length", "in chunks"])
def test_the_server_takes_no_ten_megabytes(app: Flask, cast: Cast, how: str) -> None:
    is_chunked = how == "in chunks"
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {TEN_MEGABYTES}"
    head = (
        f"POST /tablet/taps HTTP/1.1\nHost: localhost\nAuthorization: Bearer {cast.tablet_token}\n"
        f"Connection: close\n{length}"
    )
    piece = b" " * 65536
    chunk = b"10000\r\n" + piece + b"\r\n" if is_chunked else piece
    with served(app) as port:
        answer = say(port, head, *[chunk] * (TEN_MEGABYTES // len(piece)))
        assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.0 413", b"HTTP/1.1 400")), answer[:80]
        alive = say(port, "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close")
        assert alive.startswith(b"HTTP/1.1 200")
    assert b"Traceback" not in answer


# Tablets and codes that do not count any more


def test_a_revoked_tablet_is_told_so_and_nothing_is_stored(
    app: Flask, tablet: PageClient, sign_in: SignIn, cast: Cast, clock: HeldClock
) -> None:
    tap(tablet, "12")
    sign_in("adam").post("/tablets/1/revocation")
    error_of(send(tablet, a_tap(50)), 401)
    error_of(tablet.get("/tablet/today"), 401)
    page = tablet.get("/tablet", follow_redirects=True, headers=ENGLISH)
    assert (page.status_code, page.request.path) == (200, "/tablet/grown-up")
    bearer = {"Authorization": f"Bearer {cast.tablet_token}"}
    error_of(browser(app).post("/tablet/taps", json={"taps": [a_tap(51)]}, headers=bearer), 401)
    assert tapped(sign_in("tess"), cast) == 2


@pytest.mark.parametrize("trouble", ["wrong", "expired", "used", "tried five times"])
def test_a_code_that_is_no_good_is_refused_alike_in_words(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock, trouble: str
) -> None:
    address = f"/classrooms/{cast.zon}/enrolment-codes"
    code = sign_in("adam").post(address, headers=JSON).json["code"]
    if trouble == "wrong":
        code = "A" * 8
    elif trouble == "expired":
        clock.pass_time(minutes=10)
    elif trouble == "used":
        assert browser(app).post("/tablet/enrolment", json={"code": code}).status_code == 200
    else:
        for _ in range(5):
            browser(app).post("/tablet/enrolment", json={"code": "A" * 8})
        clock.pass_time(minutes=1)  # the wait is over, the code is still no good
    error_of(browser(app).post("/tablet/enrolment", json={"code": code}), 403)
    for headers, said in ((ENGLISH, "This code is wrong or too old"), (DUTCH, "klopt niet")):
        clock.pass_time(minutes=1)  # guessing gets slower, which is said in other words
        answer = browser(app).post("/tablet/enrolment", data={"code": code}, headers=headers)
        assert answer.status_code == 403
        assert said in words_in(answer), words_in(answer)
        assert "Set-Cookie" not in answer.headers
    with app.app_context():
        assert len(enrolling.list_tablets(cast.school)) == (2 if trouble == "used" else 1)


# Storage that fails


@contextmanager
def school_on(place: Path, built_school: tuple[Path, Cast], clock: HeldClock) -> Iterator[Flask]:
    """Run the school from another place."""
    shutil.copytree(built_school[0], place, dirs_exist_ok=True)
    app = make_app(place, clock)
    yield app
    with app.app_context():
        open_rounds().close()
    close(app)


def its_tablet(app: Flask, cast: Cast) -> PageClient:
    tablet = browser(app)
    tablet.set_cookie("checkin_tablet", cast.tablet_token)
    return tablet


def its_teacher(app: Flask, cast: Cast) -> PageClient:
    teacher = browser(app)
    form = {"email": cast.email("tess"), "password": PASSWORD}
    assert teacher.post("/sign-in", data=form).status_code == 303
    return teacher


def asks_to_come_again(answer: TestResponse) -> None:
    error_of(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


def says_that_nothing_can_be_stored(client: PageClient, path: str) -> None:
    """A person is told in their own language, and by the page's own title."""
    for headers, said in ((ENGLISH, "Nothing can be stored"), (DUTCH, "opgeslagen")):
        answer = client.post(path, headers=headers)
        assert answer.status_code == 503
        assert said in words_in(answer)


def test_a_full_disk_is_told_and_then_everything_is_stored_once(
    built_school: tuple[Path, Cast],
    clock: HeldClock,
    disk: SmallDisk,  # noqa: F811
) -> None:
    cast = built_school[1]
    with school_on(disk.place, built_school, clock) as app:
        tablet, tess = its_tablet(app, cast), its_teacher(app, cast)
        tap(tablet, "1" * 9)
        disk.fill()
        stored, waiting = 9, [a_tap(10_000 + n) for n in range(100)]
        for start in range(1, 4000, 100):  # what is left of the last page goes first
            answer = send(tablet, *(a_tap(1_000_000 + start + n) for n in range(100)))
            if answer.status_code != 200:
                break
            stored += 100
        asks_to_come_again(answer)
        asks_to_come_again(send(tablet, *waiting))
        asks_to_come_again(browser(app).get("/healthz"))
        disk.empty()
        assert tapped(tess, cast) == stored
        assert [s for s, _ in told(send(tablet, *waiting))] == ["stored"] * 100
        assert [s for s, _ in told(send(tablet, *waiting))] == ["known"] * 100
        assert tapped(tess, cast) == stored + 100


def test_a_read_only_folder_is_told_and_keeps_what_it_had(
    built_school: tuple[Path, Cast],
    clock: HeldClock,
    disk: SmallDisk,  # noqa: F811
) -> None:
    cast, path = built_school[1], "/classrooms/{}/rounds/{}/check-in/seal"
    with school_on(disk.place, built_school, clock) as app:
        tablet, tess = its_tablet(app, cast), its_teacher(app, cast)
        tap(tablet, "1" * 9)
        _let_go_of_files(app)
        disk.make_read_only()
        asks_to_come_again(send(tablet, a_tap(500)))
        says_that_nothing_can_be_stored(tess, path.format(cast.zon, DAY))
        asks_to_come_again(browser(app).get("/healthz"))
        _let_go_of_files(app)
        disk.make_read_only(False)
        assert tapped(tess, cast) == 9
        assert told(send(tablet, a_tap(500))) == [("stored", "")]
        assert tess.post(path.format(cast.zon, DAY), headers=JSON).json["answered"] == 10


@pytest.mark.parametrize("which", ["open-rounds.sqlite3", "checkin.sqlite3"])
def test_a_locked_database_is_told_and_nothing_is_lost(
    app: Flask,
    folder: Path,
    tablet: PageClient,
    sign_in: SignIn,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    tess = sign_in("tess")
    assert tap(tablet, "1" * 9, waiting=1) == ["stored"] * 9
    _lose_patience(app, monkeypatch)
    seal = f"/classrooms/{cast.zon}/rounds/{DAY}/check-in/seal"
    with closing(sqlite3.connect(folder / which, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        asks_to_come_again(send(tablet, a_tap(500)))
        says_that_nothing_can_be_stored(tess, seal)
        asks_to_come_again(browser(app).get("/healthz"))
        other.execute("ROLLBACK")
    (again,) = told(send(tablet, a_tap(500)))
    assert again[0] in ("stored", "known", "late")
    assert told(send(tablet, a_tap(500))) == [("known", "")]
    done = tess.post(seal, headers=JSON).json
    assert done["answered"] + (again[0] == "late") == 10


def _let_go_of_files(app: Flask) -> None:
    with app.app_context():
        open_rounds().close()
    close(app)


def _lose_patience(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a fifth of a second instead of five."""
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.2)
    _let_go_of_files(app)
    with app.app_context():
        event.listen(
            db.engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout = 200"), insert=False
        )


# Everything else at once


JUNK = [
    {"data": b"\xff\xfe=%ff&note=\x00&x", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\nnothing", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"{", "content_type": "application/json"},
    {"data": b"[" * 60_000, "content_type": "application/json"},
    {"data": b'{"note": "\\ud800", "code": "\\ud800"}', "content_type": "application/json"},
    {"data": b"\x00" * 100, "content_type": "\xff/\xff; charset=no-such"},
]
HUGE, ODD = 10**30, "%00%ff\u0663"


@pytest.mark.parametrize("name", ["nobody", "tablet", "tess", "inge", "adam"])
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
