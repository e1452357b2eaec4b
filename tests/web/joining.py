"""Coming in as somebody new does: with the code of the sheet that an administrator made."""

import re

from flask import Flask
from werkzeug.test import TestResponse

from tests.web.conftest import browser
from tests.web.page_checks import SAME_SITE, PageClient, page_of

ENGLISH = SAME_SITE | {"Accept-Language": "en"}
NEW_PASSWORD = "drie gele fietsen"
FORM = {
    "name": "Nora Smit",
    "email": "nora@school.example",
    "roles": ["teacher"],
    "classrooms": ["1"],
    "way": "paper",
}


def invite(admin: PageClient, **changed: object) -> TestResponse:
    return admin.post("/staff/invitation", data=FORM | changed, headers=ENGLISH)


def code_on(answer: TestResponse) -> str:
    """Return the code of a sheet, as it is typed."""
    return "".join(page_of(answer).xpath("//*[contains(@class, 'sheet-code')]/span/text()"))


def sheet_of(admin: PageClient, answer: TestResponse) -> TestResponse:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return admin.get(answer.location, headers=ENGLISH)


def invited_code(admin: PageClient, **changed: object) -> str:
    return code_on(sheet_of(admin, invite(admin, **changed)))


def choose(client: PageClient, secret: str, password: str = NEW_PASSWORD) -> TestResponse:
    form = {"password": password, "again": password, "language": "en"}
    return client.post(f"/join/{secret}", data=form, headers=ENGLISH)


def sign_in_as(app: Flask, email: str, password: str = NEW_PASSWORD) -> PageClient | None:
    """Return a browser that is signed in, or None where that was refused."""
    client = browser(app)
    answer = client.post("/sign-in", data={"email": email, "password": password})
    return client if answer.status_code == 303 else None


def text_of(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", page_of(answer).text_content())
