"""A server without a school, and the hands that set one up in a browser."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from checkin.services import setting_up_code
from checkin.storage import migrating
from checkin.storage.database import db
from tests.web.conftest import HeldClock, make_app
from tests.web.page_checks import SAME_SITE, PageClient, page_of

ENGLISH = SAME_SITE | {"Accept-Language": "en"}
PASSWORD = "paarse fiets onder water"
WEEK = {
    f"{moment}-{day}-{end}": time
    for day in range(1, 6)
    for moment, times in (("check-in", ("08:15", "09:00")), ("check-out", ("14:00", "14:45")))
    for end, time in zip(("opens", "closes"), times, strict=True)
}
STEPS: dict[str, Mapping[str, object]] = {
    "school": {"name": "De Brug", "region": "midden"},
    "class": {
        "name": "Zon",
        "pupils": "12",
        "card_set": "8",
        "style": "faceless",
        "languages": ["ar", "ti"],
    },
    "times": WEEK,
    "care": {},
    "you": {
        "name": "Ada de Wit",
        "email": "Ada@school.example",
        "is_teacher": "yes",
        "password": PASSWORD,
        "again": PASSWORD,
    },
}


def make_empty_app(folder: Path, clock: HeldClock) -> Flask:
    """Build an app on a database without a school."""
    app = make_app(folder, clock)
    with app.app_context():
        migrating.migrate()
        db.session.remove()
    return app


def code_of(app: Flask, clock: HeldClock) -> str:
    """Start a server: return the code that its console shows."""
    with app.app_context():
        code = setting_up_code.offer(clock.instant)
    assert code is not None
    return code


def enter(client: PageClient, code: str) -> TestResponse:
    """Give a code."""
    return client.post("/setup", data={"code": code}, headers=ENGLISH)


def send(client: PageClient, step: str, go: str = "next", **changed: object) -> TestResponse:
    """Send a step, with what is changed of it; None leaves a field out."""
    fields = {name: v for name, v in {**STEPS[step], **changed}.items() if v is not None}
    return client.post(f"/setup/{step}", data={**fields, "go": go}, headers=ENGLISH)


def send_all_but_the_last(client: PageClient) -> None:
    """Send every step that comes before the one that makes the school."""
    for step in STEPS:
        if step != "you":
            assert send(client, step).status_code == 303, step


def value_of(response: TestResponse, name: str) -> str:
    """Return what stands in a field of a page."""
    return str(page_of(response).xpath(f"//input[@name='{name}']/@value")[0])


def problems_on(response: TestResponse) -> list[str]:
    """Return what a page says is wrong, beside its fields."""
    found = page_of(response).xpath("//*[contains(@class, 'problem')]")
    return [" ".join(one.text_content().split()) for one in found]
