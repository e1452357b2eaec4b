"""A device that was a tablet shows pupils a picture, and staff how to make it one again."""

import pytest
from flask import Flask

from checkin.services import enrolling
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, words_in
from tests.web.page_checks import PageClient, page_of


@pytest.fixture
def revoked(app: Flask, tablet: PageClient, cast: Cast, clock: HeldClock) -> PageClient:
    """The tablet of classroom Zon, a moment after it was taken out of use."""
    with app.app_context():
        enrolling.revoke(1, cast.people["adam"], clock())
    return tablet


@pytest.mark.parametrize("address", ["/", "/tablet"])
def test_it_shows_a_grown_up_and_no_sign_in_form(revoked: PageClient, address: str) -> None:
    moved = revoked.get(address)
    assert (moved.status_code, moved.location) == (303, "/tablet/grown-up")
    answer = revoked.get("/tablet/grown-up", headers=ENGLISH)
    page = page_of(answer)
    assert page.xpath("//main//*[@role='img']/@aria-label") == ["Ask a grown-up"]
    assert not page.xpath("//form | //input | //button")
    assert page.xpath("//a/@href") == ["/tablet/enrolment", "/sign-in"]
    assert "For staff" in words_in(answer)


def test_programs_are_told_as_before(revoked: PageClient) -> None:
    for address in ("/", "/tablet", "/tablet/today"):
        assert revoked.get(address, headers=JSON).status_code == 401


def test_staff_who_sign_in_on_it_come_home(revoked: PageClient, sign_in: SignIn) -> None:
    adam = sign_in("adam")
    adam.set_cookie("checkin_tablet", revoked.get_cookie("checkin_tablet").value)
    assert adam.get("/").status_code == 200
    assert adam.get("/tablet").location == "/tablet/grown-up"


@pytest.mark.parametrize("token", ["", "never a tablet's"])
def test_any_other_device_is_shown_where_to_sign_in(client: PageClient, token: str) -> None:
    client.set_cookie("checkin_tablet", token)
    assert client.get("/").location == "/sign-in"
    assert client.get("/tablet").location.startswith("/sign-in")


def test_a_tablet_in_use_is_led_to_its_cards(tablet: PageClient) -> None:
    assert tablet.get("/tablet/grown-up").location == "/tablet"


def test_only_a_tablet_in_use_is_told_to_send_its_cards_first(revoked: PageClient) -> None:
    told = words_in(revoked.get("/tablet/enrolment", headers=ENGLISH), "//*[@data-held-back]")
    assert "can no longer be sent" in told
    assert "Open the cards" not in told
    assert "Send them first" not in told


def test_a_tablet_in_use_can_still_send_its_cards(tablet: PageClient) -> None:
    told = words_in(tablet.get("/tablet/enrolment", headers=ENGLISH), "//*[@data-held-back]")
    assert "Send them first" in told
    assert "Open the cards" in told
