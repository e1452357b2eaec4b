"""A phone with an app that shows codes, and a browser that signs in with it."""

from dataclasses import dataclass

import pyotp
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.conftest import PASSWORD, HeldClock, browser
from tests.web.page_checks import SAME_SITE, PageClient, page_of
from tests.web.sign_in_form import send

ENGLISH = SAME_SITE | {"Accept-Language": "en"}


@dataclass
class Phone:
    """An app that was added to an account."""

    secret: str
    clock: HeldClock

    def code(self, seconds: float = 0) -> str:
        """Return the code of now, or of a moment later or earlier."""
        return pyotp.TOTP(self.secret).at(int(self.clock().timestamp() + seconds))


def add_phone(client: PageClient, clock: HeldClock, label: str = "Telefoon") -> Phone:
    """Add an app on the pages, just after signing in; its first code is spent with that."""
    assert client.post("/account/factors/app").location == "/account/factors/app"
    page = page_of(client.get("/account/factors/app"))
    secret = page.xpath("string(//*[@class='factor-secret'])").replace(" ", "")
    phone = Phone(secret, clock)
    answer = client.post("/account/factors/app/code", data={"code": phone.code(), "label": label})
    assert answer.status_code == 303
    clock.pass_time(seconds=30)
    return phone


def make_codes(client: PageClient) -> list[str]:
    """Make recovery codes on the page, just after signing in."""
    made = client.post("/account/factors/codes")
    return page_of(client.get(made.location)).xpath("//ol/li/text()")


def at_second_step(
    app: Flask, name: str = "tess", password: str = PASSWORD, client: PageClient | None = None
) -> PageClient:
    """Return a browser that gave a password and is asked for a code."""
    client = client or browser(app)
    answer = send(client, f"{name}@school.example", password)
    assert (answer.status_code, answer.location) == (303, "/sign-in/second")
    return client


def give(client: PageClient, code: str, **more: str) -> TestResponse:
    return client.post("/sign-in/second", data={"code": code, **more}, headers=ENGLISH)
