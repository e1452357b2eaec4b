"""What was handed on by mistake goes back one step, by whoever decides about it."""

import pytest
from flask import Flask

from checkin.storage import flags
from tests.web.conftest import SignIn
from tests.web.living import ENGLISH, about, words, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.test_flag_path import flag, hand_on

__all__ = ["flag"]

WHY = {"note": "Te vroeg.", "putting": "1"}


def put_back(client: PageClient, flag: int) -> int:
    return client.post(f"{about(flag)}/putting-back", data=WHY).status_code


def step_of(app: Flask, flag: int) -> str:
    with app.app_context():
        found = flags.find_flag(flag)
        assert found is not None
        return found.at_step


def test_goes_back_the_way_it_came_to_where_it_began(
    app: Flask, sign_in: SignIn, flag: int
) -> None:
    inge, trail = sign_in("inge"), []
    hand_on(inge, flag, times=2)
    for _ in range(2):
        assert put_back(inge, flag) == 303
        trail.append(step_of(app, flag))
    assert trail == ["met-ib", "in-de-klas"]
    told = words(inge, about(flag))
    assert "Put back one step; Leerkracht of mentor has it now" in told
    assert "Te vroeg." in told
    assert "with Leerkracht of mentor: Tess" in told
    assert "At the latest Thursday 26 November" in told
    hand_on(inge, flag)
    assert step_of(app, flag) == "met-ib"


def test_is_offered_only_where_it_was_handed_on(sign_in: SignIn, flag: int) -> None:
    inge, form = sign_in("inge"), f"//form[@action='{about(flag)}/putting-back']"
    assert not page_of(inge.get(about(flag))).xpath(form)
    refused = inge.post(f"{about(flag)}/putting-back", data=WHY, headers=ENGLISH)
    assert refused.status_code == 409
    assert "It was not handed on" in words_in(refused)
    assert page_of(refused).xpath("string(//textarea[@id='note-only'])").strip() == "Te vroeg."
    hand_on(inge, flag)
    assert page_of(inge.get(about(flag))).xpath(form)


def test_asks_why_and_for_who_was_first(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    hand_on(inge, flag)
    assert inge.post(f"{about(flag)}/putting-back").status_code == 400
    stale = WHY | {"seen": "1"}
    refused = inge.post(f"{about(flag)}/putting-back", data=stale, headers=ENGLISH)
    assert refused.status_code == 409
    assert page_of(refused).xpath("string(//textarea[@id='note-put-back'])").strip() == "Te vroeg."


@pytest.mark.parametrize("name", ["tess", "omar", "hanna"])
def test_is_done_by_the_care_team(sign_in: SignIn, flag: int, name: str) -> None:
    hand_on(sign_in("inge"), flag)
    assert put_back(sign_in(name), flag) == 403
