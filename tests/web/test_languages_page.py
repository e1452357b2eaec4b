"""It lists the languages of the cards, and lets a school add one without code."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.own_words import MOST_LANGUAGES
from checkin.domain.words import LANGUAGES, Language
from checkin.storage import schools, words
from checkin.storage.database import db
from checkin.storage.rows import OwnWordRow
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words_in
from tests.web.page_checks import PageClient, page_of

AMHARIC = {"code": "am", "name": "አማርኛ", "direction": "ltr"}


def add(client: PageClient, **changes: str) -> TestResponse:
    return client.post("/words", data=AMHARIC | changes, headers=ENGLISH)


def post(client: PageClient, address: str, **form: str) -> TestResponse:
    return client.post(address, data=form, headers=ENGLISH)


def offer(app: Flask, classroom: int, *codes: str) -> None:
    with app.app_context():
        zon = schools.get_classroom(classroom)
        table = schools.Table(zon.card_set, zon.style, codes, 3, None)
        schools.lay_table(classroom, table)
        db.session.commit()


def languages_on(tablet: PageClient) -> list[tuple[str, str]]:
    buttons = page_of(tablet.get("/tablet")).xpath("//button[@data-language]")
    return [(one.get("data-language"), one.get("dir")) for one in buttons]


def test_lists_all_and_says_which_a_speaker_checked(sign_in: SignIn) -> None:
    page = sign_in("inge").get("/words", headers=ENGLISH)
    links = page_of(page).xpath("//ul[contains(@class, 'card-languages')]//a/@href")
    assert links == [f"/words/{language.code}" for language in LANGUAGES]
    told = words_in(page, "//ul[contains(@class, 'card-languages')]")
    assert told.count("not yet checked by a speaker") == 14
    assert "Nederlands Dutch checked by a speaker" in told
    assert "ትግርኛ Tigrinya not yet" in told


def test_adds_a_language_and_leads_to_its_words(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    answer = add(adam, code=" AM ", name=" አማርኛ ")
    assert (answer.status_code, answer.location) == (303, "/words/am")
    page = adam.get("/words/am", headers=ENGLISH)
    assert page_of(page).xpath("//input[@name='happy']/@lang") == ["am"]
    assert "There are no words yet." in words_in(page)
    assert "አማርኛ Amharic your own not yet checked" in words_in(adam.get("/words", headers=ENGLISH))


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"code": "ar"}, "code", "there already"),
        ({"code": "amharic"}, "code", "two or three letters"),
        ({"code": ""}, "code", "two or three letters"),
        ({"name": ""}, "name", "at least one letter"),
        ({"name": "<b>"}, "name", "cannot be in it"),
        ({"name": "x" * 25}, "name", "At most 24"),
        ({"direction": "up"}, "direction", "from which side"),
    ],
)
def test_refuses_what_cannot_be_and_keeps_what_was_typed(
    sign_in: SignIn, changes: dict[str, str], field: str, said: str
) -> None:
    refused = add(sign_in("adam"), **changes)
    assert refused.status_code == 400
    assert said in words_in(refused)
    given = AMHARIC | changes
    page = page_of(refused)
    assert page.xpath("//*[@aria-invalid='true']/@name") == [field]
    assert page.xpath("//input[@name='name']/@value") == [given["name"]]
    assert page.xpath("//input[@name='code']/@value") == [given["code"]]


def test_adds_a_language_once(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    add(adam)
    refused = add(adam, name="Amharic")
    assert (refused.status_code, "there already" in words_in(refused)) == (400, True)


def test_adds_only_so_many(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    with app.app_context():
        for n in range(MOST_LANGUAGES):
            words.set_language(cast.school, Language(f"q{chr(97 + n)}a", f"Taal {chr(97 + n)}"))
        db.session.commit()
    refused = add(sign_in("adam"))
    assert refused.status_code == 400
    assert "at most 20 languages" in words_in(refused)


def test_a_class_can_be_offered_it_and_shows_only_the_words_there_are(
    app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient
) -> None:
    adam = sign_in("adam")
    add(adam, code="ar-SY", name="شامي", direction="rtl")
    post(adam, "/words/ar-SY", happy="فرحان")
    form = {"card_set": "8", "style": "faces", "coping": "off", "undo_seconds": "3"}
    page = page_of(adam.get(f"/classrooms/{cast.zon}/rituals", headers=ENGLISH))
    assert "ar-SY" in page.xpath("//input[@name='languages']/@value")
    chosen = {**form, "languages": ["ar-SY", "nl"], "shows_words": "yes"}
    adam.post(f"/classrooms/{cast.zon}/cards", data=chosen, headers=ENGLISH)
    assert languages_on(tablet) == [("ar-SY", "rtl"), ("nl", "ltr")]
    assert "شامي Arabic (Syria) your own" in words_in(adam.get("/words", headers=ENGLISH))
    cards = page_of(tablet.get("/tablet")).xpath("//button[@data-feeling]")
    shown = [one.xpath(".//*[contains(@class, 'word')][@lang]/text()") for one in cards[:2]]
    assert shown == [["فرحان", "blij"], ["verdrietig"]]


def test_says_dutch_to_a_screen_reader_where_the_language_has_no_word(
    app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient
) -> None:
    add(sign_in("adam"))
    offer(app, cast.zon, "am", "nl")
    said = page_of(tablet.get("/tablet")).xpath("//button[@data-choose='undo']/span[@data-word]")
    assert [(one.get("lang"), one.get("hidden") is None) for one in said] == [
        ("am", True),
        ("nl", False),
    ]
    assert said[0].xpath("span/@lang") == ["nl"]
    assert said[0].text_content().strip() == "terug"


def test_changes_its_name_and_direction(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    add(adam)
    assert post(adam, "/words/am/name", name="Amarigna", direction="rtl").status_code == 303
    page = page_of(adam.get("/words/am", headers=ENGLISH))
    assert page.xpath("//input[@name='happy']/@dir") == ["rtl"]
    assert "Amarigna" in page.xpath("//title/text()")[0]
    refused = post(adam, "/words/am/name", name="", direction="rtl")
    assert (refused.status_code, "at least one letter" in words_in(refused)) == (400, True)


def test_removes_it_with_its_words(app: Flask, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    add(adam)
    post(adam, "/words/am", happy="ደስታ")
    assert post(adam, "/words/am/removal").status_code == 303
    assert adam.get("/words/am").status_code == 404
    with app.app_context():
        assert not db.session.query(OwnWordRow).count()


def test_keeps_it_while_a_class_sees_it(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    add(adam)
    offer(app, cast.zon, "nl", "am")
    told = words_in(adam.post("/words/am/removal", headers=ENGLISH, follow_redirects=True))
    assert "Zon still has this language. Take it off there first." in told
    assert adam.get("/words/am").status_code == 200


def test_no_language_of_the_program_is_renamed_or_removed(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    assert post(adam, "/words/ar/name", name="x", direction="ltr").status_code == 404
    assert post(adam, "/words/ar/removal").status_code == 404
    assert not page_of(adam.get("/words/ar")).xpath("//form[contains(@action, 'removal')]")


def test_stays_within_the_school(sign_in: SignIn) -> None:
    add(sign_in("adam"))
    assert sign_in("anna").get("/words/am").status_code == 404
    assert post(sign_in("anna"), "/words/am/removal").status_code == 404
    assert add(sign_in("anna")).status_code == 303


def test_is_not_for_a_teacher(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.get("/words").status_code == 403
    assert add(tess).status_code == 403


def test_the_classrooms_page_leads_to_every_language(sign_in: SignIn) -> None:
    page = page_of(sign_in("adam").get("/classrooms", headers=ENGLISH))
    links = page.xpath("//ul[contains(@class, 'card-languages')]//a/@href")
    assert links == [f"/words/{language.code}" for language in LANGUAGES]
