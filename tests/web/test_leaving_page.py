"""The page of leaving marks all that is missing, and offers nothing that cannot be done."""

from tests.web.conftest import Cast
from tests.web.joining import ENGLISH, text_of
from tests.web.page_checks import PageClient, page_of
from tests.web.test_leaving import Held, adam, all_to, held, let_go

__all__ = ["adam", "held"]


def test_all_that_is_missing_is_marked_at_once_with_the_first_in_focus(
    held: Held, cast: Cast, adam: PageClient
) -> None:
    whole = all_to(held, cast)
    refused = let_go(adam, held, {"talks": whole["talks"], "pain": "999999"})
    page = page_of(refused)
    wrong = page.xpath("//select[@aria-invalid]/@name")
    assert set(wrong) == whole.keys() - {"talks"}
    assert page.xpath("//*[@autofocus]/@name") == wrong[:1] == ["flags"]
    assert f"Nothing has happened yet: {len(wrong)} lines are marked in red." in text_of(refused)
    assert "This choice is not there any more." in text_of(refused)


def test_who_left_can_be_invited_back_from_their_own_page(
    held: Held, cast: Cast, adam: PageClient
) -> None:
    assert let_go(adam, held, all_to(held, cast)).status_code == 303
    page = page_of(adam.get(f"/staff/{held.people['tess']}"))
    assert page.xpath(f"//main//a[@href='/staff/{held.people['tess']}/return']")


def test_ones_own_page_offers_nothing_that_others_do(cast: Cast, adam: PageClient) -> None:
    own = f"/staff/{cast.people['adam']}"
    page = page_of(adam.get(own, headers=ENGLISH))
    assert [one.get("action") for one in page.xpath("//main//form")] == [own]
    assert page.xpath("//main//a[@href='/account']")
    leaving = adam.get(f"{own}/leaving", headers=ENGLISH)
    assert "Nobody lets themselves go." in text_of(leaving) or "last administrator" in leaving.text
    assert page_of(leaving).xpath("//main//form") == []
