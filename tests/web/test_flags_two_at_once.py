"""Two people at the same flag: whoever is second is told what the first did, and loses nothing."""

import pytest
from flask import Flask

from checkin.storage import flags
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, JSON, about, words, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.test_who_acts_may_open import flag

__all__ = ["flag"]


def seen_in(client: PageClient, address: str, action: str) -> str:
    page = page_of(client.get(address))
    return str(page.xpath(f"string(//form[@action='{action}']//input[@name='seen']/@value)"))


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("handing-on", {"note": "Voor jullie.", "handing": "1"}),
        ("closure", {"outcome": "talked", "note": "Voor jullie."}),
        ("assignment", {"note": "Voor jullie."}),
    ],
)
def test_the_second_form_does_nothing_and_says_who_was_first(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int, step: str, form: dict[str, str]
) -> None:
    inge, action = sign_in("inge"), f"{about(flag)}/{step}"
    seen = seen_in(inge, about(flag), action)
    tess = sign_in("tess")
    tess.post(f"{about(flag)}/taking-up")
    sent = form | {"seen": seen, "person": str(cast.people["omar"])}
    refused = inge.post(action, data=sent, headers=ENGLISH)
    assert refused.status_code == 409
    assert "Tess did this: Put in the hands of Tess" in words_in(refused, "//p[@role='alert']")
    with app.app_context():
        now = flags.find_flag(flag)
        assert now is not None
        assert (now.assigned_to, now.at_step) == (cast.people["tess"], "")
    again = page_of(refused)
    if step != "assignment":
        kept = again.xpath(f"string(//form[@action='{action}']//textarea)")
        assert kept == "Voor jullie."
    fresh = again.xpath(f"string(//form[@action='{action}']//input[@name='seen']/@value)")
    assert inge.post(action, data=sent | {"seen": fresh}).status_code == 303


def test_a_form_sent_twice_moves_it_one_step(app: Flask, sign_in: SignIn, flag: int) -> None:
    inge, action = sign_in("inge"), f"{about(flag)}/handing-on"
    form = {"note": "Voor jullie.", "seen": seen_in(inge, about(flag), action)}
    assert inge.post(action, data=form).status_code == 303
    second = inge.post(action, data=form, headers=ENGLISH)
    assert second.status_code == 409
    assert "You did this yourself already" in words_in(second, "//p[@role='alert']")
    with app.app_context():
        now = flags.find_flag(flag)
        assert now is not None
        assert now.at_step == "met-ib"


def test_a_program_is_told_in_its_way(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    inge.post(f"{about(flag)}/acknowledgement")
    form = {"outcome": "talked", "note": "", "seen": "1"}
    answer = inge.post(f"{about(flag)}/closure", data=form, headers=JSON | ENGLISH)
    assert answer.status_code == 409
    assert "You did this yourself already" in answer.json["error"]


def test_a_decision_in_the_review_waits_for_a_second_look(
    cast: Cast, sign_in: SignIn, flag: int
) -> None:
    inge, action = sign_in("inge"), f"{about(flag)}/decisions"
    form = {"kind": "look", "note": "Vrijdag.", "who": str(cast.people["omar"])}
    form |= {"seen": seen_in(inge, "/review", action)}
    sign_in("tess").post(f"{about(flag)}/taking-up")
    refused = inge.post(action, data=form, headers=ENGLISH)
    assert refused.status_code == 409
    assert "Put in the hands of Tess" in words_in(refused)
    assert page_of(refused).xpath(f"//input[@id='note-flag-{flag}']/@value") == ["Vrijdag."]
    assert "Omar" not in words(inge, about(flag), "//section[@aria-labelledby='steps']")
