"""It leads whoever sees what is confidential to a second factor, and insists at its day."""

import pytest
from flask import Flask

from checkin.storage.database import db
from checkin.storage.rows import SchoolRow
from tests.web.conftest import Cast, HeldClock, SignIn, browser
from tests.web.page_checks import page_of
from tests.web.second_factors import ENGLISH, add_phone
from tests.web.sign_in_form import is_signed_in, send

CONFIDENTIAL = ("inge", "hanna", "adam")


def noted(client) -> str:
    links = page_of(client.get("/home", headers=ENGLISH)).xpath(
        "//main//p[a/@href='/account/factors']"
    )
    return " ".join(link.text_content() for link in links)


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_gives_two_weeks_from_the_first_sign_in(
    sign_in: SignIn, clock: HeldClock, name: str
) -> None:
    assert "before Monday 7 December" in noted(sign_in(name))
    clock.pass_time(days=13, hours=14, minutes=30)
    client = sign_in(name)
    assert "before Monday 7 December" in noted(client)
    clock.pass_time(minutes=30)  # midnight, by the school's clock
    answer = client.get("/home")
    assert (answer.status_code, answer.location) == (303, "/account/factors")


@pytest.mark.parametrize(("name", "sees"), [("inge", True), ("hanna", True), ("adam", False)])
def test_says_why_by_role(sign_in: SignIn, clock: HeldClock, name: str, sees: bool) -> None:
    client = sign_in(name)
    for _ in range(2):
        for page in ("/home", "/account/factors"):
            found = client.get(page, headers=ENGLISH, follow_redirects=True)
            said = " ".join(page_of(found).text_content().split())
            assert ("Your role sees what is confidential" in said) is sees
            assert ("Your role keeps accounts and tablets" in said) is not sees
        clock.pass_time(days=14)
        client = sign_in(name)


def test_asks_it_of_no_teacher(sign_in: SignIn, clock: HeldClock) -> None:
    assert noted(sign_in("tess")) == ""
    clock.pass_time(days=100)
    assert is_signed_in(sign_in("tess"))


def test_says_nothing_to_whoever_has_one(sign_in: SignIn, clock: HeldClock) -> None:
    inge = sign_in("inge")
    add_phone(inge, clock)
    assert noted(inge) == ""


def due(sign_in: SignIn, clock: HeldClock, name: str = "inge"):
    sign_in(name)
    clock.pass_time(days=14)
    return sign_in(name)


def test_opens_nothing_but_the_way_to_set_one_up(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    teacher, inge = sign_in("tess"), due(sign_in, clock)
    pages = [r.rule for r in app.url_map.iter_rules() if "GET" in r.methods and not r.arguments]
    nobody = browser(app)
    for_all = {page for page in pages if nobody.get(page).status_code == 200}
    found = {page for page in set(pages) - for_all if inge.get(page).status_code == 200}
    assert found == {"/account/factors"}
    assert inge.get("/").location == "/account/factors"
    assert inge.get("/flags.json").status_code == 403
    assert teacher.get("/home").status_code != 200  # that session is over by itself
    assert inge.post("/review/meeting").location == "/account/factors"
    assert (
        "Add a passkey or an app with codes first"
        in inge.get("/account/factors", headers=ENGLISH).text
    )


def test_opens_everything_once_there_is_one(sign_in: SignIn, clock: HeldClock) -> None:
    inge = due(sign_in, clock)
    add_phone(inge, clock)
    assert inge.get("/account/factors/codes").status_code == 200
    assert inge.get("/flags").status_code == 200


def test_lets_a_person_sign_out_instead(sign_in: SignIn, clock: HeldClock) -> None:
    assert due(sign_in, clock).post("/sign-out").location == "/sign-in"


def test_stops_no_tablet_that_somebody_signed_in_on(
    sign_in: SignIn, clock: HeldClock, cast: Cast
) -> None:
    inge = due(sign_in, clock)
    inge.set_cookie("checkin_tablet", cast.tablet_token)
    assert inge.get("/tablet").status_code == 200
    assert inge.get("/").status_code == 200
    assert inge.get("/home").location == "/account/factors"


def test_asks_nothing_in_a_demo(app: Flask, sign_in: SignIn, clock: HeldClock, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(SchoolRow, cast.school).is_demo = True
        db.session.commit()
    inge = due(sign_in, clock)
    assert noted(inge) == ""
    assert is_signed_in(inge)


def test_an_administrator_can_ask_it_at_once(sign_in: SignIn, clock: HeldClock) -> None:
    inge, adam, otto = sign_in("inge"), sign_in("adam"), sign_in("otto")
    add_phone(adam, clock)
    assert adam.post("/staff/factors/rule", data={"at_once": "yes"}).status_code == 303
    assert inge.get("/home").location == "/account/factors"
    assert is_signed_in(otto)  # of another school
    assert adam.post("/staff/factors/rule", data={"at_once": "no"}).status_code == 303
    assert is_signed_in(inge)


def test_nobody_else_can(sign_in: SignIn) -> None:
    for name in ("tess", "inge", "hanna"):
        answer = sign_in(name).post("/staff/factors/rule", data={"at_once": "yes"})
        assert answer.status_code == 403


def test_still_answers_a_password_alone_with_the_way_in(app: Flask) -> None:
    answer = send(browser(app), "adam@school.example")
    assert (answer.status_code, answer.location) == (303, "/home")


def test_who_cannot_go_on_is_said_before_it_is_asked_at_once(
    sign_in: SignIn, clock: HeldClock
) -> None:
    add_phone(sign_in("inge"), clock)
    adam = sign_in("adam")
    listing = page_of(adam.get("/staff/factors", headers=ENGLISH))
    assert listing.xpath("//main//form[@action='/staff/factors/rule']") == []
    asked = adam.get("/staff/factors/rule", headers=ENGLISH)
    assert "1 colleague cannot go on until they have set one up" in asked.text
    assert page_of(asked).xpath("//main//li/text()") == ["Hanna"]
    assert "You have none yourself." in asked.text
    fields = {"at_once": "yes"}
    answer = adam.post("/staff/factors/rule", data=fields, headers=ENGLISH)
    told = adam.get(adam.get(answer.location).location, headers=ENGLISH)
    assert "asked at once: 2 people set one up before anything else opens" in told.text


def test_where_everybody_has_one_nobody_is_called_locked_out(
    sign_in: SignIn, clock: HeldClock
) -> None:
    for name in ("inge", "hanna", "adam"):
        add_phone(client := sign_in(name), clock)
    asked = client.get("/staff/factors/rule", headers=ENGLISH)
    assert "Nobody has to do anything for it now." in asked.text
    assert "yourself" not in asked.text
    client.post("/staff/factors/rule", data={"at_once": "yes"}, headers=ENGLISH)
    assert (
        "Nobody has to do anything for it now."
        in client.get("/staff/factors", headers=ENGLISH).text
    )
    assert client.get("/staff/factors/rule").location == "/staff/factors"
