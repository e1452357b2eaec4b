"""It gives the care team its week on one page: new, overdue, in hand, decided, and every class."""

from datetime import date

from flask import Flask

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.storage import released, structures
from checkin.storage.database import db
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, add_flag, add_light, noon, words
from tests.web.page_checks import page_of


def put_structure_in_force(app: Flask, cast: Cast) -> None:
    with app.app_context():
        structures.add_version(cast.school, DEFAULT_STRUCTURE, date(2026, 8, 31), None)
        db.session.commit()


def part(id: str) -> str:
    return f"//section[@aria-labelledby='{id}']"


def test_says_in_words_that_there_is_nothing(sign_in: SignIn) -> None:
    told = words(sign_in("inge"), "/review")
    for sentence in ("Nothing is overdue.", "Nothing new waits.", "Nothing is in hand."):
        assert sentence in told
    assert "No flag was closed in the last seven days." in told


def test_moves_a_flag_from_new_to_overdue_to_in_hand_to_decided(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    put_structure_in_force(app, cast)
    flag = add_flag(app, cast)
    inge = sign_in("inge")
    assert "Zon: More heavy cards than usual" in words(inge, "/review", part("new"))
    assert "No flag was closed" in words(inge, "/review", part("decisions"))
    clock.pass_time(days=4)  # Friday: the third school day after was Thursday
    inge = sign_in("inge")
    assert "overdue" in words(inge, "/review", part("overdue"))
    inge.post(f"/flags/{flag}/acknowledgement")
    assert "acknowledged" in words(inge, "/review", part("in-hand"))
    inge.post(f"/flags/{flag}/closure", data={"outcome": "talked", "note": "Rust."})
    assert "Talked about it Rust. Inge" in words(inge, "/review", part("decisions"))


def test_acknowledges_on_the_page_itself_and_goes_on_with_the_next(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_flag(app, cast)
    inge = sign_in("inge")
    form = page_of(inge.get("/review")).xpath(f"{part('new')}//form")[0]
    answer = inge.post(form.get("action"), data=dict(form.form_values()))
    assert answer.location == "/review#decided"


def test_shows_each_class_beside_its_own_past_in_the_order_of_the_school(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_light(app, cast.maan, date(2026, 11, 16), Light.MANY)
    page = page_of(sign_in("inge").get("/review"))
    assert page.xpath("//li[@class='strip']//h3/a/text()") == ["Zon", "Maan"]
    assert (
        len(page.xpath("//li[@class='strip'][2]//*[local-name()='use'][@href='#cell-many']")) == 1
    )


def test_says_of_rings_alone_that_the_class_is_too_small(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_light(app, cast.zon, date(2026, 11, 16), Light.MANY)
    with app.app_context():
        result = Released(4, 5, None, Light.WITHHELD, Why.SMALL_CLASS)
        held = Round(cast.maan, date(2026, 11, 16), Moment.CHECK_IN)
        released.add_round(cast.school, held, result, noon(date(2026, 11, 16)), None)
        db.session.commit()
    strips = page_of(sign_in("inge").get("/review", headers=ENGLISH)).xpath("//li[@class='strip']")
    told = ["too small for lights" in strip.text_content() for strip in strips]
    assert told == [False, True]


def test_shows_nothing_of_another_school(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_flag(app, cast)
    told = words(sign_in("otto"), "/review")
    assert "Zon" not in told
    assert "Nothing new waits." in told


def test_can_be_walked_with_the_keyboard(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_flag(app, cast)
    page = page_of(sign_in("inge").get("/review"))
    for href in page.xpath("//main//nav//a/@href"):
        assert page.get_element_by_id(href.removeprefix("#")).get("tabindex") == "-1"
    assert not page.xpath("//main//*[@tabindex > 0]")
