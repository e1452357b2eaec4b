"""P18: errors and codes that differ by what was tapped.

The attack: do what is not allowed, or what is wrong, and compare the answers between two days that
differ in their cards alone: a code, a reason, a length, a header, a waiting time that is another
when many were sad tells that many were sad. And between a class in which six tapped and one in
which seven did: what is refused must not say that a light is near.

The promise: no error knows the cards; and none knows how many tapped.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from flask import Flask, Response

from checkin.storage.open_rounds import FILE
from tests.adversary.places import ALL, SAME_SITE, Place, Variant, signed_in, the_product
from tests.adversary.polling import answer_of
from tests.school import MONDAY, SmallSchool, taps

SUNDAY = "2026-11-22"


def what_errors_tell(
    place: Place, one: tuple[int, int], other: tuple[int, int], variant: Variant = the_product
) -> list[str]:
    """Let (heavy, others) tap in two copies of a school, do wrong in both, return what differs."""
    answers = []
    for name, (heavy, others) in (("one", one), ("other", other)):
        copy = place.copied_to(place.folder.with_name(name))
        with copy.opened() as school, variant(school.app):
            school.tap(*taps(heavy, others))
            answers.append(_do_wrong(school))
    first, second = answers
    return [what for what in first if first[what] != second[what]]


def _do_wrong(school: SmallSchool) -> Mapping[str, object]:
    """Ask what cannot be, as the tablet and as the staff; return every answer."""
    mine, rounds = school.classrooms[0], f"/classrooms/{school.classrooms[0]}/rounds"
    wrong = {
        "a round of Sunday": ("tess", f"{rounds}/{SUNDAY}/check-in/seal"),
        "a round of next week": ("tess", f"{rounds}/2026-12-01/check-in/seal"),
        "a round that is not open yet": ("tess", f"{rounds}/{MONDAY}/check-out/seal"),
        "a round of no moment": ("tess", f"{rounds}/{MONDAY}/lunch/seal"),
        "another's class": ("omar", f"{rounds}/{MONDAY}/check-in/seal"),
        "no class": (ALL, f"/classrooms/999/rounds/{MONDAY}/check-in/seal"),
        "sealing as the IB'er": ("inge", f"{rounds}/{MONDAY}/check-in/seal"),
        "no number of pupils": (ALL, f"/classrooms/{mine}/pupils"),
        "a tablet that is not there": (ALL, "/tablets/999/revocation"),
    }
    answers: dict[str, object] = {}
    for what, (name, address) in wrong.items():
        browser = signed_in(school, name)
        for accept in ("text/html", "application/json"):
            reply = browser.post(address, headers={**SAME_SITE, "Accept": accept})
            answers[f"{what}, {accept}"] = answer_of(reply)
    answers |= {f"taps: {what}": _send(school, body) for what, body in _wrong_taps().items()}
    return answers


def _wrong_taps() -> dict[str, bytes]:
    tap = {"key": "0" * 32, "day": MONDAY.isoformat(), "round": "check-in", "feeling": 1}
    several = {
        "not JSON": b"{",
        "no list": b"{}",
        "a short key": [tap | {"key": "0"}],
        "another day": [tap | {"day": SUNDAY}],
        "not yet": [tap | {"round": "check-out"}],
        "no such card": [tap | {"feeling": 9}],
        "a card of two digits": [tap | {"feeling": 10}],
        "too many": [tap] * 201,
        "nothing": [],
    }
    return {
        what: body if isinstance(body, bytes) else json.dumps({"taps": body}).encode()
        for what, body in several.items()
    }


def _send(school: SmallSchool, body: bytes) -> object:
    headers = {"Authorization": f"Bearer {school.token}"}
    return answer_of(school.app.test_client().post("/tablet/taps", data=body, headers=headers))


def test_no_error_knows_the_cards(place: Place) -> None:
    assert what_errors_tell(place, (0, 12), (12, 0)) == []


@pytest.mark.parametrize("few", [0, 1, 6])
def test_no_error_knows_how_many_tapped(place: Place, few: int) -> None:
    assert what_errors_tell(place, (0, few), (0, few + 1)) == []


def test_it_does_what_is_wrong(place: Place) -> None:
    """Were these requests welcome, there would be no errors to compare."""
    with place.opened() as school:
        school.tap(*taps(3, 9))
        codes = {what: getattr(answer, "status", 0) for what, answer in _do_wrong(school).items()}
    welcome = [what for what, code in codes.items() if code < 400]
    assert welcome == [
        "taps: another day", "taps: not yet", "taps: no such card", "taps: nothing"
    ]  # fmt: skip  # these four are answered tap by tap


# The canaries.


@contextmanager
def explains_itself(app: Flask) -> Iterator[None]:
    """An error page that says what it was about to write."""

    def explain(response: Response) -> Response:
        if response.status_code >= 400:
            response.headers["X-Explanation"] = _heavy_in(app)
        return response

    app.after_request(explain)
    yield


@contextmanager
def asks_for_patience_when_few_have_tapped(app: Flask) -> Iterator[None]:
    def wait(response: Response) -> Response:
        if response.status_code >= 400:
            response.headers["Retry-After"] = "600" if _taps_in(app) < 7 else "0"
        return response

    app.after_request(wait)
    yield


def _heavy_in(app: Flask) -> str:
    return _read(app, "heavy")


def _taps_in(app: Flask) -> int:
    return int(_read(app, "taps"))


def _read(app: Flask, what: str) -> str:
    folder = app.extensions["checkin_config"].directory
    with sqlite3.connect(folder / FILE) as copy:
        row = copy.execute(f"SELECT {what} FROM open_round").fetchone()
    return str(row[0]) if row else "0"


@pytest.mark.parametrize(
    ("canary", "one", "other"),
    [
        (explains_itself, (0, 12), (12, 0)),
        (asks_for_patience_when_few_have_tapped, (0, 6), (0, 7)),
    ],
)
def test_it_catches(
    canary: Variant, one: tuple[int, int], other: tuple[int, int], place: Place
) -> None:
    assert what_errors_tell(place, one, other, canary) != []
