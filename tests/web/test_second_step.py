"""It asks whoever has an app for its code, and tells nothing to whoever guesses it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from checkin.services import forgetting
from checkin.storage.database import db
from checkin.storage.rows import SessionRow, SignInStepRow
from tests.web.conftest import PASSWORD, HeldClock, SignIn, browser, close, make_app
from tests.web.page_checks import SAME_SITE, PageClient, page_of
from tests.web.second_factors import Phone, add_phone, at_second_step, give
from tests.web.sign_in_form import is_signed_in, send


@pytest.fixture
def phone(sign_in: SignIn, clock: HeldClock) -> Phone:
    return add_phone(sign_in("tess"), clock)


def alerts(answer) -> str:
    return " ".join(page_of(answer).xpath("//*[@role='alert'][not(@hidden)]/text()"))


def test_opens_the_page_that_was_asked_for_after_the_code(app: Flask, phone: Phone) -> None:
    client = browser(app)
    answer = send(client, next="/structure")
    assert (answer.status_code, answer.location) == (303, "/sign-in/second?next=/structure")
    page = page_of(client.get(answer.location))
    (next,) = page.xpath("//form[@action='/sign-in/second']/input[@name='next']/@value")
    assert not is_signed_in(client)
    answer = give(client, phone.code(), next=next)
    assert (answer.status_code, answer.location) == (303, "/structure")
    assert is_signed_in(client)
    assert client.get_cookie("checkin_step", path="/sign-in") is None


def test_asks_nothing_more_of_whoever_has_no_factor(app: Flask, phone: Phone) -> None:
    answer = send(browser(app), "omar@school.example")
    assert (answer.status_code, answer.location) == (303, "/home")


def test_takes_a_code_with_spaces(app: Flask, phone: Phone) -> None:
    code = phone.code()
    assert give(at_second_step(app), f" {code[:3]} {code[3:]} ").status_code == 303


def test_a_half_done_sign_in_opens_no_page(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    token = client.get_cookie("checkin_step", path="/sign-in").value
    client.set_cookie("checkin_session", token)
    assert opened(app, client) == []
    client.delete_cookie("checkin_session")
    assert opened(app, client) == []
    assert give(client, phone.code()).status_code == 303
    assert "/home" in opened(app, client)  # the same look sees a page that opens


def opened(app: Flask, client: PageClient) -> list[str]:
    """Return the staff's pages that open."""
    pages = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments
    ]
    for_all = {page for page in pages if browser(app).get(page).status_code == 200}
    for_all.add("/sign-in/second")
    return [page for page in set(pages) - for_all if client.get(page).status_code == 200]


def test_takes_a_code_once_only(app: Flask, phone: Phone) -> None:
    code = phone.code()
    assert give(at_second_step(app), code).status_code == 303
    assert give(at_second_step(app), code).status_code == 401
    phone.clock.pass_time(seconds=30)
    assert give(at_second_step(app), code).status_code == 401
    assert give(at_second_step(app), phone.code()).status_code == 303


def test_the_code_that_added_the_app_is_spent(app: Flask, phone: Phone) -> None:
    assert give(at_second_step(app), phone.code(-30)).status_code == 401


@pytest.mark.parametrize(
    ("seconds", "status"), [(-60, 401), (-30, 303), (0, 303), (30, 303), (60, 401)]
)
def test_allows_a_phone_to_be_half_a_minute_off(
    app: Flask, phone: Phone, seconds: int, status: int
) -> None:
    phone.clock.pass_time(minutes=5)
    assert give(at_second_step(app), phone.code(seconds)).status_code == status


def test_a_later_code_spends_the_earlier_ones(app: Flask, phone: Phone) -> None:
    assert give(at_second_step(app), phone.code(30)).status_code == 303
    assert give(at_second_step(app), phone.code()).status_code == 401


def test_does_not_tell_whether_the_password_or_the_code_was_wrong(app: Flask, phone: Phone) -> None:
    wrong_password, wrong_code = at_second_step(app, password="wrong"), at_second_step(app)
    told = give(wrong_password, phone.code()), give(wrong_code, "000000")
    assert {answer.status_code for answer in told} == {401}
    assert alerts(told[0]) == alerts(told[1]) != ""
    assert told[0].get_data() == told[1].get_data()
    assert not is_signed_in(wrong_password)


def test_a_wrong_password_spends_no_code(app: Flask, phone: Phone) -> None:
    code = phone.code()
    give(at_second_step(app, password="wrong"), code)
    assert give(at_second_step(app), code).status_code == 303


def test_asks_some_addresses_without_an_account_alike(app: Flask, phone: Phone) -> None:
    """Else being asked would tell that an address has an account here."""
    addresses = [f"nobody{n}@school.example" for n in range(40)]
    asked = [a for a in addresses if send(browser(app), a, "wrong").status_code == 303]
    assert 5 < len(asked) < 35
    for address in asked[:2]:
        client = browser(app)
        assert send(client, address, PASSWORD).location == "/sign-in/second"
        assert alerts(give(client, phone.code())) == alerts(give(at_second_step(app), "1"))


def test_asks_no_such_address_while_nobody_has_a_factor(app: Flask) -> None:
    statuses = {send(browser(app), f"nobody{n}@x.example", "wrong").status_code for n in range(20)}
    assert statuses == {401}


def test_begins_again_after_five_minutes(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    phone.clock.pass_time(minutes=5)
    assert client.get("/sign-in/second").location == "/sign-in"
    answer = give(client, phone.code())
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not is_signed_in(client)


def test_begins_again_after_five_tries(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    for _ in range(5):
        assert give(client, "000000").status_code == 401
    phone.clock.pass_time(seconds=30)
    assert give(client, phone.code()).location == "/sign-in"
    assert not is_signed_in(client)


def test_makes_guessing_wait_for_all_processes_alike(
    app: Flask, phone: Phone, clock: HeldClock, folder
) -> None:
    for _ in range(5):
        give(at_second_step(app), "000000")
        clock.pass_time(seconds=3)  # long enough for the password's own wait
    other = make_app(folder, clock)
    client = at_second_step(other)
    give(client, "000000")
    answer = give(client, phone.code())
    close(other)
    assert answer.status_code == 401
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many tries" in alerts(answer)


def test_a_right_password_alone_forgives_no_guesses(app: Flask, phone: Phone) -> None:
    """Else the wait would tell that it was right."""
    for _ in range(5):
        at_second_step(app)
    assert send(browser(app)).status_code == 401
    phone.clock.pass_time(minutes=6)
    assert give(at_second_step(app), phone.code()).status_code == 303
    assert send(browser(app)).status_code == 303


def test_ends_the_session_before(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    give(client, phone.code())
    before = client.get_cookie("checkin_session").value
    phone.clock.pass_time(seconds=30)
    at_second_step(app, client=client)
    assert is_signed_in(client)  # as before, until the code is right
    give(client, phone.code())
    client.set_cookie("checkin_session", before)
    assert not is_signed_in(client)


def test_one_half_done_sign_in_makes_one_session(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    token = client.get_cookie("checkin_step", path="/sign-in").value
    give(client, phone.code())
    phone.clock.pass_time(seconds=30)
    again = browser(app)
    again.set_cookie("checkin_step", token, path="/sign-in")
    assert give(again, phone.code()).location == "/sign-in"


def test_keeps_the_step_from_scripts_and_other_pages(app: Flask, phone: Phone) -> None:
    cookie = send(browser(app)).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/sign-in"} <= set(cookie.split("; "))


def test_forgets_what_was_half_done(app: Flask, phone: Phone) -> None:
    at_second_step(app)
    phone.clock.pass_time(minutes=10)
    with app.app_context():
        forgetting.forget(phone.clock())
        assert db.session.scalar(select(func.count()).select_from(SignInStepRow)) == 0
        kept = select(SessionRow.way)
        assert set(db.session.scalars(kept)) == {"password"}


def test_refuses_another_site_that_sends_a_code(app: Flask, phone: Phone) -> None:
    client = at_second_step(app)
    headers = SAME_SITE | {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/sign-in/second", data={"code": phone.code()}, headers=headers)
    assert answer.status_code == 403
