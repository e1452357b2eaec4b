"""It lets an administrator help after a lost phone, and shows nobody's factor to anybody."""

from flask import Flask

from checkin.storage import audit
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser
from tests.web.page_checks import PageClient, page_of
from tests.web.second_factors import ENGLISH, add_phone, at_second_step, give, make_codes
from tests.web.sign_in_form import is_signed_in, send


def take_away(client: PageClient, id: int, password: str = PASSWORD):
    address = f"/staff/{id}/factors/removal"
    return client.post(address, data={"password": password}, headers=ENGLISH)


def test_shows_who_has_one_and_never_which(sign_in: SignIn, clock: HeldClock) -> None:
    add_phone(sign_in("tess"), clock, "Roze telefoon")
    sign_in("inge")
    adam = sign_in("adam")
    answer = adam.get("/staff/factors", headers=ENGLISH)
    rows = {
        row.xpath("string(th)"): " ".join(row.xpath("string(td[2])").split())
        for row in page_of(answer).xpath("//tbody/tr")
    }
    assert rows["Tess"] == "yes"
    assert rows["Omar"] == "no"
    assert rows["Inge"] == "no, has until Mon 7 Dec"
    assert rows["Hanna"] == "no, has not signed in yet"
    assert "Fatma" not in rows
    assert "Roze" not in answer.text


def test_takes_them_away_and_ends_the_sessions(
    app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    tess, adam, id = sign_in("tess"), sign_in("adam"), cast.people["tess"]
    phone = add_phone(tess, clock)
    codes = make_codes(tess)
    half = at_second_step(app)
    assert adam.get(f"/staff/{id}/factors").status_code == 200
    assert take_away(adam, id).location == "/staff/factors"
    assert not is_signed_in(tess)
    for code in (phone.code(), codes[0]):
        assert give(half, code).location == "/sign-in"
    assert send(browser(app)).location == "/home"
    with app.app_context():
        line = audit.looks_at(f"staff {id}")[0]
    assert (line.by, line.what) == ("Adam", "took second factors away")


def test_asks_the_administrator_s_own_password(
    app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    add_phone(sign_in("tess"), clock)
    answer = take_away(sign_in("adam"), cast.people["tess"], "wrong")
    assert answer.status_code == 400
    assert "not your password" in answer.text
    at_second_step(app)


def test_an_administrator_s_own_stays(
    app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    adam = sign_in("adam")
    add_phone(adam, clock)
    assert take_away(adam, cast.people["adam"]).status_code == 409
    at_second_step(app, "adam")


def test_nobody_of_another_school_and_nobody_else_here(
    app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    add_phone(sign_in("tess"), clock)
    id = cast.people["tess"]
    for name, status in (("anna", 404), ("hanna", 403), ("inge", 403), ("omar", 403)):
        client = sign_in(name)
        assert take_away(client, id).status_code == status
        assert client.get(f"/staff/{id}/factors").status_code == status
    at_second_step(app)
