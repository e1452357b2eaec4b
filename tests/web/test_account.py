"""One's own account: where one is signed in, ending that, and another password."""

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.storage.database import db
from checkin.storage.rows import SessionRow, StaffRow
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser
from tests.web.joining import ENGLISH, NEW_PASSWORD, sign_in_as, text_of
from tests.web.page_checks import SAME_SITE, PageClient, page_of

TESS = "tess@school.example"
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.1 Safari/604.1"
)
LAPTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
)


def with_browser(app: Flask, agent: str) -> PageClient:
    client = browser(app)
    form = {"email": TESS, "password": PASSWORD}
    assert client.post("/sign-in", data=form, headers=SAME_SITE | {"User-Agent": agent})
    return client


def change(client: PageClient, known: str = PASSWORD, new: str = NEW_PASSWORD, again: str = ""):
    form = {"known": known, "password": new, "again": again or new}
    return client.post("/account/password", data=form, headers=ENGLISH)


def marks(client: PageClient) -> list[str]:
    page = page_of(client.get("/account", headers=ENGLISH))
    return page.xpath("//form[contains(@action, '/account/sessions/')]/@action")


def test_names_each_browser_in_words_and_keeps_no_more_of_it(app: Flask) -> None:
    laptop, ipad = with_browser(app, LAPTOP), with_browser(app, IPAD)
    told = text_of(laptop.get("/account", headers=ENGLISH))
    assert "Edge on Windows here" in told
    assert "Safari on iPad" in told
    with app.app_context():
        rows = db.session.scalars(select(SessionRow)).all()
        kept = {value for row in rows for value in vars(row).values() if isinstance(value, str)}
        assert kept == {"Edge", "Windows", "Safari", "iPad", "password"}
    assert ipad.get("/home").status_code == 200


def test_ends_one_of_them(app: Flask, client: PageClient) -> None:
    laptop, ipad = with_browser(app, LAPTOP), with_browser(app, IPAD)
    (address,) = [one for one in marks(laptop) if one != "/account/sessions/end"]
    assert laptop.post(address).status_code == 303
    assert ipad.get("/home").status_code == 303
    assert laptop.get("/home").status_code == 200
    assert laptop.post(address).status_code == 303  # ended already: no error


def test_ends_nobody_else_s(app: Flask, sign_in: SignIn) -> None:
    tess, omar = with_browser(app, LAPTOP), sign_in("omar")
    other = with_browser(app, IPAD)
    (address,) = [one for one in marks(other) if one != "/account/sessions/end"]
    omar.post(address)
    assert tess.get("/home").status_code == 200


def test_ends_all_others(app: Flask) -> None:
    laptop, ipad = with_browser(app, LAPTOP), with_browser(app, IPAD)
    assert laptop.post("/account/sessions/end").status_code == 303
    assert ipad.get("/home").status_code == 303
    assert laptop.get("/home").status_code == 200


def test_shows_no_session_that_is_over(app: Flask, clock: HeldClock) -> None:
    with_browser(app, IPAD)
    clock.pass_time(minutes=61)
    told = text_of(with_browser(app, LAPTOP).get("/account", headers=ENGLISH))
    assert "iPad" not in told


def test_an_administrator_ends_every_session_of_somebody(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    tess = with_browser(app, LAPTOP)
    address = f"/staff/{cast.people['tess']}/sessions/end"
    assert sign_in("hanna").post(address).status_code == 403
    assert tess.get("/home").status_code == 200
    assert sign_in("adam").post(address).status_code == 303
    assert tess.get("/home").status_code == 303


def test_another_password_ends_the_other_sessions_and_not_this_one(app: Flask) -> None:
    laptop, ipad = with_browser(app, LAPTOP), with_browser(app, IPAD)
    assert change(laptop).status_code == 303
    assert laptop.get("/home").status_code == 200
    assert ipad.get("/home").status_code == 303
    assert sign_in_as(app, TESS, PASSWORD) is None
    assert sign_in_as(app, TESS) is not None


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"known": "another one"}, "not the password you have now"),
        ({"again": "something else"}, "not the same as above"),
        ({"new": "Welkom2026!"}, "Many people have this password"),
        ({"new": "tess@school"}, "too little left"),
    ],
    ids=str,
)
def test_says_why_a_password_is_not_changed(app: Flask, form: dict[str, str], told: str) -> None:
    laptop, ipad = with_browser(app, LAPTOP), with_browser(app, IPAD)
    refused = change(laptop, **form)
    assert refused.status_code == 400
    assert told in text_of(refused)
    assert ipad.get("/home").status_code == 200
    assert sign_in_as(app, TESS, PASSWORD) is not None


def test_guessing_at_the_own_password_gets_slow(app: Flask) -> None:
    laptop = with_browser(app, LAPTOP)
    answers = [change(laptop, known=f"guess {n}") for n in range(6)]
    assert "Retry-After" not in answers[4].headers
    assert "Retry-After" in answers[5].headers
    assert "Retry-After" in change(laptop).headers


def test_keeps_the_day_of_the_last_sign_in_and_no_time(app: Flask, clock: HeldClock) -> None:
    with_browser(app, LAPTOP)
    with app.app_context():
        day = db.session.scalar(select(StaffRow.signed_in_on).where(StaffRow.email == TESS))
        assert day == clock().date()
