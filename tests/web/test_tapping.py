"""What the tap route answers, to the letter of its contract."""

import json
import logging
import secrets
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.services import enrolling, tapping
from checkin.services.faults import StorageUnavailable
from checkin.storage import tablets
from tests.web.conftest import Cast, HeldClock, browser
from tests.web.page_checks import PageClient

DAY = "2026-11-23"


def a_tap(feeling: Any = 1, **more: Any) -> dict[str, Any]:
    key = secrets.token_hex(16)
    return {"key": key, "day": DAY, "round": "check-in", "feeling": feeling, "helps": 0, **more}


def send(client: PageClient, *taps: dict[str, Any], **more: Any) -> TestResponse:
    return client.post("/tablet/taps", json={"taps": list(taps), "waiting": 0, **more})


def statuses(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.get_data(as_text=True)
    return [result["status"] for result in response.json["results"]]


def test_a_tap_is_stored_and_its_key_comes_back(tablet: PageClient) -> None:
    tap = a_tap()
    response = send(tablet, tap)
    assert response.json == {"results": [{"key": tap["key"], "status": "stored"}]}


def test_the_same_key_is_known_whatever_it_says_the_second_time(tablet: PageClient) -> None:
    tap = a_tap(1)
    assert statuses(send(tablet, tap, {**tap, "feeling": 2})) == ["stored", "known"]
    assert statuses(send(tablet, {**tap, "round": "check-out", "feeling": 3})) == ["known"]
    assert statuses(send(tablet, {**tap, "feeling": 4})) == ["known"]


def test_an_empty_batch_only_reports_the_queue(tablet: PageClient, app: Flask, cast: Cast) -> None:
    assert send(tablet, waiting=3).json == {"results": []}
    with app.app_context():
        assert enrolling.find_tablet(cast.tablet_token).seen.waiting == 3


def test_a_bearer_token_will_do_and_needs_no_origin(app: Flask, cast: Cast) -> None:
    response = browser(app).post(
        "/tablet/taps",
        data=json.dumps({"taps": [a_tap()]}),
        headers={"Authorization": f"Bearer {cast.tablet_token}"},
    )
    assert statuses(response) == ["stored"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_body_is_json_whatever_it_calls_itself(tablet: PageClient, kind: str) -> None:
    body = json.dumps({"taps": [a_tap()]})
    assert statuses(tablet.post("/tablet/taps", data=body, content_type=kind)) == ["stored"]


def test_helps_may_be_left_out(tablet: PageClient) -> None:
    tap = a_tap()
    del tap["helps"]
    assert statuses(send(tablet, tap)) == ["stored"]


def test_a_card_outside_the_set_is_stored_and_one_that_does_not_exist_refused(
    tablet: PageClient,
) -> None:
    assert statuses(send(tablet, a_tap(8), a_tap(0), a_tap(9))) == ["stored", "stored", "refused"]


def test_refused_taps_say_why_and_the_others_are_stored(tablet: PageClient) -> None:
    free, early = a_tap(day="2026-12-25"), a_tap(round="check-out")
    results = send(tablet, a_tap(), free, early).json["results"]
    assert [r["status"] for r in results] == ["stored", "refused", "refused"]
    assert all(r["reason"] for r in results[1:])


def test_a_tap_of_a_closed_week_is_late_and_says_so(tablet: PageClient, clock: HeldClock) -> None:
    clock.pass_time(days=21)
    (result,) = send(tablet, a_tap()).json["results"]
    assert result["status"] == "late"
    assert result["reason"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"taps"',
        b"\xff\xfe",
        b"[" * 50_000,
        b"1" * 50_000,
        b'{"taps": {}}',
        b'{"taps": [1]}',
        b'{"taps": [{}], "waiting": -1}',
        b'{"taps": [], "waiting": true}',
    ],
    ids=range(11),
)
def test_a_malformed_body_is_told_what_was_wrong(tablet: PageClient, body: bytes) -> None:
    response = tablet.post("/tablet/taps", data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.json["error"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "zz"},
        {"key": 7},
        {"day": "yesterday"},
        {"day": "2026-02-30"},
        {"round": "lunch"},
        {"round": None},
        {"feeling": "1"},
        {"feeling": 10},
        {"feeling": 1.0},
        {"feeling": True},
        {"helps": 7},
    ],
    ids=str,
)
def test_one_malformed_tap_means_that_nothing_is_stored(
    tablet: PageClient, wrong: dict[str, Any]
) -> None:
    fine = a_tap()
    assert send(tablet, fine, a_tap(**wrong)).status_code == 400
    assert statuses(send(tablet, fine)) == ["stored"]


def test_the_complaint_never_says_what_was_tapped(tablet: PageClient) -> None:
    assert "99" not in send(tablet, a_tap(99)).json["error"]


def test_at_most_two_hundred_at_once(tablet: PageClient) -> None:
    assert statuses(send(tablet, *(a_tap() for _ in range(200)))) == ["stored"] * 200
    assert send(tablet, *(a_tap() for _ in range(201))).status_code == 400


def test_a_body_of_ten_megabytes_is_refused_as_json(tablet: PageClient) -> None:
    response = tablet.post("/tablet/taps", data=b" " * 10_000_000)
    assert response.status_code == 413
    assert response.json["error"]


def test_nobody_but_a_tablet_may_tap(client: PageClient, app: Flask, cast: Cast) -> None:
    assert send(client, a_tap()).status_code == 401
    with app.app_context():
        tablet = enrolling.find_tablet(cast.tablet_token)
        enrolling.revoke(
            tablet.id, next(iter(cast.people.values())), app.extensions["checkin_clock"]()
        )
    client.set_cookie("checkin_tablet", cast.tablet_token)
    response = send(client, a_tap())
    assert response.status_code == 401
    assert response.json["error"]


def test_another_site_cannot_make_a_tablet_tap(tablet: PageClient) -> None:
    body = json.dumps({"taps": [a_tap()]})
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://else.example"}, {}):
        assert tablet.post("/tablet/taps", data=body, headers=headers).status_code == 403


def test_storage_that_is_away_means_later_and_nothing_is_lost(
    tablet: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap = a_tap()
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise StorageUnavailable("disk full")

        patch.setattr(tapping, "store", fail)
        response = send(tablet, tap)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.json["error"]
    assert statuses(send(tablet, tap)) == ["stored"]


def test_the_answer_has_one_length_for_every_card(tablet: PageClient) -> None:
    answers = [send(tablet, a_tap(feeling)) for feeling in range(9)]
    assert len({len(answer.data) for answer in answers}) == 1
    assert len({len(str(answer.headers)) for answer in answers}) == 1


def test_nothing_is_logged_of_a_tap(tablet: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(tablet, a_tap())
    send(tablet, a_tap(99))
    tablet.post("/tablet/taps", data=b"{")
    assert [r for r in caplog.records if "asyncio" not in r.name] == []


def test_today_tells_the_time_and_the_rounds_but_nothing_of_taps(
    tablet: PageClient, clock: HeldClock
) -> None:
    send(tablet, a_tap())
    before = tablet.get("/tablet/today")
    send(tablet, a_tap(3))
    after = tablet.get("/tablet/today")
    assert before.data == after.data
    assert after.json["now"] == round(clock.instant.timestamp() * 1000)
    first = after.json["rounds"][0]
    assert (first["day"], first["round"], first["sealed"]) == (DAY, "check-in", False)
    assert first["opens"] < after.json["now"] < first["closes"]
    assert len(after.json["rounds"]) == 22  # two weeks from a Monday, and that Monday: 11 days


def test_the_cards_page_names_its_cards_in_order_not_today_last(tablet: PageClient) -> None:
    page = tablet.get("/tablet").get_data(as_text=True)
    digits = [part[0] for part in page.split('data-feeling="')[1:]]
    assert digits[-1] == "0"
    assert digits[:4] == ["1", "2", "3", "4"]


def test_tablets_note_no_more_than_a_day_of_a_tap(tablet: PageClient, app: Flask) -> None:
    send(tablet, a_tap())
    with app.app_context():
        seen = tablets.find_tablet(1).seen
    assert str(seen.heard_on) == DAY
    assert not hasattr(seen, "heard_at")
