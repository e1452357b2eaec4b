"""A flag closed by mistake is reopened with a reason, by the care team or whoever closed it."""

from datetime import date

import pytest
from flask import Flask

from checkin.domain.flags import Step
from checkin.services import presence
from checkin.storage import flags, staff
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, about, add_flag, words, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.test_flags_two_at_once import seen_in
from tests.web.test_who_acts_may_open import bring_to, flag

__all__ = ["flag"]

WHY = {"note": "Verkeerde knop.", "reopening": "1"}
HISTORY = "//section[@aria-labelledby='steps']"


def close(client: PageClient, flag: int, outcome: str = "talked") -> None:
    assert client.post(f"{about(flag)}/closure", data={"outcome": outcome}).status_code == 303


def form_of(client: PageClient, flag: int) -> list[object]:
    page = page_of(client.get(about(flag)))
    return list(page.xpath(f"//form[@action='{about(flag)}/reopening']"))


def test_the_form_is_on_the_page_and_the_history_says_who_and_why(
    sign_in: SignIn, flag: int
) -> None:
    inge = sign_in("inge")
    assert not form_of(inge, flag)
    close(inge, flag, "new-usual")
    assert form_of(inge, flag)
    assert inge.post(f"{about(flag)}/reopening", data=WHY).status_code == 303
    told = words(inge, about(flag), HISTORY)
    assert "Closed: This is the new usual for this class" in told
    assert "Reopened" in told
    assert told.endswith("Inge Verkeerde knop.")
    assert "No flag was closed" in words(inge, "/review", "//section[@aria-labelledby='decisions']")
    assert "Zon" in words(inge, "/review", "//section[@aria-labelledby='new']")


def test_a_reason_is_asked_for(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    close(inge, flag)
    refused = inge.post(f"{about(flag)}/reopening", data={"note": "  "}, headers=ENGLISH)
    assert refused.status_code == 400
    assert "Write in a few words why it is opened again." in words_in(refused)


def test_a_program_gets_the_flag(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    close(inge, flag)
    answer = inge.post(f"{about(flag)}/reopening", data=WHY, headers=JSON)
    assert (answer.status_code, answer.json["flag"]["state"]) == (200, "raised")


def test_the_second_form_does_nothing_and_says_who_was_first(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    close(inge, flag)
    action = f"{about(flag)}/reopening"
    form = WHY | {"seen": seen_in(inge, about(flag), action)}
    assert inge.post(action, data=form).status_code == 303
    refused = inge.post(action, data=form, headers=ENGLISH)
    assert refused.status_code == 409
    assert "You did this yourself already" in words_in(refused, "//p[@role='alert']")
    assert "Verkeerde knop." in str(page_of(refused).xpath("string(//textarea[@id='note-only'])"))


def test_after_seven_days_it_stays_closed_and_says_so(
    sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    close(sign_in("inge"), flag)
    clock.pass_time(days=8)
    inge = sign_in("inge")
    assert not form_of(inge, flag)
    refused = inge.post(f"{about(flag)}/reopening", data=WHY, headers=ENGLISH)
    assert refused.status_code == 409
    assert "more than seven days ago" in words_in(refused)
    assert "Verkeerde knop." in words_in(refused)


def test_where_it_goes_on_in_a_newer_flag_that_one_is_pointed_at(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int
) -> None:
    inge = sign_in("inge")
    close(inge, flag)
    newer = add_flag(app, cast, date(2026, 11, 24))
    assert not form_of(inge, flag)
    refused = inge.post(f"{about(flag)}/reopening", data=WHY, headers=ENGLISH)
    assert refused.status_code == 409
    assert "It stays closed: this goes on in a newer flag" in words_in(refused)
    assert page_of(refused).xpath(f"//p[@class='notice is-look']/a[@href='{about(newer)}']")


@pytest.mark.parametrize("name", ["tess", "omar", "hanna", "adam"])
def test_is_for_the_care_team(sign_in: SignIn, flag: int, name: str) -> None:
    close(sign_in("inge"), flag)
    assert sign_in(name).post(f"{about(flag)}/reopening", data=WHY).status_code == 403


def test_whoever_closed_it_in_her_place_may_too(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    bring_to(app, flag, "ib")
    with app.app_context():
        inge, day = staff.find_person(cast.people["inge"]), clock().date()
        assert inge is not None
        presence.note_absence(inge, inge.id, day, day, clock())
    omar = sign_in("omar")
    close(omar, flag)
    assert form_of(omar, flag)
    assert omar.post(f"{about(flag)}/reopening", data=WHY).status_code == 303
    with app.app_context():
        found = flags.find_flag(flag)
        assert found is not None
        assert (found.events[-1].step, found.is_closed) == (Step.REOPENED, False)


def test_the_page_of_a_closed_flag_asks_for_nothing_more(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    for _ in range(2):
        inge.post(f"{about(flag)}/handing-on", data={"note": "Voor jullie."})
    assert "This step asks for the talk" in words(inge, about(flag))
    close(inge, flag)
    assert "This step asks for the talk" not in words(inge, about(flag))
