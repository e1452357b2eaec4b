"""It notes that a speaker looked at the words of a language, until one of them changes."""

from flask import Flask
from werkzeug.test import TestResponse

from checkin.storage.database import db
from checkin.storage.rows import LanguageReviewRow
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of


def version_on(client: PageClient, language: str = "ti") -> str:
    page = page_of(client.get(f"/words/{language}", headers=ENGLISH))
    return page.xpath("//input[@name='version']/@value")[0]


def mark(client: PageClient, language: str = "ti", version: str | None = None) -> TestResponse:
    form = {"version": version_on(client, language) if version is None else version}
    return client.post(
        f"/words/{language}/review", data=form, headers=ENGLISH, follow_redirects=True
    )


def standing(client: PageClient, language: str = "ti") -> str:
    return words(client, f"/words/{language}", "//*[contains(@class, 'lead')]")


def test_notes_who_and_when_and_never_who_looked(app: Flask, sign_in: SignIn) -> None:
    inge = sign_in("inge")
    told = words_in(mark(inge))
    assert "noted on November 23, 2026 by Inge" in told or "23 November 2026 by Inge" in told
    assert "checked by your school" in standing(inge)
    assert "ትግርኛ Tigrinya checked by your school" in words(inge, "/words")
    with app.app_context():
        assert db.session.query(LanguageReviewRow).count() == 1


def test_the_mark_falls_when_a_word_changes_and_the_page_says_so(sign_in: SignIn) -> None:
    inge, adam = sign_in("inge"), sign_in("adam")
    mark(inge)
    adam.post("/words/ti", data={"happy": "ደስታ"}, headers=ENGLISH)
    assert "changed since it was checked" in standing(adam)
    assert "by Inge, but a word has changed since" in words(adam, "/words/ti", "//section")
    assert "changed since it was checked" in words(adam, "/classrooms")
    mark(adam)
    assert "checked by your school" in standing(adam)


def test_the_mark_of_another_language_stays(sign_in: SignIn) -> None:
    inge = sign_in("inge")
    mark(inge)
    inge.post("/words/so", data={"happy": "faraxsan"}, headers=ENGLISH)
    assert "checked by your school" in standing(inge)


def test_words_that_changed_while_somebody_looked_are_not_marked(sign_in: SignIn) -> None:
    inge, adam = sign_in("inge"), sign_in("adam")
    seen = version_on(inge)
    adam.post("/words/ti", data={"happy": "ደስታ"}, headers=ENGLISH)
    assert "A word changed while you looked." in words_in(mark(inge, version=seen))
    assert "not yet checked" in standing(inge)
    for forged in ("", "x" * 500):
        mark(inge, version=forged)
    assert "not yet checked" in standing(inge)


def test_a_mark_can_be_taken_back(app: Flask, sign_in: SignIn) -> None:
    inge = sign_in("inge")
    mark(inge)
    for _ in range(2):
        assert inge.post("/words/ti/review/withdrawal", headers=ENGLISH).status_code == 303
    assert "not yet checked" in standing(inge)
    with app.app_context():
        assert not db.session.query(LanguageReviewRow).count()


def test_stays_within_the_school_and_is_not_for_a_teacher(sign_in: SignIn) -> None:
    mark(sign_in("inge"))
    assert "not yet checked" in standing(sign_in("otto"))
    assert sign_in("tess").post("/words/ti/review", headers=ENGLISH).status_code == 403


def test_there_is_nothing_to_mark_in_a_language_without_words(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    adam.post("/words", data={"code": "am", "name": "አማርኛ", "direction": "ltr"})
    page = page_of(adam.get("/words/am", headers=ENGLISH))
    assert not page.xpath("//input[@name='version']")
