"""It puts the words of a language on paper, for a speaker to look through."""

import pytest

from checkin.domain.words import LANGUAGES
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import page_of


def test_shows_picture_dutch_home_word_and_room_for_a_better_one(sign_in: SignIn) -> None:
    page = page_of(sign_in("adam").get("/words/ti", headers=ENGLISH))
    rows = page.xpath("//table[@class='sheet']/tbody/tr")
    assert len(rows) == 9 + 6
    picture, dutch, home, better = rows[1].xpath("td")
    assert picture.xpath("img/@src")[0].endswith("/icons/sad.svg")
    assert (dutch.text_content(), home.text_content(), better.text_content()) == (
        "verdrietig",
        "ጓሂ",
        "",
    )
    assert home.get("lang") == "ti"
    assert rows[-1].xpath("td/img/@src")[0].endswith("/icons/coping/strength.svg")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_has_a_sheet_for_every_language(sign_in: SignIn, language) -> None:
    page = page_of(sign_in("inge").get(f"/words/{language.code}", headers=ENGLISH))
    homes = page.xpath(f"//td[@lang='{language.code}']")
    assert len(homes) == 15
    assert language.code == "nl" or {home.get("dir") for home in homes} == {language.direction}
    told = " ".join(page.text_content().split())
    assert ("No speaker of this language has checked" in told) is not language.reviewed


def test_is_made_for_paper(sign_in: SignIn) -> None:
    page = page_of(sign_in("hanna").get("/words/ar"))
    assert page.xpath("//link[contains(@href, 'paper.css')]")


def test_knows_no_other_language(sign_in: SignIn) -> None:
    assert sign_in("adam").get("/words/xx").status_code == 404


def test_is_not_for_a_teacher(sign_in: SignIn) -> None:
    assert sign_in("tess").get("/words/ar").status_code == 403


def test_the_classrooms_page_links_to_all_and_says_which_are_unchecked(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    page = adam.get("/classrooms", headers=ENGLISH)
    links = page_of(page).xpath("//a[starts-with(@href, '/words/')]/@href")
    assert links == [f"/words/{language.code}" for language in LANGUAGES]
    told = words_in(page, "//ul[contains(@class, 'languages')]")
    assert told.count("not yet checked by a speaker") == 14
    assert "Nederlands checked by a speaker" in told


def test_leads_back_to_a_page_one_may_open(sign_in: SignIn) -> None:
    for name, back in (("adam", "/classrooms"), ("inge", "/home")):
        page = page_of(sign_in(name).get("/words/ar"))
        assert back in page.xpath("//main//a/@href")
        assert words(sign_in(name), back)
