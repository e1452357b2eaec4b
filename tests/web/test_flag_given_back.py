"""Whoever was given a flag says that it is done, or gives it back: the care team decides anew."""

import pytest
from flask import Flask

from checkin.domain.flags import Step
from checkin.services import mailing_occasions
from checkin.storage import flags
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, about, words, words_in
from tests.web.page_checks import page_of
from tests.web.test_who_acts_may_open import flag

__all__ = ["flag"]


@pytest.fixture
def given(sign_in: SignIn, cast: Cast, flag: int) -> int:
    """A flag in the hands of Omar, who teaches another class."""
    form = {"person": cast.people["omar"]}
    assert sign_in("inge").post(f"{about(flag)}/assignment", data=form).status_code == 303
    return flag


def give_back(sign_in: SignIn, flag: int, note: str = "Met de klas gepraat.") -> int:
    form = {"note": note, "giving": "1"}
    answer = sign_in("omar").post(f"{about(flag)}/giving-back", data=form)
    return answer.status_code


def test_is_new_again_in_the_review_with_who_and_what(sign_in: SignIn, given: int) -> None:
    assert give_back(sign_in, given) == 303
    told = words(sign_in("inge"), "/review", "//section[@aria-labelledby='new']")
    assert "given back Omar: Met de klas gepraat." in told


def test_its_role_has_it_with_new_days(sign_in: SignIn, given: int) -> None:
    give_back(sign_in, given)
    told = words(sign_in("inge"), about(given))
    assert "Given back; Leerkracht of mentor has it now" in told
    assert "At the latest Thursday 26 November" in told
    assert sign_in("omar").get(about(given)).status_code == 403


def test_where_the_role_is_the_same_person_it_goes_above(sign_in: SignIn, flag: int) -> None:
    tess = sign_in("tess")
    tess.post(f"{about(flag)}/taking-up")
    form = {"note": "Lukt mij niet."}
    assert tess.post(f"{about(flag)}/giving-back", data=form).status_code == 303
    assert "with Intern begeleider: Inge" in words(tess, about(flag))


def test_asks_for_a_few_words(sign_in: SignIn, given: int) -> None:
    omar = sign_in("omar")
    refused = omar.post(f"{about(given)}/giving-back", data={"giving": "1"}, headers=ENGLISH)
    assert refused.status_code == 400
    assert "what was done, or why you give it back" in words_in(refused)


def test_the_button_is_for_who_has_it(sign_in: SignIn, given: int) -> None:
    action = f"//form[@action='{about(given)}/giving-back']"
    assert page_of(sign_in("omar").get(about(given))).xpath(action)
    assert not page_of(sign_in("inge").get(about(given))).xpath(action)
    assert (
        sign_in("inge").post(f"{about(given)}/giving-back", data={"note": "x"}).status_code == 403
    )


def test_the_care_team_gets_a_mail(
    app: Flask, cast: Cast, sign_in: SignIn, given: int, clock: HeldClock
) -> None:
    before = clock()
    clock.pass_time(minutes=20)
    give_back(sign_in, given)
    clock.pass_time(minutes=20)
    with app.app_context():
        found = mailing_occasions.occasions(cast.school, before, clock())
        whom = {one.staff for one in found if Step.GIVEN_BACK.value in one.key}
        assert whom == {cast.people["inge"], cast.people["tess"]}
        assert flags.find_flag(given) is not None
