"""It holds a tablet back that sends more than any class can tap, and no other tablet with it."""

import secrets

import pytest
from flask import Flask

from checkin.services import enrolling
from checkin.storage.database import db
from checkin.web.limits import TAPS_A_MINUTE, TapsOfTheMinute
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, browser, close, make_app
from tests.web.page_checks import PageClient

KEY = "checkin_taps_of_the_minute"


def tap(browser: PageClient, token: str, count: int = 1):
    taps = [
        {"key": secrets.token_hex(16), "day": "2026-11-23", "round": "check-in", "feeling": 5}
        for _ in range(count)
    ]
    head = {"Authorization": f"Bearer {token}"}
    return browser.post("/tablet/taps", json={"taps": taps}, headers=head)


@pytest.fixture
def other_tablet(app: Flask, cast: Cast) -> str:
    with app.app_context():
        token = enrolling.add_tablet(cast.school, cast.maan, MONDAY_MORNING)
        db.session.commit()
        return token


@pytest.fixture
def few(app: Flask, client: PageClient, other_tablet: str) -> None:
    """At most ten a minute, and another class that taps."""
    app.extensions[KEY] = TapsOfTheMinute(most=10)
    assert tap(client, other_tablet).status_code == 200


def test_takes_all_that_a_tablet_kept_while_nobody_else_taps(
    app: Flask, client: PageClient, cast: Cast, clock: HeldClock, other_tablet: str
) -> None:
    app.extensions[KEY] = TapsOfTheMinute(most=10)
    for _ in range(12):
        assert tap(client, cast.tablet_token).status_code == 200
    assert tap(client, other_tablet).status_code == 200
    assert tap(client, cast.tablet_token).status_code == 503
    clock.pass_time(seconds=120)
    assert [tap(client, cast.tablet_token).status_code for _ in range(12)] == [200] * 12


@pytest.mark.usefixtures("few")
def test_says_when_to_come_back_and_stores_nothing_until_then(
    client: PageClient, cast: Cast, clock: HeldClock
) -> None:
    clock.pass_time(seconds=20)
    assert tap(client, cast.tablet_token, 10).status_code == 200
    answer = tap(client, cast.tablet_token)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "40")
    assert "more than a class can tap" in answer.json["error"]
    clock.pass_time(seconds=40)
    assert tap(client, cast.tablet_token).json["results"][0]["status"] == "stored"


@pytest.mark.usefixtures("few")
def test_leaves_the_other_tablets_alone(client: PageClient, cast: Cast, other_tablet: str) -> None:
    for _ in range(12):
        tap(client, cast.tablet_token)
    assert tap(client, cast.tablet_token).status_code == 503
    assert tap(client, other_tablet).status_code == 200


@pytest.mark.usefixtures("few")
def test_counts_a_report_without_taps_too(client: PageClient, cast: Cast) -> None:
    answers = [tap(client, cast.tablet_token, 0).status_code for _ in range(11)]
    assert answers == [200] * 10 + [503]


@pytest.mark.usefixtures("few")
def test_lets_a_large_batch_in_that_comes_first(client: PageClient, cast: Cast) -> None:
    assert tap(client, cast.tablet_token, 200).status_code == 200
    assert tap(client, cast.tablet_token).status_code == 503


def test_lets_a_class_that_was_away_for_a_week_in(client: PageClient, cast: Cast) -> None:
    assert TAPS_A_MINUTE > 30 * 2 * 5 * 2
    for _ in range(3):
        assert tap(client, cast.tablet_token, 200).status_code == 200


def test_holds_nobody_back_in_the_demo(folder, clock: HeldClock, cast: Cast) -> None:
    app = make_app(folder, clock, is_demo=True)
    app.extensions[KEY] = TapsOfTheMinute(most=1)
    assert [tap(browser(app), cast.tablet_token).status_code for _ in range(4)] == [200] * 4
    close(app)
