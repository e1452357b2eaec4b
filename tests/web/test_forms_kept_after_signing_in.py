"""A form sent after the session ended comes back after signing in, to the same person alone."""

from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser
from tests.web.living import ENGLISH, add_flag, words, words_in
from tests.web.page_checks import PageClient, page_of

NOTE = {"note": "Een lange notitie over de groep."}


@pytest.fixture
def flag(app: Flask, cast: Cast) -> int:
    return add_flag(app, cast)


def send(client: PageClient, flag: int, form: dict[str, str]) -> Any:
    came_from = {"Referer": f"http://localhost/flags/{flag}"}
    return client.post(f"/flags/{flag}/notes", data=form, headers=ENGLISH | came_from)


def sign_in_as(client: PageClient, name: str) -> Any:
    page = page_of(client.get("/sign-in?next=/sign-in/kept", headers=ENGLISH))
    form = {"email": f"{name}@school.example", "password": PASSWORD}
    (next,) = page.xpath("//form[@action='/sign-in']//input[@name='next']/@value")
    form |= {"next": next}
    return client.post("/sign-in", data=form)


@pytest.fixture
def out(sign_in: SignIn, clock: HeldClock) -> PageClient:
    """Inge's browser, an hour and more later."""
    inge = sign_in("inge")
    clock.pass_time(minutes=90)
    return inge


def test_it_is_said_kept_shown_and_sent_again_by_hand(out: PageClient, flag: int) -> None:
    answer = send(out, flag, NOTE)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/sign-in/kept")
    told = words(out, answer.location)
    assert "You were signed out. What you typed comes back after signing in." in told
    assert sign_in_as(out, "inge").location == "/sign-in/kept"
    page = out.get("/sign-in/kept", headers=ENGLISH)
    assert "Een lange notitie over de groep." in words_in(page)
    (form,) = page_of(page).xpath("//main//form[@method='post']")
    assert NOTE["note"] not in words(out, f"/flags/{flag}")
    assert out.post(form.get("action"), data=dict(form.form_values())).status_code == 303
    assert NOTE["note"] in words(out, f"/flags/{flag}")


def test_nobody_else_reads_it(out: PageClient, flag: int) -> None:
    send(out, flag, NOTE)
    sign_in_as(out, "omar")
    assert out.get("/sign-in/kept").location == "/home"


def test_it_is_kept_for_half_an_hour(out: PageClient, flag: int, clock: HeldClock) -> None:
    send(out, flag, NOTE)
    clock.pass_time(minutes=31)
    sign_in_as(out, "inge")
    assert out.get("/sign-in/kept").location == "/home"


def test_the_browser_keeps_it_where_it_cannot_be_read(out: PageClient, flag: int) -> None:
    cookie = next(c for c in send(out, flag, NOTE).headers.getlist("Set-Cookie") if "kept" in c)
    assert "notitie" not in cookie
    assert "HttpOnly" in cookie
    assert "Path=/sign-in" in cookie


@pytest.mark.parametrize("form", [{"note": "a-b c" * 4000}, {"password": "geheim"}])
def test_what_is_too_long_or_a_secret_is_not_kept_and_that_is_said(
    out: PageClient, flag: int, form: dict[str, str]
) -> None:
    answer = send(out, flag, form)
    assert answer.location == f"/sign-in?next=/flags/{flag}"
    assert "so nothing was done" in words(out, answer.location)


def test_without_any_session_nothing_is_kept_and_that_is_said(app: Flask, flag: int) -> None:
    client = browser(app)
    answer = send(client, flag, NOTE)
    assert answer.location == f"/sign-in?next=/flags/{flag}"
    assert not [c for c in answer.headers.getlist("Set-Cookie") if "kept" in c]
    told = words(client, answer.location, "//body")
    assert "You are not signed in, so nothing was done." in told
    assert "back button of the browser" in told


def test_a_page_of_another_site_is_not_gone_back_to(out: PageClient, flag: int) -> None:
    away = ENGLISH | {"Referer": "https://evil.example/flags/1"}
    answer = out.post(f"/flags/{flag}/notes", data={"password": "x"}, headers=away)
    assert answer.location == "/sign-in"
