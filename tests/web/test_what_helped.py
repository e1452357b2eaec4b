"""The trend shows what helped over a week: released shares, where a class is asked at all."""

from flask import Flask

from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, add_week
from tests.web.page_checks import page_of

SHARES = {"happy": "60%", "sad": "10%"}
HELPED = {
    "talk": "10%",
    "imagine": "<10%",
    "move": "30%",
    "rest": "<10%",
    "think": "<10%",
    "strength": "<10%",
}
NOBODY = dict.fromkeys(HELPED, "<10%")
TABLE = "//section[@aria-labelledby='helps']"


def told(app: Flask, sign_in: SignIn, cast: Cast, coping: dict[str, str] | None) -> str:
    add_week(app, cast.zon, "2026-W47", SHARES, coping)
    page = page_of(sign_in("tess").get(f"/classrooms/{cast.zon}/trend", headers=ENGLISH))
    found = page.xpath(TABLE)
    return " ".join(found[0].text_content().split()) if found else ""


def test_it_shows_each_share_of_the_week(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    text = told(app, sign_in, cast, HELPED)
    assert "What helps" in text
    assert "30%" in text
    assert "<10%" in text


def test_it_is_silent_where_nobody_is_asked(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    """The counters of a class that is never asked hold noise alone, and are all under ten."""
    assert told(app, sign_in, cast, NOBODY) == ""


def test_it_says_so_where_there_were_too_few(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    add_week(app, cast.zon, "2026-W46", SHARES, HELPED)
    assert "too few cards this week" in told(app, sign_in, cast, None)
