"""It explains to whoever asks how a light comes about, with figures made by the rule itself."""

import re

import pytest

from checkin.domain.release import Light, light_of
from checkin.web.explaining import A_CLASS, EXAMPLES, bars_of
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

WORDS, PICTURES = "/how-it-works", "/how-it-works/pictures"


@pytest.mark.parametrize("page", [WORDS, PICTURES])
def test_is_open_to_parents_too(client: PageClient, page: str) -> None:
    for language in ("nl", "en"):
        answer = client.get(page, headers=ENGLISH | {"Accept-Language": language})
        assert answer.status_code == 200


def test_promises_and_says_what_it_cannot_do(client: PageClient) -> None:
    told = words(client, WORDS)
    assert "nobody can find out what you tapped" in told
    assert "What it cannot do" in told
    assert "Fewer than 7 cards in a round" in told
    assert "fewer than 5 pupils nothing" in told


def test_draws_a_bar_for_each_number_of_heavy_cards(client: PageClient) -> None:
    strip = page_of(client.get(WORDS, headers=ENGLISH)).xpath("//*[@class='strip']")[0]
    assert strip.xpath(".//*[@class='strip-heavy']/text()") == [str(n) for n in range(13)]
    plain = [re.search(r"light-(\w+)", href)[1] for href in strip.xpath(".//image/@href")]
    assert plain == [light_of(A_CLASS, heavy).value for heavy in range(13)]


def test_the_table_says_the_same_as_the_bars(client: PageClient) -> None:
    rows = words(client, WORDS, "//table//tbody/tr[3]")
    assert rows == "2 few heavy cards 90% 9% 1%"


def test_the_bars_are_whole(client: PageClient) -> None:
    for bar in bars_of(A_CLASS):
        assert abs(sum(part.size for part in bar.parts) - 100) < 0.05
        assert max(bar.parts, key=lambda part: part.size).light is bar.plain


def test_the_chances_are_those_the_auditor_finds() -> None:
    from tools.audit_release.law import law_of
    from tools.audit_release.rule import THE_APP
    from tools.audit_release.usefulness import light_table

    for bar, exact in zip(
        bars_of(A_CLASS), light_table(THE_APP, law_of(THE_APP, 1), A_CLASS), strict=True
    ):
        for part in bar.parts:
            assert abs(part.size - 100 * float(exact[part.light])) < 0.01


def test_the_sheet_of_pictures_has_no_words_on_paper(client: PageClient) -> None:
    page = page_of(client.get(PICTURES, headers=ENGLISH))
    (main,) = page.xpath("//main")
    on_paper = [
        text.strip()
        for text in main.xpath(
            ".//text()[not(ancestor::*[contains(@class, 'screen-only')]) and not(ancestor::h1)]"
        )
    ]
    assert not [text for text in on_paper if text]
    assert all(main.xpath(".//ol//img/@alt"))


def test_the_sheet_shows_each_light_once() -> None:
    bars = bars_of(A_CLASS)
    assert [bars[n].plain for n in EXAMPLES] == [Light.FEW, Light.SOME, Light.MANY]


def test_every_staff_page_leads_there(sign_in: SignIn, cast: Cast) -> None:
    tess, trend = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
    assert page_of(tess.get("/home")).xpath(f"//footer//a[@href='{WORDS}']")
    assert page_of(tess.get(trend)).xpath(f"//section[@aria-labelledby='why']//a[@href='{WORDS}']")
