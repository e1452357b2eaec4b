"""It sets which cards a class sees: how many, which pictures, what else is asked, which words."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom
from checkin.storage import schools
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of

FORM = {
    "card_set": "8",
    "style": "faces",
    "coping": "off",
    "undo_seconds": "3",
    "shows_words": "yes",
    "languages": ["nl"],
}


def save(client: PageClient, classroom: int, **changes: Any) -> TestResponse:
    form = FORM | changes
    return client.post(f"/classrooms/{classroom}/cards", data=form, headers=ENGLISH)


def classroom_of(app: Flask, id: int) -> Classroom:
    with app.app_context():
        return schools.get_classroom(id)


def test_changes_all_of_it(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    answer = save(
        sign_in("adam"),
        cast.zon,
        card_set="4",
        style="faceless",
        coping="check-out",
        undo_seconds="5",
        languages=["nl", "ti", "ar"],
        shows_words=[],
    )
    assert answer.status_code == 303
    zon = classroom_of(app, cast.zon)
    assert (zon.card_set, zon.style, zon.coping) == (
        CardSet.FOUR,
        Style.FACELESS,
        Moment.CHECK_OUT,
    )
    assert (zon.undo_seconds, zon.languages) == (5, ("nl", "ti", "ar"))
    assert not zon.shows_words
    told = words(sign_in("adam"), "/classrooms", f"//section[@aria-labelledby='class-{cast.zon}']")
    assert "4 feelings and 'not today', without faces, without words" in told
    assert "What helps me today? asked at check-out" in told


def form_of(answer: TestResponse, classroom: int) -> HtmlElement:
    return page_of(answer).xpath(f"//form[@action='/classrooms/{classroom}/cards']")[0]


def checked(form: HtmlElement) -> dict[str, list[str]]:
    """Return what is chosen in a form, by the name of its fields."""
    hidden = form.xpath(".//input[@type='hidden'][@name!='made_from']")
    ticked = form.xpath(".//input[@checked][@name]") + hidden
    names = {one.get("name") for one in ticked}
    return {n: [one.get("value") for one in ticked if one.get("name") == n] for n in names}


def test_shows_what_is_chosen_now(cast: Cast, sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    save(hanna, cast.zon, card_set="6", coping="check-in", languages=["nl", "so"])
    form = form_of(hanna.get(f"/classrooms/{cast.zon}/rituals", headers=ENGLISH), cast.zon)
    assert checked(form) == {
        "card_set": ["6"],
        "style": ["faces"],
        "coping": ["check-in"],
        "shows_words": ["yes"],
        "languages": ["so", "nl"],
    }
    assert len(form.xpath(".//ol//input[@type='checkbox']")) == 16


def test_shows_the_real_pictures_of_every_set(cast: Cast, sign_in: SignIn) -> None:
    form = form_of(sign_in("tess").get(f"/classrooms/{cast.zon}/rituals"), cast.zon)
    sets = form.xpath(".//label[.//input[@name='card_set']]")
    faces = [one.xpath(".//*[contains(@class, 'is-faces')]/img/@src") for one in sets]
    assert [len(pictures) for pictures in faces] == [5, 7, 9]
    assert all(pictures[-1].endswith("/icons/pass.svg") for pictures in faces)
    assert len(form.xpath(".//img[contains(@src, '/coping/')]")) == 6


def test_warns_that_other_cards_begin_anew(cast: Cast, sign_in: SignIn) -> None:
    told = words(sign_in("adam"), f"/classrooms/{cast.zon}/rituals")
    assert "what is usual for this class begins anew" in told


def test_notes_since_when_a_class_has_its_cards(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    save(adam, cast.zon, style="faceless", coping="check-in")
    assert classroom_of(app, cast.zon).cards_since is None
    save(adam, cast.zon, card_set="6")
    assert classroom_of(app, cast.zon).cards_since == date(2026, 11, 23)


def test_keeps_the_order_of_the_form(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    save(adam, cast.zon, languages=["ti", "nl", "uk", "ti", "xx"])
    assert classroom_of(app, cast.zon).languages == ("ti", "nl", "uk")
    listed = form_of(adam.get(f"/classrooms/{cast.zon}/rituals"), cast.zon)
    assert listed.xpath(".//ol//@value")[:3] == ["ti", "nl", "uk"]


def test_lets_dutch_lead_where_it_was_left_out(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    save(sign_in("adam"), cast.zon, languages=["uk"])
    assert classroom_of(app, cast.zon).languages == ("nl", "uk")


def test_shows_the_first_language_first_on_the_tablet(
    cast: Cast, sign_in: SignIn, tablet: PageClient
) -> None:
    save(sign_in("adam"), cast.zon, languages=["uk", "nl"])
    card = page_of(tablet.get("/tablet")).xpath("//button[@data-feeling='1']")[0]
    assert card.xpath(".//*[@lang='uk'][not(@hidden)]")


@pytest.mark.parametrize("seconds", ["", "0", "11", "-3", "3.5", "x", "9" * 5000, "٣"])
def test_refuses_a_time_that_cannot_be(
    app: Flask, cast: Cast, sign_in: SignIn, seconds: str
) -> None:
    refused = save(sign_in("adam"), cast.zon, undo_seconds=seconds, card_set="4")
    assert refused.status_code == 400
    assert "Choose 1 to 10 seconds." in words_in(refused)
    form = form_of(refused, cast.zon)
    assert form.xpath(".//input[@name='undo_seconds']/@value") == [seconds[:16]]
    assert checked(form)["card_set"] == ["4"]  # what was typed stays
    assert classroom_of(app, cast.zon).card_set is CardSet.EIGHT


@pytest.mark.parametrize(
    "forged", [{"card_set": "5"}, {"style": "smileys"}, {"coping": ""}, {"coping": "lunch"}]
)
def test_refuses_a_forged_form(cast: Cast, sign_in: SignIn, forged: dict[str, str]) -> None:
    assert save(sign_in("adam"), cast.zon, **forged).status_code == 400


def test_does_not_exist_for_another_school(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    assert save(sign_in("anna"), cast.zon, card_set="4").status_code == 404
    assert save(sign_in("omar"), cast.zon, card_set="4").status_code == 403
    assert classroom_of(app, cast.zon).card_set is CardSet.EIGHT


def test_lets_a_teacher_choose_for_the_own_class(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    assert save(sign_in("tess"), cast.zon, card_set="4").status_code == 303
    assert classroom_of(app, cast.zon).card_set is CardSet.FOUR


@pytest.mark.parametrize(
    "changes", [{"coping": "check-in"}, {"style": "faceless"}, {"shows_words": []}]
)
def test_tells_the_tablet_that_its_page_is_outdated(
    cast: Cast, sign_in: SignIn, tablet: PageClient, changes: dict[str, str]
) -> None:
    before = tablet.get("/tablet/today").json["config"]
    save(sign_in("adam"), cast.zon, **changes)
    assert tablet.get("/tablet/today").json["config"] != before
