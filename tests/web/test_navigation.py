"""The bar above the pages fits: what is not needed every day stands behind 'More'."""

import re
from pathlib import Path

import pytest

from checkin.web.navigation import MOST
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import page_of

TEMPLATES = Path(__file__).parents[2] / "checkin" / "templates"
BAR = "//nav[@aria-label='Parts of checkin']"
MORE = f"{BAR}//details[@class='more']"


@pytest.mark.parametrize("name", ["hanna", "adam", "inge"])
def test_holds_no_more_than_fits_and_the_rest_opens_with_a_key(sign_in: SignIn, name: str) -> None:
    page = page_of(sign_in(name).get("/home", headers=ENGLISH))
    beside = page.xpath(f"{BAR}/ul/li")
    assert len(beside) <= MOST + 1
    kept = page.xpath(f"{MORE}//a/@href")
    assert {"/calendar", "/export"} <= set(kept)
    assert [one.text_content() for one in page.xpath(f"{MORE}/summary")] == ["More"]


def test_says_where_somebody_is_while_it_is_closed(sign_in: SignIn) -> None:
    adam = sign_in("adam")
    assert words(adam, "/staff", f"{MORE}/summary[@class='is-current']") == "More: Staff"
    assert words(adam, "/staff", f"{MORE}//a[@aria-current='page']") == "Staff"
    assert not page_of(adam.get("/staff", headers=ENGLISH)).xpath(f"{MORE}[@open]")


def test_has_everything_beside_each_other_where_that_fits(sign_in: SignIn) -> None:
    page = page_of(sign_in("tess").get("/home", headers=ENGLISH))
    assert not page.xpath(MORE)
    assert len(page.xpath(f"{BAR}/ul/li/a")) == 5


def test_every_table_that_scrolls_can_be_reached_with_a_key_and_has_a_name() -> None:
    found = [
        box
        for file in TEMPLATES.rglob("*.html")
        for box in re.findall(r'<div class="table-box[^>]*>', file.read_text(encoding="utf-8"))
    ]
    assert len(found) > 15
    assert [
        box
        for box in found
        if 'tabindex="0"' not in box or "role=" not in box or "aria-label" not in box
    ] == []
