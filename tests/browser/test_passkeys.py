"""Passkeys in a real browser: made, used, lost, and copied by somebody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from sqlalchemy import delete, select

from checkin.services import signing_in
from checkin.storage.database import db
from checkin.storage.rows import PasskeyRow, SessionRow
from tests.browser.conftest import Served
from tests.school import PASSWORD

ADDRESS = "inge@school.example"


class Device:
    """A laptop with a finger reader, as the browser plays it."""

    def __init__(self, page: Page, verifies: bool = True) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": verifies,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = {"authenticatorId": made["authenticatorId"]}

    def credentials(self) -> list[dict]:
        return self.session.send("WebAuthn.getCredentials", self.id)["credentials"]

    def lose(self) -> None:
        self.session.send("WebAuthn.clearCredentials", self.id)

    def count_back_to(self, count: int) -> None:
        """Be a copy of the device as it was some sign-ins ago."""
        (credential,) = self.credentials()
        self.lose()
        older = credential | {"signCount": count}
        self.session.send("WebAuthn.addCredential", {**self.id, "credential": older})


@pytest.fixture
def page(served: Served, chromium: Browser) -> Iterator[Page]:
    """The browser of an IB'er who has just signed in, at a name and not at a number."""
    served.url = served.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    sign_in(served, page)
    yield page
    context.close()


def sign_in(served: Served, page: Page) -> None:
    token = signing_in.sign_in(ADDRESS, PASSWORD, served.clock())
    cookie = {"name": "checkin_session", "value": token, "url": served.url}
    page.context.add_cookies([cookie])


def add_passkey(served: Served, page: Page) -> None:
    page.goto(f"{served.url}/account/factors")
    page.get_by_label("What do you call it?").fill("Laptop at school")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def use_passkey(served: Served, page: Page) -> None:
    page.context.clear_cookies(name="checkin_session")
    page.goto(f"{served.url}/sign-in?next=/structure")
    page.get_by_role("button", name="Sign in with a passkey").click()


def kept() -> PasskeyRow:
    db.session.rollback()
    return db.session.scalars(select(PasskeyRow)).one()


def test_a_passkey_alone_signs_in(served: Served, page: Page) -> None:
    Device(page)
    add_passkey(served, page)
    page.get_by_role("button", name="Show my recovery codes").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    use_passkey(served, page)
    page.wait_for_url(f"{served.url}/structure")
    assert kept().label == "Laptop at school"
    db.session.rollback()
    assert "passkey" in db.session.scalars(select(SessionRow.way)).all()

    page.context.clear_cookies()  # beside a password, it is the second step
    page.goto(f"{served.url}/sign-in?next=/structure")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{served.url}/structure")


def test_a_copy_that_counts_back_stops_the_passkey(served: Served, page: Page) -> None:
    device = Device(page)
    add_passkey(served, page)
    for _ in range(2):
        use_passkey(served, page)
        page.wait_for_url(f"{served.url}/structure")
    count = kept().counter
    assert count >= 2
    device.count_back_to(0)
    use_passkey(served, page)
    expect(page.get_by_role("alert")).to_have_text("This passkey opens nothing here.")
    assert kept().stopped_on is not None
    device.count_back_to(count + 5)
    use_passkey(served, page)  # nor does the true one open anything now
    expect(page.get_by_role("alert")).to_have_text("This passkey opens nothing here.")
    with pytest.raises(signing_in.SecondStepAsked):
        signing_in.sign_in(ADDRESS, PASSWORD, served.clock())


def test_a_passkey_that_was_removed_here_or_lost_there_says_so(served: Served, page: Page) -> None:
    device = Device(page)
    add_passkey(served, page)
    db.session.execute(delete(PasskeyRow))
    db.session.commit()
    use_passkey(served, page)
    expect(page.get_by_role("alert")).to_have_text("This passkey opens nothing here.")
    device.lose()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("That was broken off. You can try again.")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_a_device_that_does_not_ask_whose_hand_it_is_adds_none(served: Served, page: Page) -> None:
    Device(page, verifies=False)
    page.goto(f"{served.url}/account/factors")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("broken off")
    assert db.session.scalars(select(PasskeyRow)).all() == []


def test_a_bare_number_has_no_passkeys(served: Served, page: Page) -> None:
    number = served.url.replace("localhost", "127.0.0.1")
    token = signing_in.sign_in(ADDRESS, PASSWORD, served.clock())
    cookie = {"name": "checkin_session", "value": token, "url": number}
    page.context.add_cookies([cookie])
    page.goto(f"{number}/account/factors")
    expect(page.get_by_text("Passkeys do not work at this address")).to_be_visible()
    page.goto(f"{number}/sign-in")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
