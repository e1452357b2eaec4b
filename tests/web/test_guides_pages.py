"""The guides are pages of the app for everybody who works with it, their own role's first."""

from pathlib import Path

import pytest

from checkin.web import guides_text
from checkin.web.guides_text import Guide
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
ADDRESSES = [(guide, language) for guide in Guide for language in ("nl", "en")]


def test_are_for_whoever_is_signed_in_and_never_on_a_tablet(
    sign_in: SignIn, client: PageClient, tablet: PageClient
) -> None:
    for page in ("/help", "/help/teacher", "/help/pictures/nl/class.png"):
        assert sign_in("tess").get(page).status_code == 200
        assert client.get(page).status_code == tablet.get(page).status_code == 303
    assert "/help" not in tablet.get("/tablet").text


def test_every_page_of_staff_leads_to_them(sign_in: SignIn, client: PageClient) -> None:
    link = "//footer//a[@href='/help']"
    assert page_of(sign_in("omar").get("/home")).xpath(link)
    assert not page_of(client.get("/sign-in")).xpath(link)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("tess", ["/help/teacher", "/help/first-lesson", "/help/parents"]),
        ("inge", ["/help/ib", "/help/parents"]),
        ("adam", ["/help/ict"]),
    ],
)
def test_lists_those_for_ones_own_role_first(sign_in: SignIn, name: str, own: list[str]) -> None:
    page = page_of(sign_in(name).get("/help"))
    assert page.xpath("//section[@aria-labelledby='own']//a/@href") == own
    others = page.xpath("//section[@aria-labelledby='others']//a/@href")
    assert {*own, *others} == {f"/help/{guide.value}" for guide in Guide}


@pytest.mark.parametrize(("guide", "language"), ADDRESSES)
def test_shows_all_of_a_guide_with_its_pictures_and_no_link_that_leads_nowhere(
    sign_in: SignIn, guide: Guide, language: str
) -> None:
    tess = sign_in("tess")
    answer = tess.get(f"/help/{guide.value}?language={language}")
    (article,) = page_of(answer).xpath(f"//article[@lang='{language}']")
    name = guides_text.DUTCH_FILES[guide] if language == "nl" else guide.value
    text = (GUIDES / language / f"{name}.md").read_text(encoding="utf-8")
    assert len(article.xpath(".//h2")) == text.count("\n## ")
    assert len(article.xpath(".//img[@alt!='']")) == text.count("![")
    assert len(article.xpath(".//div[@class='table-box']/table")) == text.count("\n|---")
    assert "<table" not in article.text_content()
    assert not article.xpath(".//a[not(@href)]")
    for leads_to in article.xpath(".//a/@href | .//img/@src"):
        assert tess.get(leads_to).status_code == 200
    assert not article.xpath(".//a[contains(@href, '.md')]")
    assert "](" not in answer.text


def test_is_in_the_readers_own_language_unless_the_other_is_asked(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert "For the teacher, in ten minutes" in words(tess, "/help/teacher", "//h1")
    other = page_of(tess.get("/help/teacher", headers=ENGLISH)).xpath("//a[@hreflang='nl']/@href")
    assert "Voor de leerkracht" in words(tess, other[0], "//h1")


@pytest.mark.parametrize("picture", ["nl/../../ib.md", "nl/none.png", "xx/class.png", "class.png"])
def test_gives_no_file_that_is_no_picture_of_a_guide(sign_in: SignIn, picture: str) -> None:
    assert sign_in("tess").get(f"/help/pictures/{picture}").status_code == 404
