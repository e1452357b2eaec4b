"""It lets a school put its own word over each that came with the program."""

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from checkin.domain.words import LANGUAGES, PUPIL_WORDS
from checkin.storage.database import db
from checkin.storage.rows import OwnWordRow
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words_in
from tests.web.page_checks import PageClient, page_of


def correct(client: PageClient, language: str = "nl", **words: str) -> TestResponse:
    return client.post(f"/words/{language}", data=words, headers=ENGLISH)


def field(client: PageClient, id: str, language: str = "nl") -> str:
    page = page_of(client.get(f"/words/{language}", headers=ENGLISH))
    return page.xpath(f"//input[@name='{id}']")[0].get("value")


def words_on(tablet: PageClient) -> list[str]:
    """Return what lies under the pictures."""
    return page_of(tablet.get("/tablet")).xpath("//*[@class='word']/text()")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_shows_every_word_of_every_language(sign_in: SignIn, language) -> None:
    page = page_of(sign_in("inge").get(f"/words/{language.code}", headers=ENGLISH))
    fields = page.xpath("//ul[contains(@class, 'word-rows')]//input")
    assert [one.get("name") for one in fields] == list(PUPIL_WORDS)
    assert {one.get("dir") for one in fields} == {language.direction}
    assert all(one.get("value") == "" for one in fields)
    shipped = page.xpath("//*[@class='word-shipped']")
    assert len(shipped) == len(PUPIL_WORDS)


def test_puts_a_word_over_the_shipped_one_on_every_tablet_of_the_school(
    sign_in: SignIn, tablet: PageClient
) -> None:
    before = tablet.get("/tablet/today").json["config"]
    answer = correct(sign_in("hanna"), happy="  vrolijk ")
    assert answer.status_code == 303
    assert words_on(tablet)[:2] == ["vrolijk", "verdrietig"]
    assert field(sign_in("adam"), "happy") == "vrolijk"
    assert tablet.get("/tablet/today").json["config"] != before


def test_an_empty_field_gives_the_shipped_word_its_place_back(
    app: Flask, sign_in: SignIn, tablet: PageClient
) -> None:
    adam = sign_in("adam")
    before = tablet.get("/tablet/today").json["config"]
    correct(adam, happy="vrolijk", sad="droevig")
    correct(
        adam, happy="", sad="verdrietig"
    )  # the very word that was there is no word of one's own
    assert words_on(tablet)[:2] == ["blij", "verdrietig"]
    assert tablet.get("/tablet/today").json["config"] == before
    with app.app_context():
        assert not db.session.query(OwnWordRow).count()


def test_a_field_that_was_not_sent_changes_nothing(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    correct(adam, happy="vrolijk")
    correct(adam, sad="droevig")
    assert field(adam, "happy") == "vrolijk"


def test_refuses_all_when_one_cannot_be_and_loses_nothing(
    sign_in: SignIn, tablet: PageClient
) -> None:
    adam = sign_in("adam")
    refused = correct(adam, happy="vrolijk", sad="a<b>", angry="z" * 25, calm="42")
    assert refused.status_code == 400
    page = page_of(refused)
    assert "3 words cannot be kept yet. Nothing was changed." in words_in(refused)
    kept = {one: page.xpath(f"//input[@name='{one}']/@value")[0] for one in ("happy", "sad")}
    assert kept == {"happy": "vrolijk", "sad": "a<b>"}
    assert "< cannot be in it" in words_in(refused)
    assert "At most 24 letters" in words_in(refused)
    assert "at least one letter" in words_in(refused)
    assert len(page.xpath("//input[@aria-invalid='true']")) == 3
    assert words_on(tablet)[0] == "blij"


@pytest.mark.parametrize("odd", ["\x00", "a\u202eb", "a\nb<script>", "😀"])
def test_never_keeps_signs_that_are_no_letters(sign_in: SignIn, odd: str) -> None:
    assert correct(sign_in("adam"), happy=odd).status_code == 400


def test_ignores_words_that_nobody_knows(app: Flask, sign_in: SignIn) -> None:
    assert correct(sign_in("adam"), nonsense="x").status_code == 303
    with app.app_context():
        assert not db.session.query(OwnWordRow).count()


def test_stays_within_the_school(sign_in: SignIn, tablet: PageClient) -> None:
    correct(sign_in("anna"), happy="vrolijk")
    assert words_on(tablet)[0] == "blij"
    assert field(sign_in("adam"), "happy") == ""


def test_is_not_for_a_teacher_and_knows_no_other_language(sign_in: SignIn) -> None:
    assert sign_in("tess").get("/words/ar").status_code == 403
    assert correct(sign_in("tess"), happy="vrolijk").status_code == 403
    assert sign_in("adam").get("/words/xx").status_code == 404
    assert correct(sign_in("adam"), "xx", happy="vrolijk").status_code == 404


def test_says_a_screen_reader_the_schools_words_too(sign_in: SignIn, tablet: PageClient) -> None:
    before = tablet.get("/tablet/today").json["config"]
    correct(sign_in("adam"), back="nog een keer")
    assert tablet.get("/tablet/today").json["config"] != before
    undo = page_of(tablet.get("/tablet")).xpath("//button[@data-choose='undo']")[0]
    assert undo.text_content().split() == ["nog", "een", "keer"]


def test_asks_once_for_all_words_of_a_page(app: Flask, cast: Cast, tablet: PageClient) -> None:
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(
        engine,
        "before_cursor_execute",
        lambda c, cursor, sql, *rest: asked.append(sql),
        named=False,
    )
    tablet.get("/tablet")
    assert sum("own_word" in sql for sql in asked) == 1
    asked.clear()
    tablet.post("/tablet/taps", json={"taps": []})
    assert not [sql for sql in asked if "own_" in sql]
