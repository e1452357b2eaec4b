"""It sets which cards a class sees: how many, which pictures, what else is asked, which words."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom
from checkin.storage import schools
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of

FORM = {"card_set": "8", "style": "faces", "coping": "off", "undo_seconds": "3"}


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
        languages=["ti", "ar"],
    )
    assert answer.status_code == 303
    zon = classroom_of(app, cast.zon)
    assert (zon.card_set, zon.style, zon.coping) == (
        CardSet.FOUR,
        Style.FACELESS,
        Moment.CHECK_OUT,
    )
    assert (zon.undo_seconds, zon.languages) == (5, ("nl", "ar", "ti"))
    told = words(sign_in("adam"), "/classrooms", f"//section[@aria-labelledby='class-{cast.zon}']")
    assert "4 feelings and 'not today', without faces" in told
    assert "What helps me today? asked at check-out" in told


def test_shows_what_is_chosen_now(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    save(hanna, cast.zon, card_set="6", coping="check-in", languages=["so"])
    page = page_of(hanna.get("/classrooms", headers=ENGLISH))
    form = page.xpath(f"//form[@action='/classrooms/{cast.zon}/cards']")[0]
    assert form.xpath(".//option[@selected]/@value") == ["6", "faces", "check-in"]
    assert form.xpath(".//input[@checked]/@value") == ["so"]
    assert len(form.xpath(".//input[@type='checkbox']")) == 15


def test_warns_that_other_cards_begin_anew(cast: Cast, sign_in: SignIn) -> None:
    assert "what is usual for this class begins anew" in words(sign_in("adam"), "/classrooms")


def test_notes_since_when_a_class_has_its_cards(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    save(adam, cast.zon, style="faceless", coping="check-in")
    assert classroom_of(app, cast.zon).cards_since is None
    save(adam, cast.zon, card_set="6")
    assert classroom_of(app, cast.zon).cards_since == date(2026, 11, 23)


def test_keeps_the_order_a_class_has(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    with app.app_context():
        zon = schools.get_classroom(cast.zon)
        schools.lay_table(
            cast.zon,
            schools.Table(zon.card_set, zon.style, ("ti", "nl", "uk"), 3, None),
        )
        db.session.commit()
    save(adam, cast.zon, languages=["uk", "ar", "ti", "xx"])
    assert classroom_of(app, cast.zon).languages == ("ti", "nl", "uk", "ar")
    save(adam, cast.zon)
    assert classroom_of(app, cast.zon).languages == ("nl",)


@pytest.mark.parametrize("seconds", ["", "0", "11", "-3", "3.5", "x", "9" * 5000, "٣"])
def test_refuses_a_time_that_cannot_be(
    app: Flask, cast: Cast, sign_in: SignIn, seconds: str
) -> None:
    refused = save(sign_in("adam"), cast.zon, undo_seconds=seconds, card_set="4")
    assert refused.status_code == 400
    assert "Choose 1 to 10 seconds." in words_in(refused)
    assert page_of(refused).xpath("//details[@class='cards-change'][@open]")
    assert classroom_of(app, cast.zon).card_set is CardSet.EIGHT


@pytest.mark.parametrize(
    "forged", [{"card_set": "5"}, {"style": "smileys"}, {"coping": ""}, {"coping": "lunch"}]
)
def test_refuses_a_forged_form(cast: Cast, sign_in: SignIn, forged: dict[str, str]) -> None:
    assert save(sign_in("adam"), cast.zon, **forged).status_code == 400


def test_does_not_exist_for_another_school(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    assert save(sign_in("anna"), cast.zon, card_set="4").status_code == 404
    assert save(sign_in("tess"), cast.zon, card_set="4").status_code == 403
    assert classroom_of(app, cast.zon).card_set is CardSet.EIGHT


@pytest.mark.parametrize("changes", [{"coping": "check-in"}, {"style": "faceless"}])
def test_tells_the_tablet_that_its_page_is_outdated(
    cast: Cast, sign_in: SignIn, tablet: PageClient, changes: dict[str, str]
) -> None:
    before = tablet.get("/tablet/today").json["config"]
    save(sign_in("adam"), cast.zon, **changes)
    assert tablet.get("/tablet/today").json["config"] != before
