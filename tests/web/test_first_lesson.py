"""It gives a class its first lesson: who sees what, each card with its words, a rehearsal."""

from typing import Any

import pytest
from flask import Flask

from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from tests.adversary.polling import all_of_database
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words_in
from tests.web.page_checks import page_of


@pytest.fixture
def set_class(app: Flask, cast: Cast) -> Any:
    """Return a function that changes classroom Zon."""

    def change(**columns: object) -> None:
        with app.app_context():
            row = db.session.get_one(ClassroomRow, cast.zon)
            for name, value in columns.items():
                setattr(row, name, value)
            db.session.commit()

    return change


def lesson(cast: Cast, more: str = "") -> str:
    return f"/classrooms/{cast.zon}/first-lesson{more}"


def steps(page: Any) -> list[str]:
    return [str(name) for name in page.xpath("//*[@data-step]/@data-step")]


def test_begins_with_who_sees_what(cast: Cast, sign_in: SignIn) -> None:
    page = page_of(sign_in("tess").get(lesson(cast), headers=ENGLISH))
    (first,) = page.xpath("//*[@data-step][not(@hidden)]")
    pictures = [src.rpartition("/explain/")[2] for src in first.xpath(".//img/@src")]
    assert pictures == [f"sees-{n}.svg" for n in ("1-tap", "2-box", "3-light", "4-nobody")]
    assert "Nobody sees what you tapped" in first.text_content()


def test_shows_each_card_alone_and_not_today_last(
    cast: Cast, sign_in: SignIn, set_class: Any
) -> None:
    set_class(card_set=4)
    page = page_of(sign_in("tess").get(lesson(cast), headers=ENGLISH))
    assert steps(page) == ["sees", *(f"card-{n}" for n in range(1, 6)), "try", "ready"]
    cards = page.xpath("//*[starts-with(@data-step, 'card-')]")
    pictures = [card.xpath(".//*[@data-say-all]/img/@src")[0] for card in cards]
    names = [src.rpartition("/")[2] for src in pictures]
    assert names == ["happy.svg", "sad.svg", "angry.svg", "scared.svg", "pass.svg"]
    assert "I would rather not say today" in cards[-1].text_content()
    assert all("what is this?" in card.text_content() for card in cards[:-1])


def test_gives_each_card_its_word_in_every_language_of_the_class_and_dutch(
    cast: Cast, sign_in: SignIn, set_class: Any
) -> None:
    set_class(languages="ar,ti")
    page = page_of(sign_in("tess").get(lesson(cast)))
    for card in page.xpath("//*[starts-with(@data-step, 'card-')]"):
        said = card.xpath(".//button[@data-say]")
        assert [(one.get("lang"), one.get("dir")) for one in said] == [
            ("ar", "rtl"),
            ("ti", "ltr"),
            ("nl", "ltr"),
        ]
        assert all(one.get("data-say") == one.text_content().strip() != "" for one in said)


def test_points_at_a_sound_where_there_is_one(cast: Cast, sign_in: SignIn, set_class: Any) -> None:
    set_class(languages="nl,ti")
    page = page_of(sign_in("tess").get(lesson(cast)))
    (happy,) = page.xpath("//*[@data-step='card-1']//button[@lang='nl']")
    assert happy.get("data-sound").endswith("/audio/nl/happy.mp3")
    (silent,) = page.xpath("//*[@data-step='card-1']//button[@lang='ti']")
    assert silent.get("data-sound") == ""


def test_shows_what_helps_only_to_a_class_that_is_asked(
    cast: Cast, sign_in: SignIn, set_class: Any
) -> None:
    tess = sign_in("tess")
    assert "helps" not in steps(page_of(tess.get(lesson(cast))))
    set_class(coping="check-out")
    page = page_of(tess.get(lesson(cast)))
    assert len(page.xpath("//*[@data-step='helps']//img[contains(@src, '/coping/')]")) == 6


def test_keeps_to_the_pictures_of_the_class(cast: Cast, sign_in: SignIn, set_class: Any) -> None:
    set_class(style="faceless")
    page = page_of(sign_in("tess").get(lesson(cast)))
    assert page.xpath("//*[@data-step='card-1']//img[contains(@src, '/faceless/happy.svg')]")


def test_has_what_to_say_on_paper(cast: Cast, sign_in: SignIn, set_class: Any) -> None:
    set_class(coping="check-in")
    sheet = sign_in("tess").get(lesson(cast, "/sheet"), headers=ENGLISH)
    assert len(page_of(sheet).xpath("//ol/li")) == 6
    assert "Never ask a child what it tapped" in words_in(sheet)


def test_rehearses_on_the_pupils_own_screen(cast: Cast, sign_in: SignIn, set_class: Any) -> None:
    set_class(card_set=6, coping="check-out")
    page = page_of(sign_in("tess").get(lesson(cast, "/practice"), headers=ENGLISH))
    assert len(page.xpath("//*[@data-screen='cards']//button[@data-feeling]")) == 7
    assert page.xpath("//*[@data-screen='coping']")
    assert "Practice: nothing is kept or sent." in page.find(".//body").text_content()
    scripts = page.xpath("//script/@src")
    assert [src.rpartition("/js/")[2] for src in scripts] == ["staff/lesson-practice.js"]


def test_stores_nothing(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    tess.get(lesson(cast))
    with app.app_context():
        before = all_of_database()
    for more in ("", "/sheet", "/practice"):
        assert tess.get(lesson(cast, more)).status_code == 200
    with app.app_context():
        assert all_of_database() == before


@pytest.mark.parametrize("more", ["", "/sheet", "/practice"])
def test_is_for_those_who_keep_the_class(cast: Cast, sign_in: SignIn, more: str) -> None:
    for name, status in [("hanna", 200), ("omar", 403), ("inge", 403), ("anna", 404)]:
        assert sign_in(name).get(lesson(cast, more)).status_code == status, name
