"""P1: somebody polls every page while the class taps.

The attack: ask all there is to ask, as everybody, just before and just after one child taps. What
changed between the two is what that child tapped.

The promise: nothing changed but how many have tapped, which the class sees anyway; and all of it,
to the byte, is the same whichever feeling it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, Response, jsonify, make_response, request

from checkin.domain.feelings import Feeling, find_feeling
from checkin.storage import audit
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.adversary.places import ALL, SAME_SITE, Place, Variant, the_product
from tests.adversary.polling import (
    Answer,
    Looks,
    all_of_database,
    answer_of,
    differences,
    look_around,
    more_than_a_count,
    rows_of_database,
)
from tests.often import first
from tests.school import MONDAY, taps

A_KEY = "5" * 32
TWO = (Feeling.HAPPY, Feeling.ANGRY)
OF_EVERY_KIND = (*TWO, Feeling.PASS)
Seen = tuple[Looks, list[str]]


def what_polling_tells(
    place: Place, scratch: Path, feelings=tuple(Feeling), variant: Variant = the_product, others=3
) -> list[str]:
    """Poll before and after one tap, once for each feeling, and return what gave something away.

    `others` taps are there already: two heavy ones, so that no count is the number of taps.
    """
    with place.opened() as school, variant(school.app):
        school.tap(*taps(heavy=2, others=others - 2))
        look_around(school.app, place)  # whoever looks leaves a trace: have it made before
        before, rows = look_around(school.app, place), rows_of_database()
    found, tapped = [], {}
    for feeling in feelings:
        copy = place.copied_to(scratch / feeling.value)
        after, rows_after, tapped[feeling] = _after_a_tap(copy, feeling, variant, before)
        told = more_than_a_count(before, after, (others, others + 1))
        if rows != rows_after:
            told.append("the main database has another number of rows")
        found += [f"{feeling.value}: {what}" for what in told]
    return found + _feelings_told_apart(tapped)


def _after_a_tap(
    place: Place, feeling: Feeling, variant: Variant, before: Looks
) -> tuple[Looks, dict[str, int], Seen]:
    """Tap, and return what polling shows, and all that must not depend on what was tapped."""
    with place.opened() as school, variant(school.app):
        reply = _tap(school.app, place, feeling)
        rows = rows_of_database()
        after = look_around(school.app, place, before)
        return after, rows, ({**after, ("the reply",): reply}, all_of_database())


def _feelings_told_apart(tapped: dict[Feeling, Seen]) -> list[str]:
    found = []
    (first, (looks, database)), *others = tapped.items()
    for feeling, (other_looks, other_database) in others:
        told = differences(looks, other_looks)
        if database != other_database:
            told.append("the main database differs")
        found += [f"{first.value} or {feeling.value}: {what}" for what in told]
    return found


def _tap(app: Flask, place: Place, feeling: Feeling) -> Answer:
    tap = {"key": A_KEY, "day": MONDAY.isoformat(), "round": "check-in"}
    body = {"taps": [{**tap, "feeling": feeling.digit, "helps": 0}], "waiting": 0}
    tablet = app.test_client()
    tablet.set_cookie("checkin_tablet", place.token)
    reply = tablet.post("/tablet/taps", json=body, headers=SAME_SITE)
    assert reply.json["results"][0]["status"] == "stored"
    return answer_of(reply)


def test_polling_tells_how_many_have_tapped_and_nothing_else(place: Place, tmp_path: Path) -> None:
    """Cards of every kind, seen by a tablet and by somebody in every role at once."""
    assert what_polling_tells(place.seen_by(ALL, "tablet"), tmp_path, OF_EVERY_KIND) == []


@pytest.mark.thorough
def test_it_tells_no_more_of_any_card(place: Place, tmp_path: Path) -> None:
    """All nine."""
    assert what_polling_tells(place.seen_by(ALL, "tablet"), tmp_path) == []


def test_it_tells_those_who_see_most_and_least_no_more(place: Place, tmp_path: Path) -> None:
    assert what_polling_tells(place.seen_by("tess", "inge", "nobody"), tmp_path, TWO) == []


@pytest.mark.thorough
def test_it_tells_everybody_else_no_more(place: Place, tmp_path: Path) -> None:
    """Each role alone, and somebody who is not signed in."""
    assert what_polling_tells(place, tmp_path, TWO) == []


def test_it_polls_what_matters(place: Place) -> None:
    """The pages are found in the app itself; if they are not, this attack is blind."""
    with place.opened() as school:
        school.tap(*taps(2, 1))
        looks = look_around(school.app, place)
        told = {who for (who, *_), answer in looks.items() if b"3 van de 14" in answer.body}
    assert told == {"tess", "inge", "alma"}
    seen = {address.partition("?")[0] for _, address, *_ in looks}
    assert {"/flags.json", "/classrooms/1/trend", "/classrooms/1/trend.json", "/review"} <= seen
    for who, address in (
        ("tess", "/classrooms/1/trend"),
        ("inge", "/flags/1"),
        ("adam", "/tablets"),
    ):
        assert looks[who, address, "plain"].status == 200


# The canaries: programs that break the promise, each in another way.


def open_heavy() -> int:
    """Return what no page may know: the heavy counter of an open round."""
    query = "SELECT heavy FROM open_round"
    return open_rounds().run(lambda tx: tx._execute(query).fetchone()[0])


@contextmanager
def trend_with_open_count(app: Flask) -> Iterator[None]:
    view = app.view_functions["trends.show_json"]
    app.view_functions["trends.show_json"] = lambda classroom: jsonify(
        view(classroom) | {"heavy": open_heavy()}
    )
    yield


@contextmanager
def etag_of_the_open_count(app: Flask) -> Iterator[None]:
    view = app.view_functions["structure.show"]

    def show() -> Response:
        response = make_response(view())
        response.set_etag(str(open_heavy()))
        return response.make_conditional(request)

    app.view_functions["structure.show"] = show
    yield


@contextmanager
def another_reply_for_heavy_taps(app: Flask) -> Iterator[None]:
    view = app.view_functions["tablet.tap"]

    def tap() -> Response:
        response = make_response(view())
        if find_feeling(request.get_json()["taps"][0]["feeling"]).heavy:
            response.headers["Server-Timing"] = "heavy"
        return response

    app.view_functions["tablet.tap"] = tap
    yield


@contextmanager
def a_row_for_heavy_taps(app: Flask) -> Iterator[None]:
    view = app.view_functions["tablet.tap"]

    def tap() -> Response:
        if find_feeling(request.get_json()["taps"][0]["feeling"]).heavy:
            audit.add(1, app.extensions["checkin_clock"](), 1, "comforted", "flag 99")
            db.session.commit()
        return view()

    app.view_functions["tablet.tap"] = tap
    yield


@contextmanager
def a_page_that_changes_with_every_heavy_tap(app: Flask) -> Iterator[None]:
    """The count itself stays hidden; that it changed does not."""
    view = app.view_functions["health.show"]
    app.view_functions["health.show"] = lambda: (view(), 200, {"X-Revision": str(open_heavy() % 5)})
    yield


@pytest.mark.parametrize(
    "canary",
    first(
        [
            trend_with_open_count,
            another_reply_for_heavy_taps,
            etag_of_the_open_count,
            a_row_for_heavy_taps,
            a_page_that_changes_with_every_heavy_tap,
        ],
        often=2,
    ),
)
def test_it_catches(canary: Variant, place: Place, tmp_path: Path) -> None:
    """Each is seen by the care team or by a tablet."""
    assert what_polling_tells(place.seen_by("inge", "tablet"), tmp_path, TWO, canary) != []
