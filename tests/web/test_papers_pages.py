"""The school's papers are pages, filled in with the school's own facts and ready to print."""

import pytest
from flask import Flask

from checkin.services import signing_in
from checkin.storage.database import db
from checkin.storage.rows import SchoolRow
from checkin.web.leaflet import CODES
from checkin.web.papers_text import Paper
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

PAPERS = [f"/papers/{paper}" for paper in Paper]
LEAFLETS = [f"/papers/leaflet/{code}" for code in CODES]
EVERYBODY = ("tess", "omar", "inge", "hanna", "adam", "fatma", "otto", "anna")


def test_are_for_the_head_the_care_team_and_the_administrator(
    sign_in: SignIn, client: PageClient, tablet: PageClient
) -> None:
    for page in ("/papers", PAPERS[0], LEAFLETS[0]):
        opened = {name for name in EVERYBODY if sign_in(name).get(page).status_code == 200}
        assert opened == {"inge", "hanna", "adam", "otto", "anna"}
        assert client.get(page).status_code == tablet.get(page).status_code == 303


def test_lists_every_paper_in_both_languages_and_every_leaflet(sign_in: SignIn) -> None:
    links = page_of(sign_in("hanna").get("/papers")).xpath("//main//a/@href")
    assert set(links) >= {f"{p}?language={code}" for p in PAPERS for code in ("nl", "en")}
    assert set(links) >= set(LEAFLETS)


@pytest.mark.parametrize("paper", PAPERS)
def test_is_filled_in_with_the_schools_own_facts(sign_in: SignIn, paper: str) -> None:
    hanna = sign_in("hanna")
    for language in ("nl", "en"):
        page = page_of(hanna.get(f"{paper}?language={language}"))
        (article,) = page.xpath(f"//article[@lang='{language}']")
        told = article.text_content()
        assert "De Brug" in told
        assert "Hanna" in told
        assert "Elders" not in told
        assert "{{" not in told
        assert "<!--" not in told
        assert "held:" not in told
        assert "<table" not in told
        assert len(article.xpath(".//table")) == len(article.xpath(".//div[@class='table-box']"))


def test_is_in_the_readers_language_until_another_is_chosen(sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    for language in ("nl", "en"):
        answer = hanna.get(PAPERS[0], headers=ENGLISH | {"Accept-Language": language})
        assert page_of(answer).xpath("//article/@lang") == [language]
    assert page_of(hanna.get(f"{PAPERS[0]}?language=ar", headers=ENGLISH)).xpath(
        "//article/@lang"
    ) == ["en"]


def test_takes_a_schools_name_as_it_is_written(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    odd = "*De* [Brug](https://elders.example) <b>& Co</b> | `x` {{ 1 }}"
    with app.app_context():
        db.session.get_one(SchoolRow, cast.school).name = odd
        db.session.commit()
    for address in (*PAPERS, LEAFLETS[0]):
        page = page_of(sign_in("hanna").get(address))
        assert odd in page.text_content(), address
        assert not page.xpath("//main//a[contains(@href, 'elders')] | //main//article//b")


def test_leaves_room_for_a_pen_where_nobody_is_head(
    app: Flask, cast: Cast, sign_in: SignIn, clock
) -> None:
    with app.app_context():
        signing_in.leave(cast.people["hanna"], clock())
    told = words(sign_in("adam"), f"{PAPERS[2]}?language=en")
    assert "From: …………" in told


@pytest.mark.parametrize("code", CODES)
def test_a_leaflet_is_in_its_language_and_in_dutch(sign_in: SignIn, code: str) -> None:
    page = page_of(sign_in("inge").get(f"/papers/leaflet/{code}"))
    (leaflet,) = page.xpath("//article")
    direction = "rtl" if code == "ar" else "ltr"
    assert leaflet.get("dir") == direction
    sentences = leaflet.xpath(f".//p[@lang='{code}'][@dir]")
    assert len(sentences) == 1 + 4 + 4 + (code not in ("nl", "en"))
    dutch = leaflet.xpath(".//p[@lang='nl'][@dir='ltr']")
    assert any("één lampje" in one.text_content() for one in dutch)
    pictures = leaflet.xpath(".//img/@src")
    assert len(pictures) == 4 + 9 + 4  # nobody can ask for a talk here yet
    says_so = bool(leaflet.xpath(".//footer"))
    assert says_so is (code not in ("nl", "en"))


def test_there_is_no_paper_or_leaflet_of_another_name(sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    for address in ("/papers/other", "/papers/leaflet/xx", "/papers/leaflet/pl"):
        assert hanna.get(address).status_code == 404
