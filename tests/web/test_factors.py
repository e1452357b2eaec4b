"""It lets people keep their second factors: add, name and remove them, and print codes."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.services import signing_in
from checkin.services.factors import codes as codes_service
from checkin.storage import audit
from checkin.storage.database import db
from checkin.storage.rows import AuditRow, AuthenticatorRow, RecoveryCodeRow
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser
from tests.web.page_checks import PageClient, h1_of, page_of
from tests.web.second_factors import ENGLISH, add_phone, at_second_step, give, make_codes
from tests.web.sign_in_form import is_signed_in, send

LIST = "/account/factors"


def names(client: PageClient) -> list[str]:
    return page_of(client.get(LIST)).xpath("//ul[contains(@class, 'factors')]//strong/text()")


def ids(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(AuthenticatorRow.id)))


def test_says_what_there_is_while_there_is_nothing(sign_in: SignIn) -> None:
    page = page_of(sign_in("tess").get(LIST, headers=ENGLISH))
    assert "your password alone opens your account" in page.text_content()
    assert page.xpath("//form[@action='/account/factors/app']")


def test_draws_what_the_app_s_camera_looks_at(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.get("/account/factors/app/picture.svg").status_code == 404
    tess.post("/account/factors/app")
    answer = tess.get("/account/factors/app/picture.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"<svg" in answer.data
    assert sign_in("omar").get("/account/factors/app/picture.svg").status_code == 404


def test_counts_an_app_once_it_has_shown_a_code(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    tess.post("/account/factors/app")
    code = {"code": "000000", "label": "Mijn mobiel"}
    answer = tess.post("/account/factors/app/code", data=code, headers=ENGLISH)
    assert answer.status_code == 400
    assert page_of(answer).xpath("//input[@id='label']/@value") == ["Mijn mobiel"]
    assert "does not fit" in answer.text
    assert send(browser(app)).location == "/home"  # nothing is asked before it counts
    add_phone(tess, clock, "Mijn mobiel")
    assert names(tess) == ["Mijn mobiel"]
    at_second_step(app)


def test_takes_too_long(sign_in: SignIn, clock: HeldClock) -> None:
    tess = sign_in("tess")
    tess.post("/account/factors/app")
    clock.pass_time(minutes=16)
    assert tess.get("/account/factors/app").location == LIST
    assert tess.post("/account/factors/app/code", data={"code": "1"}).location == LIST


def test_asks_the_password_again_to_add_one_later_on(sign_in: SignIn, clock: HeldClock) -> None:
    tess = sign_in("tess")
    clock.pass_time(minutes=11)
    for password in ("", "wrong"):
        answer = tess.post("/account/factors/app", data={"password": password}, headers=ENGLISH)
        assert answer.location == LIST
        assert "not your password" in tess.get(LIST, headers=ENGLISH).text
        assert tess.get("/account/factors/app").location == LIST
    answer = tess.post("/account/factors/app", data={"password": PASSWORD})
    assert answer.location == "/account/factors/app"


def test_the_first_one_ends_the_sessions_that_a_password_began(
    sign_in: SignIn, clock: HeldClock
) -> None:
    here, elsewhere = sign_in("tess"), sign_in("tess")
    add_phone(here, clock)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_renames_one(app: Flask, sign_in: SignIn, clock: HeldClock) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    address = f"{LIST}/app/{ids(app)[0]}/name"
    assert tess.post(address, data={"label": "  De  oude\ntelefoon "}).status_code == 303
    assert names(tess) == ["De oude telefoon"]
    tess.post(address, data={"label": " "})
    assert names(tess) == ["De oude telefoon"]
    tess.post(address, data={"label": "<b>x</b>" + "é" * 99})
    assert len(names(tess)[0]) == 60


@pytest.mark.parametrize("name", ["omar", "otto"])
def test_touches_nobody_else_s(app: Flask, sign_in: SignIn, clock: HeldClock, name: str) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    other, id = sign_in(name), ids(app)[0]
    assert other.post(f"{LIST}/app/{id}/name", data={"label": "x"}).status_code == 404
    form = {"password": PASSWORD}
    assert other.post(f"{LIST}/app/{id}/removal", data=form).status_code == 404
    assert other.post(f"{LIST}/passkey/{id}/removal", data=form).status_code == 404
    assert names(tess) == ["Telefoon"]


def test_removes_one_after_the_password(app: Flask, sign_in: SignIn, clock: HeldClock) -> None:
    tess = sign_in("tess")
    phone = add_phone(tess, clock)
    make_codes(tess)
    elsewhere = at_second_step(app)
    give(elsewhere, phone.code())
    address = f"{LIST}/app/{ids(app)[0]}/removal"
    tess.post(address, data={"password": "wrong"})
    assert names(tess) == ["Telefoon"]
    tess.post(address, data={"password": PASSWORD})
    assert names(tess) == []
    assert is_signed_in(tess)
    assert not is_signed_in(elsewhere)
    assert send(browser(app)).location == "/home"
    with app.app_context():
        assert db.session.scalars(select(RecoveryCodeRow)).all() == []


def test_slows_whoever_guesses_the_password_of_an_open_session(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    address = f"{LIST}/app/{ids(app)[0]}/removal"
    for _ in range(6):
        tess.post(address, data={"password": "wrong"})
    tess.get(LIST)
    tess.post(address, data={"password": PASSWORD}, headers=ENGLISH)
    assert "Too many tries" in tess.get(LIST, headers=ENGLISH).text
    assert names(tess) == ["Telefoon"]


def test_leads_to_recovery_codes_after_the_first(sign_in: SignIn, clock: HeldClock) -> None:
    tess = sign_in("tess")
    assert tess.get("/account/factors/codes").location == LIST
    tess.post("/account/factors/app")
    add_phone(tess, clock)
    assert h1_of(tess.get("/account/factors/codes", headers=ENGLISH)) == "Recovery codes"
    assert "no recovery codes" in tess.get(LIST, headers=ENGLISH).text
    codes = make_codes(tess)
    assert len(set(codes)) == 10
    assert "10 recovery codes are left" in tess.get(LIST, headers=ENGLISH).text
    assert not any(code in tess.get("/account/factors/codes").text for code in codes)


def test_a_recovery_code_opens_the_account_once(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    code = make_codes(tess)[3]
    client = at_second_step(app)
    assert give(client, code.lower().replace("-", " ")).location == "/home"
    assert "You have 9 left" in client.get("/home", headers=ENGLISH).text
    assert give(at_second_step(app), code).status_code == 401


def test_a_recovery_code_opens_nobody_else_s_account(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    for name in ("tess", "omar"):
        client = sign_in(name)
        add_phone(client, clock)
        codes = make_codes(client)
    assert give(at_second_step(app, "tess"), codes[0]).status_code == 401
    assert give(at_second_step(app, "omar"), codes[0]).status_code == 303


def test_an_app_on_the_very_device_is_opened_by_a_link(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    tess.post("/account/factors/app")
    page = page_of(tess.get("/account/factors/app"))
    (link,) = page.xpath("//main//a[starts-with(@href, 'otpauth://totp/')]/@href")
    assert page.xpath("string(//*[@class='factor-secret'])").replace(" ", "") in link


def test_looking_again_at_new_recovery_codes_shows_the_same_and_makes_none(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    codes = make_codes(tess)
    page = "/account/factors/codes/shown"
    for _ in range(2):
        assert page_of(tess.get(page)).xpath("//ol/li/text()") == codes
    assert (
        "Codes that you had before open nothing any more." in tess.get(page, headers=ENGLISH).text
    )
    assert give(at_second_step(app, "tess"), codes[0]).status_code == 303
    clock.pass_time(minutes=11)
    assert tess.get(page).location == "/account/factors/codes"


def test_recovery_codes_are_shown_to_their_person_in_that_browser_until_there_are_newer(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    tess, page = sign_in("tess"), "/account/factors/codes/shown"
    add_phone(tess, clock)
    made = tess.post("/account/factors/codes")
    kept = made.headers["Set-Cookie"]
    assert all(part in kept for part in ("HttpOnly", f"Path={page}", "Max-Age=600"))
    shown = page_of(tess.get(page)).xpath("//ol/li/text()")
    assert len(shown) == 10
    assert not any(code in kept for code in shown)
    omar = sign_in("omar")
    name, value = kept.split(";")[0].split("=", 1)
    omar.set_cookie(name, value, path=page)
    assert omar.get(page).location == "/account/factors/codes"
    with app.app_context():
        (herself,) = [one for one in signing_in.list_staff(cast.school) if one.name == "Tess"]
        codes_service.make(herself, clock())
    assert tess.get(page).location == "/account/factors/codes"


def test_new_recovery_codes_take_the_place_of_the_old(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    old, new = make_codes(tess), make_codes(tess)
    assert give(at_second_step(app), old[0]).status_code == 401
    assert give(at_second_step(app), new[0]).status_code == 303


def test_a_stolen_database_gives_neither_secret_nor_code(
    app: Flask, sign_in: SignIn, clock: HeldClock, folder: Path
) -> None:
    tess = sign_in("tess")
    tess.post("/account/factors/app")
    half = page_of(tess.get("/account/factors/app")).xpath("string(//*[@class='factor-secret'])")
    phone = add_phone(tess, clock)
    codes = make_codes(tess)
    with sqlite3.connect(folder / "checkin.sqlite3") as file:
        everything = "\n".join(file.iterdump())
    file.close()
    assert "Telefoon" in everything  # the search sees what is there
    seen = (half.replace(" ", ""), phone.secret, *codes, *(c.replace("-", "") for c in codes))
    for secret in seen:
        assert secret not in everything
        assert secret.encode().hex().upper() not in everything.upper()


def test_another_secret_of_the_server_reads_no_app_but_takes_recovery_codes(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    phone = add_phone(tess, clock)
    codes = make_codes(tess)
    app.config["SECRET_KEY"] = "another secret of this server, 0123456789"
    client = at_second_step(app)
    assert give(client, phone.code()).status_code == 401
    assert give(client, codes[0]).status_code == 303


def test_notes_in_the_record_that_something_was_added_and_removed(
    app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    tess = sign_in("tess")
    add_phone(tess, clock)
    make_codes(tess)
    tess.post(f"{LIST}/app/{ids(app)[0]}/removal", data={"password": PASSWORD})
    with app.app_context():
        told = [look.what for look in audit.looks_at(f"staff {cast.people['tess']}")]
        said = db.session.scalars(select(AuditRow.subject)).all()
    assert told == ["removed an app with codes", "made recovery codes", "added an app with codes"]
    assert not any("Telefoon" in subject for subject in said)
