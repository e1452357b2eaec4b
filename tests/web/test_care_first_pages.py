"""The first page and the lists say what is late, with nobody, and how a flag is now."""

from datetime import date, timedelta

import pytest
from flask import Flask

from checkin.services import presence
from checkin.storage import flags, staff
from checkin.storage.database import db
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, NUMBERS, about, add_flag, words
from tests.web.page_checks import page_of
from tests.web.test_who_acts_may_open import flag

__all__ = ["flag"]

FLAGS = "//section[@aria-labelledby='flags-heading']"


def test_home_says_what_is_overdue(sign_in: SignIn, flag: int, clock: HeldClock) -> None:
    assert "overdue" not in words(sign_in("inge"), "/home", FLAGS)
    clock.pass_time(days=4)
    told = words(sign_in("inge"), "/home", FLAGS)
    assert "1 flag is overdue" in told
    assert "new flag" not in told


def test_home_says_first_what_is_with_nobody(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    with app.app_context():
        tess, day = staff.find_person(cast.people["tess"]), clock().date()
        assert tess is not None
        presence.note_absence(tess, tess.id, day, day, clock())
    page = page_of(sign_in("inge").get("/home", headers=ENGLISH))
    assert page.xpath(f"string({FLAGS}//h3)") == "1 flag is with nobody"


def test_the_list_puts_what_is_overdue_first(sign_in: SignIn, flag: int, clock: HeldClock) -> None:
    clock.pass_time(days=4)
    page = page_of(sign_in("inge").get("/flags", headers=ENGLISH))
    groups = page.xpath("//main//section/@aria-labelledby")
    assert groups == ["overdue"]
    assert page.xpath("//section[@aria-labelledby='overdue']//h3/a/@href") == [about(flag)]


@pytest.mark.parametrize("address", ["/flags", "/review"])
def test_a_card_says_the_latest_beside_the_first(
    app: Flask, sign_in: SignIn, flag: int, address: str
) -> None:
    with app.app_context():
        again = NUMBERS | {"share_now": 0.7, "days": 2, "since": "2026-11-25"}
        flags.note_seen(flag, date(2026, 11, 26), again)
        db.session.commit()
    told = words(sign_in("inge"), address)
    assert "about 60% of the cards were heavy" in told
    assert "Noticed again: since Wednesday 25 November, 2 school days, about 70%" in told


@pytest.mark.parametrize(("seen_after", "is_lighter"), [(0, True), (3, False)])
def test_good_news_stands_on_top_until_there_is_weight_again(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int, seen_after: int, is_lighter: bool
) -> None:
    told_on = date(2026, 11, 24)
    numbers = {"told_on": told_on.isoformat(), "share_now": 0.2, "share_usual": 0.2, "days": 5}
    add_flag(app, cast, told_on, "recovery", numbers)
    with app.app_context():
        flags.note_seen(flag, told_on + timedelta(days=seen_after))
        db.session.commit()
    assert ("Lighter again since" in words(sign_in("inge"), about(flag))) is is_lighter
