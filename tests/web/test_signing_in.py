"""It signs staff in, and sends them to the page they asked for."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from lxml.html import HtmlElement

from checkin.domain.access import Role
from checkin.services import signing_in
from tests.web.conftest import PASSWORD, Cast, HeldClock, browser, close, make_app
from tests.web.page_checks import PageClient, h1_of, page_of
from tests.web.sign_in_form import TESS, is_signed_in, send


def next_of(page: HtmlElement) -> list[str]:
    return page.xpath("//form[@action='/sign-in']//input[@name='next']/@value")


def test_shows_a_form(client: PageClient) -> None:
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert page_of(answer).xpath("//form[@action='/sign-in']//input[@type='password']")


def test_opens_the_staff_page_after_the_right_password(client: PageClient) -> None:
    answer = send(client)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert is_signed_in(client)
    assert h1_of(client.get("/home")).endswith("Tess")


def test_takes_the_address_in_capitals_and_with_spaces(client: PageClient) -> None:
    assert send(client, " Tess@School.Example ").status_code == 303


def test_takes_a_password_that_another_keyboard_wrote_otherwise(app: Flask, cast: Cast) -> None:
    with app.app_context():
        signing_in.add_staff(cast.school, "zoe@x.example", "Zoë", "caf\u00e9 and tea", [Role.IB])
    assert send(browser(app), "zoe@x.example", "cafe\u0301 and tea").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [(TESS, "wrong"), ("nobody@school.example", PASSWORD), ("", ""), (TESS, "")],
)
def test_answers_401_and_keeps_the_address_when_they_do_not_fit(
    client: PageClient, email: str, password: str
) -> None:
    answer = send(client, email, password)
    assert answer.status_code == 401
    assert page_of(answer).xpath("//input[@id='email']/@value") == [email]
    assert page_of(answer).xpath("//*[@role='alert']")
    assert not page_of(answer).xpath("//input[@id='password']/@value[. != '']")
    assert not is_signed_in(client)


def test_does_not_tell_whether_an_address_exists(client: PageClient) -> None:
    known, unknown = send(client, TESS, "wrong"), send(client, "tiss@school.example", "wrong")
    assert known.text.replace("tess@", "tiss@") == unknown.text


def test_does_the_same_work_for_an_unknown_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    verify = PasswordHasher.verify

    def record(self: PasswordHasher, known: str, password: str) -> bool:
        checked.append(extract_parameters(known))
        return verify(self, known, password)

    monkeypatch.setattr(PasswordHasher, "verify", record)
    for email in (TESS, "nobody@school.example"):
        assert send(browser(app), email, "wrong").status_code == 401
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_goes_on_to_the_page_that_was_asked_for(client: PageClient) -> None:
    asked = client.get("/structure")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/structure")
    form = page_of(client.get(asked.location))
    assert next_of(form) == ["/structure"]
    assert send(client, next="/structure").location == "/structure"


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "evil", ""],
)
def test_never_goes_on_to_another_site(client: PageClient, away: str) -> None:
    assert send(client, next=away).location == "/home"
    assert next_of(page_of(client.get("/sign-in", query_string={"next": away}))) == []


def test_keeps_the_cookie_from_scripts_and_other_sites(client: PageClient) -> None:
    cookie = send(client).headers["Set-Cookie"]
    assert cookie.startswith("checkin_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


DEMO = {
    "staff": [
        {
            "name": "Tess Demo",
            "email": TESS,
            "password": PASSWORD,
            "roles": ["teacher"],
            "classrooms": [1],
        }
    ],
    "classrooms": [{"id": 1, "name": "Zon", "pupils": 14, "card_set": 8}],
    "tablets": [{"classroom": 1, "token": "..."}],
}


def test_signs_in_at_a_click_in_a_demo(folder: Path, clock: HeldClock) -> None:
    app = make_app(folder, clock, is_demo=True)
    app.extensions["checkin_demo"] = DEMO
    client = browser(app)
    panel = page_of(client.get("/sign-in")).xpath("//section[contains(@class, 'demo')]")[0]
    form = panel.xpath(".//form[@action='/sign-in']")[0]
    assert send(client, **dict(form.form_values())).status_code == 303
    assert panel.xpath(".//form[@action='/demo/tablets/1']//button")
    close(app)


def test_shows_nobody_s_password_outside_a_demo(app: Flask, client: PageClient) -> None:
    app.extensions["checkin_demo"] = DEMO
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert PASSWORD not in answer.text
