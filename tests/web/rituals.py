"""What is set for a class, as its teacher sets it and as it is kept."""

from datetime import date
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.calendar import Opening
from checkin.domain.rounds import Moment
from checkin.domain.school import Pause
from checkin.services import sealing
from checkin.storage import released, schools, timetables
from tests.web.conftest import OPENINGS, HeldClock
from tests.web.living import ENGLISH, MONDAY
from tests.web.page_checks import PageClient, page_of

CHECK_IN, CHECK_OUT = Moment.CHECK_IN, Moment.CHECK_OUT
TWELVE = "122331233112"


def week(**changes: str) -> dict[str, str]:
    """Return the form of the cast's week; `check_in_1_opens` names a field."""
    form = {}
    for (weekday, moment), opening in OPENINGS.items():
        for end in ("opens", "closes"):
            minutes = getattr(opening, end)
            form[f"{moment.value}-{weekday}-{end}"] = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return form | {
        name.replace("check_", "check-").replace("_", "-"): text for name, text in changes.items()
    }


def save(client: PageClient, classroom: int, **changes: str) -> TestResponse:
    return client.post(f"/classrooms/{classroom}/rhythm", data=week(**changes), headers=ENGLISH)


def pause(client: PageClient, classroom: int, first: Any, last: Any) -> TestResponse:
    form = {"first": str(first), "last": str(last)}
    return client.post(f"/classrooms/{classroom}/pause", data=form, headers=ENGLISH)


def end_pause(client: PageClient, classroom: int) -> TestResponse:
    return client.post(f"/classrooms/{classroom}/pause/end", headers=ENGLISH)


def openings(app: Flask, classroom: int) -> dict[tuple[int, Moment], Opening]:
    with app.app_context():
        return timetables.openings_of(classroom)


def pause_of(app: Flask, classroom: int) -> Pause | None:
    with app.app_context():
        return schools.get_classroom(classroom).pause


def seal_by_clock(app: Flask, clock: HeldClock) -> int:
    with app.app_context():
        return sealing.seal_due(clock()).rounds


def lights(app: Flask, classroom: int) -> list[tuple[str, str, int]]:
    with app.app_context():
        found = released.rounds_between(classroom, date(2026, 1, 1), date(2027, 12, 31))
        return [(str(r.round.day), r.light.value, r.released.answered) for r in found]


def rounds_told(tablet: PageClient, day: date = MONDAY) -> list[str]:
    """Return which rounds of a day a tablet is told of."""
    told = tablet.get("/tablet/today").json["rounds"]
    return [one["round"] for one in told if one["day"] == day.isoformat()]


def field(answer: TestResponse, name: str) -> Any:
    return page_of(answer).xpath(f"//input[@name='{name}']")[0]
