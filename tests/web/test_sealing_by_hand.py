"""It closes a round when the teacher says so, once, and tells what that showed."""

import pytest
from flask import Flask

from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, tap, words
from tests.web.page_checks import PageClient


def address(classroom: int, day: str = "2026-11-23", moment: str = "check-in") -> str:
    return f"/classrooms/{classroom}/rounds/{day}/{moment}/seal"


def notice(client: PageClient, classroom: int) -> str:
    return words(client, f"/classrooms/{classroom}/trend", "//p[@role='status']")


def test_leads_back_to_the_class_and_tells_its_light(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "22222222211111")
    answer = tess.post(address(cast.zon), headers=ENGLISH)
    assert answer.status_code == 303
    assert answer.location == f"/classrooms/{cast.zon}/trend"
    assert "Check-in closed: " in notice(tess, cast.zon)


def test_answers_a_program_with_what_was_released(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 12)
    answer = tess.post(address(cast.zon), headers=JSON)
    assert answer.status_code == 200
    told = dict(answer.json)
    assert told.pop("light") in ("few", "some", "many")
    assert told == {"day": "2026-11-23", "round": "check-in", "answered": 12, "silent": []}


def test_changes_nothing_the_second_time(sign_in: SignIn, tablet: PageClient, cast: Cast) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 12)
    first = tess.post(address(cast.zon), headers=JSON).json
    tap(tablet, "2" * 9, first_key=100)
    assert tess.post(address(cast.zon), headers=JSON).json == first
    tess.post(address(cast.zon), headers=ENGLISH)
    assert "Nothing changed." in notice(tess, cast.zon)


def test_says_why_a_light_is_withheld(sign_in: SignIn, tablet: PageClient, cast: Cast) -> None:
    tess = sign_in("tess")
    tap(tablet, "111")
    tess.post(address(cast.zon), headers=ENGLISH)
    assert "Check-in closed: withheld. Fewer than 7 cards" in notice(tess, cast.zon)


def test_says_that_there_were_more_cards_than_pupils(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 17)
    tess.post(address(cast.zon), headers=ENGLISH)
    assert "More cards than there are pupils" in notice(tess, cast.zon)


def test_names_the_tablets_that_may_still_hold_cards(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 9, waiting=2)
    assert tess.post(address(cast.zon), headers=JSON).json["silent"] == ["Tablet 1"]


def test_refuses_a_round_that_never_opened(sign_in: SignIn, cast: Cast) -> None:
    tess = sign_in("tess")
    refused = tess.post(address(cast.zon, moment="check-out"), headers=JSON)
    assert refused.status_code == 409
    assert refused.json.keys() == {"error"}
    assert tess.post(address(cast.zon, day="2026-11-21")).status_code == 409  # a Saturday


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2026-11-31", "check-in"),
        ("today", "check-in"),
        ("20261123", "check-in"),
        ("2026-11-23", "lunch"),
    ],
)
def test_knows_no_such_day_or_round(sign_in: SignIn, cast: Cast, day: str, moment: str) -> None:
    assert sign_in("tess").post(address(cast.zon, day, moment)).status_code == 404


@pytest.mark.parametrize("name", ["omar", "inge", "hanna", "adam", "fatma", "otto"])
def test_is_for_the_teacher_of_the_class_alone(sign_in: SignIn, cast: Cast, name: str) -> None:
    assert sign_in(name).post(address(cast.zon)).status_code == 403


def test_shows_the_button_once_somebody_tapped_and_until_it_is_closed(
    app: Flask, sign_in: SignIn, tablet: PageClient, cast: Cast, clock: HeldClock
) -> None:
    tess, page = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
    shown = "//form[@data-seal and not(@hidden)]"
    assert words(tess, page, shown) == ""
    tap(tablet, "1" * 9)
    assert "Closes it for good and shows its light" in words(tess, page, shown)
    assert words(sign_in("inge"), page, shown) == ""
    tess.post(address(cast.zon))
    assert words(tess, page, shown) == ""


def test_advises_to_wait_while_cards_may_still_come_in(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess, page = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
    form = "//article[@data-round='check-in']//form[@data-seal]"
    shown = f"{form}//*[self::p][not(@hidden)]"
    tap(tablet, "1" * 6, waiting=8)
    said = words(tess, page, shown)
    assert "up to two minutes after its tap" in said
    assert "Cards still wait on Tablet 1: better wait for them." in said
    tap(tablet, "1", first_key=50)
    said = words(tess, page, shown)
    assert "up to two minutes after its tap" in said
    assert "Cards still wait" not in said


def test_asks_once_more_on_its_page_where_there_would_be_no_light(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess, page = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
    form = "//article[@data-round='check-in']//form[@data-seal]"
    tap(tablet, "1" * 4)
    asked = tess.post(address(cast.zon), data={"ask": "1"})
    assert asked.status_code == 303
    assert asked.location == f"{page}?close=check-in#check-in"
    question = words(tess, asked.location, f"{form}//*[@role='alert']")
    assert "4 of 14 have tapped. Closed now, this round has no light" in question
    assert "Close without a light" in question
    assert words(tess, page, form) != "", "nothing was closed"
    tess.post(address(cast.zon), headers=ENGLISH)
    assert "Check-in closed: withheld." in notice(tess, cast.zon)


def test_asks_nothing_where_there_is_a_light(
    sign_in: SignIn, tablet: PageClient, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 7)
    answer = tess.post(address(cast.zon), data={"ask": "1"}, headers=ENGLISH)
    assert answer.location == f"/classrooms/{cast.zon}/trend"
    assert "Check-in closed: " in notice(tess, cast.zon)
