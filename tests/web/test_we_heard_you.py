"""It shows a class that it was heard: a weather once its round is sealed, and nothing before."""

import pytest
from flask import Flask

from checkin.domain.release import Light
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, MONDAY, add_light, tap, words
from tests.web.page_checks import PageClient, h1_of, page_of

TWELVE = "122331233112"


def address(classroom: int, day: object = MONDAY, moment: str = "check-in") -> str:
    return f"/classrooms/{classroom}/rounds/{day}/{moment}/heard"


@pytest.mark.parametrize(
    ("light", "weather"),
    [
        (Light.FEW, "sun"),
        (Light.SOME, "sun-and-cloud"),
        (Light.MANY, "rain"),
        (Light.WITHHELD, "heard"),
    ],
)
def test_shows_a_light_as_weather_without_a_number(
    app: Flask, cast: Cast, sign_in: SignIn, light: Light, weather: str
) -> None:
    add_light(app, cast.zon, MONDAY, light)
    page = sign_in("tess").get(address(cast.zon), headers=ENGLISH)
    pictures = page_of(page).xpath("//main//img/@src")
    assert [one.rpartition("/icons/")[2] for one in pictures] == [f"weather/{weather}.svg"]
    assert h1_of(page) == "We heard you"
    shown = page_of(page).find(".//body").text_content()
    assert not any(letter.isdigit() for letter in shown)
    assert "Zon" not in shown
    assert "heavy" not in shown


def test_does_not_exist_while_the_round_is_open(
    cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
) -> None:
    tess = sign_in("tess")
    assert tess.get(address(cast.zon)).status_code == 404
    tap(tablet, TWELVE)
    assert tess.get(address(cast.zon)).status_code == 404
    clock.pass_time(minutes=65)  # closed, but not sealed yet
    tess = sign_in("tess")
    assert tess.get(address(cast.zon)).status_code == 404
    tess.post(f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal", headers=JSON)
    assert tess.get(address(cast.zon)).status_code == 200
    assert tess.get(address(cast.zon, moment="check-out")).status_code == 404


def test_does_not_exist_for_a_round_nobody_tapped_in(cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    tess.post(f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal", headers=JSON)
    assert tess.get(address(cast.zon)).status_code == 404


@pytest.mark.parametrize(("day", "moment"), [("2026-W48-1", "check-in"), (MONDAY, "lunch")])
def test_does_not_exist_for_an_address_that_cannot_be(
    cast: Cast, sign_in: SignIn, day: object, moment: str
) -> None:
    assert sign_in("tess").get(address(cast.zon, day, moment)).status_code == 404


def test_is_for_those_who_see_the_trend(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_light(app, cast.zon, MONDAY, Light.MANY)
    for name, status in [("tess", 200), ("inge", 200), ("omar", 403), ("hanna", 403)]:
        assert sign_in(name).get(address(cast.zon)).status_code == status, name
    assert sign_in("otto").get(address(cast.zon)).status_code == 404


def test_is_found_on_the_page_of_the_class_once_there_is_something_to_show(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    tess, trend = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
    assert not page_of(tess.get(trend)).xpath(f"//a[@href='{address(cast.zon)}']")
    add_light(app, cast.zon, MONDAY, Light.MANY)
    assert page_of(tess.get(trend)).xpath(f"//a[@href='{address(cast.zon)}']")
    told = words(tess, trend, "//section[@aria-labelledby='today']")
    assert "now and then it is another one, on purpose" in told
    assert "you do not ask child by child" in told


def test_leads_back_to_the_page_of_the_class(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_light(app, cast.zon, MONDAY, Light.FEW)
    page = page_of(sign_in("tess").get(address(cast.zon)))
    assert page.xpath("//a[@data-leave]/@href") == [f"/classrooms/{cast.zon}/trend"]
