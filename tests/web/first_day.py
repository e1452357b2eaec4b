"""Hands for the list of the first day: look at it, tick, and let a class begin."""

from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import first_day
from checkin.services.first_day_things import Thing
from checkin.storage import released
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast
from tests.web.first_start import ENGLISH
from tests.web.page_checks import PageClient, page_of

MONDAY = MONDAY_MORNING.date()


def todo(page: TestResponse) -> dict[str, bool]:
    """Return the lines of a page by their words, with whether each is done."""
    rows = page_of(page).xpath("//li[contains(@class, 'todo')]")
    return {
        " ".join(row.xpath(".//strong")[0].text_content().split()): "is-done" in row.get("class")
        for row in rows
    }


def look(client: PageClient, address: str = "/first-day") -> TestResponse:
    return client.get(address, headers=ENGLISH)


def send(client: PageClient, address: str, done: str = "yes", **more: str) -> TestResponse:
    return client.post(address, data={"done": done, **more}, headers=ENGLISH)


def thing(app: Flask, cast: Cast, which: Thing, classroom: int | None = None) -> bool:
    """Tell whether a thing is done."""
    with app.app_context():
        found = first_day.look(cast.school, MONDAY_MORNING)
    of_class = {one.classroom.id: one.lines for one in found.classes}
    lines = found.lines if classroom is None else of_class[classroom]
    return next(line.is_done for line in lines if line.thing is which)


def text_of(page: TestResponse) -> str:
    return " ".join(page_of(page).text_content().split())


def begin(app: Flask, cast: Cast, classroom: int, tapped: int = 5) -> None:
    """Let a class have had a round, of which nothing can be seen."""
    was = Released(tapped, 14, None, Light.WITHHELD, Why.TOO_FEW)
    with app.app_context():
        round = Round(classroom, MONDAY, Moment.CHECK_IN)
        released.add_round(cast.school, round, was, MONDAY_MORNING, None)
        db.session.commit()
