"""It puts the words of a language on paper, for a speaker to look through."""

import pytest

from checkin.domain.words import LANGUAGES, PUPIL_WORDS
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import page_of

ROWS = "//table[contains(@class, 'sheet')]/tbody/tr[td]"


def test_shows_picture_dutch_home_word_a_box_and_room_for_a_better_one(sign_in: SignIn) -> None:
    page = page_of(sign_in("adam").get("/words/ti/sheet", headers=ENGLISH))
    rows = page.xpath(ROWS)
    assert len(rows) == len(PUPIL_WORDS)
    picture, dutch, home, box, better = rows[1].xpath("td")
    assert picture.xpath("img/@src")[0].endswith("/icons/sad.svg")
    assert [one.text_content() for one in (dutch, home, box, better)] == [
        "verdrietig",
        "ጓሂ",
        "",
        "",
    ]
    assert home.get("lang") == "ti"
    assert box.xpath("span[@class='sheet-box']")


def test_says_who_looked_without_a_name_and_when(sign_in: SignIn) -> None:
    asked = words(sign_in("adam"), "/words/ti/sheet", "//dl")
    assert asked == "Who looked (parent, interpreter, colleague; no name needed) Date"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_has_a_sheet_for_every_language(sign_in: SignIn, language) -> None:
    page = page_of(sign_in("inge").get(f"/words/{language.code}/sheet", headers=ENGLISH))
    homes = page.xpath(f"//td[@lang='{language.code}']")
    assert len(homes) == len(PUPIL_WORDS)
    assert language.code == "nl" or {home.get("dir") for home in homes} == {language.direction}
    pictures = page.xpath(f"{ROWS}//img/@src")
    assert len(pictures) == len(PUPIL_WORDS)
    told = " ".join(page.text_content().split())
    assert ("not yet checked by a speaker" in told) is not language.reviewed


def test_every_picture_is_there(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    page = page_of(adam.get("/words/ar/sheet"))
    for address in set(page.xpath(f"{ROWS}//img/@src")):
        assert adam.get(address).status_code == 200, address


def test_shows_the_words_of_the_school_and_leaves_room_where_there_is_none(
    sign_in: SignIn,
) -> None:
    adam = sign_in("adam")
    adam.post("/words", data={"code": "am", "name": "አማርኛ", "direction": "ltr"})
    adam.post("/words/am", data={"sad": "ሐዘን"})
    page = page_of(adam.get("/words/am/sheet", headers=ENGLISH))
    homes = [home.text_content() for home in page.xpath("//td[@lang='am']")]
    assert homes[:3] == ["", "ሐዘን", ""]


def test_is_made_for_paper(sign_in: SignIn) -> None:
    page = page_of(sign_in("hanna").get("/words/ar/sheet"))
    assert page.xpath("//link[contains(@href, 'paper.css')]")


def test_knows_no_other_language_and_is_not_for_a_teacher(sign_in: SignIn) -> None:
    assert sign_in("adam").get("/words/xx/sheet").status_code == 404
    assert sign_in("tess").get("/words/ar/sheet").status_code == 403


def test_leads_back_to_the_words(sign_in: SignIn) -> None:
    page = page_of(sign_in("inge").get("/words/ar/sheet"))
    assert "/words/ar" in page.xpath("//main//a/@href")
