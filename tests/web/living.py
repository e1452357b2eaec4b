"""What classes live through before a page is looked at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round
from checkin.storage import flags, released
from checkin.storage.database import db
from tests.web.conftest import Cast
from tests.web.page_checks import SAME_SITE, PageClient, page_of

MONDAY = date(2026, 11, 23)
ENGLISH = SAME_SITE | {"Accept-Language": "en"}
JSON = SAME_SITE | {"Accept": "application/json"}
NUMBERS = {"share_now": 0.6, "share_usual": 0.2, "days": 4, "usual_days": 30}
HEAVY_OF = {Light.FEW: 1, Light.SOME: 5, Light.MANY: 9, Light.WITHHELD: None}


def tap(
    tablet: PageClient,
    feelings: str,
    moment: str = "check-in",
    day: date = MONDAY,
    waiting: int = 0,
    first_key: int = 1,
) -> list[str]:
    """Tap these digits one after the other and return what became of them."""
    taps = [
        {"key": f"{first_key + n:032x}", "day": day.isoformat(), "round": moment, "feeling": int(d)}
        for n, d in enumerate(feelings)
    ]
    answer = tablet.post("/tablet/taps", json={"taps": taps, "waiting": waiting})
    return [result["status"] for result in answer.json["results"]]


def add_light(
    app: Flask, classroom: int, day: date, light: Light, moment: Moment = Moment.CHECK_IN
) -> None:
    """Release a round of a day that is past."""
    why = Why.TOO_FEW if light is Light.WITHHELD else Why.SHOWN
    result = Released(3 if why else 12, 14, HEAVY_OF[light], light, why)
    with app.app_context():
        released.add_round(1, Round(classroom, day, moment), result, noon(day), None)
        db.session.commit()


def add_week(
    app: Flask,
    classroom: int,
    week: str,
    shares: Mapping[str, str] | None,
    coping: Mapping[str, str] | None = None,
) -> None:
    """Release a week."""
    with app.app_context():
        released.add_week(1, classroom, week, WeekPicture(shares, coping))
        db.session.commit()


def about(flag: int) -> str:
    """Return the address of a flag."""
    return f"/flags/{flag}"


def add_flag(
    app: Flask,
    cast: Cast,
    raised_on: date = MONDAY,
    pattern: str = "sustained-rise",
    numbers: Mapping[str, Any] = NUMBERS,
) -> int:
    """Raise a flag about classroom Zon."""
    since = {"since": "2026-11-17"}
    with app.app_context():
        id = flags.add_flag(
            cast.school, cast.zon, pattern, raised_on, 4.2, {**numbers, **since}, noon(raised_on)
        )
        db.session.commit()
    return id


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def words(client: PageClient, address: str, xpath: str = "//main", status: int = 200) -> str:
    """Return the words of a part of a page, in English."""
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == status
    return words_in(answer, xpath)


def words_in(answer: Any, xpath: str = "//main") -> str:
    """Return the words of a part of an answer."""
    found = page_of(answer).xpath(xpath)
    return " ".join(" ".join(text for one in found for text in one.itertext()).split())
