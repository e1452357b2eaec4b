"""The talk with parents: its day, its answers, and how a wrong one is taken back."""

import pytest
from flask import Flask

from checkin.domain.flags import FlagState, Step
from checkin.storage import flags
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, SignIn
from tests.web.living import ENGLISH, about, words, words_in
from tests.web.page_checks import page_of
from tests.web.test_flag_path import TALK, flag

__all__ = ["flag"]

ASKS = "This step asks for the talk"


@pytest.fixture
def asking(app: Flask, flag: int) -> int:
    """A flag at the step that asks for the talk."""
    with app.app_context():
        step = (Step.HANDED_ON, FlagState.ACKNOWLEDGED, MONDAY_MORNING)
        flags.add_step(flag, *step, at_step="in-het-team")
        db.session.commit()
    return flag


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"talked_on": "2026-07-31"}, "before this school year"),
        ({"talked_on": "2025-11-20"}, "before this school year"),
        ({"consent": "not-asked", "consent_on": "2026-11-20"}, "that it was not asked"),
        ({"consent_on": "2026-11-19"}, "on the day of the talk, or later"),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_told_and_the_rest_stays(
    sign_in: SignIn, flag: int, wrong: dict[str, str], why: str
) -> None:
    refused = sign_in("inge").post(f"{about(flag)}/parents", data=TALK | wrong, headers=ENGLISH)
    assert refused.status_code == 400
    assert why in words_in(refused)
    page = page_of(refused)
    assert page.xpath("string(//input[@name='language']/@value)") == "Tigrinya"
    assert page.xpath("string(//input[@name='consent_on']/@value)") == wrong.get("consent_on", "")


def test_a_day_of_another_year_says_its_year(sign_in: SignIn, flag: int, clock: object) -> None:
    clock.pass_time(days=50)  # type: ignore[attr-defined]
    inge = sign_in("inge")
    inge.post(f"{about(flag)}/parents", data=TALK)
    assert "20 November 2026" in words(inge, about(flag), "//section[@aria-labelledby='parents']")


def test_what_the_step_asks_for_is_asked_until_it_is_noted(sign_in: SignIn, asking: int) -> None:
    inge = sign_in("inge")
    assert ASKS in words(inge, about(asking))
    inge.post(f"{about(asking)}/parents", data=TALK)
    assert ASKS not in words(inge, about(asking))
    assert inge.post(f"{about(asking)}/parents/withdrawal").status_code == 303
    assert ASKS in words(inge, about(asking))


def test_a_wrong_talk_is_taken_back_and_stays_in_the_history(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    inge.post(f"{about(flag)}/parents", data=TALK)
    inge.post(f"{about(flag)}/parents", data=TALK | {"consent": "no", "language": "Dari"})
    inge.post(f"{about(flag)}/parents/withdrawal")
    told = words(inge, about(flag), "//section[@aria-labelledby='parents']")
    assert "taken back Fri 20 Nov: guardian (such as Nidos), with an interpreter (Dari)." in told
    assert told.count("taken back") == 1
    assert "noted wrongly" in words(inge, about(flag), "//section[@aria-labelledby='steps']")


def test_of_two_answers_the_last_that_stands_counts(app: Flask, sign_in: SignIn, flag: int) -> None:
    with app.app_context():
        step = (Step.HANDED_ON, FlagState.ACKNOWLEDGED, MONDAY_MORNING)
        flags.add_step(flag, *step, at_step="hulp-van-buiten")
        db.session.commit()
    inge, form = sign_in("inge"), {"outcome": "referred", "note": "Naar het OKT."}
    inge.post(f"{about(flag)}/parents", data=TALK)
    inge.post(f"{about(flag)}/parents", data=TALK | {"consent": "no"})
    refused = inge.post(f"{about(flag)}/closure", data=form, headers=ENGLISH)
    assert refused.status_code == 409
    assert "the one noted last counts, and that is no yes" in words_in(refused)
    inge.post(f"{about(flag)}/parents/withdrawal")
    assert inge.post(f"{about(flag)}/closure", data=form).status_code == 303


def test_there_is_nothing_to_take_back_twice(sign_in: SignIn, flag: int) -> None:
    inge = sign_in("inge")
    inge.post(f"{about(flag)}/parents", data=TALK)
    inge.post(f"{about(flag)}/parents/withdrawal")
    assert inge.post(f"{about(flag)}/parents/withdrawal").status_code == 409


def test_it_is_taken_back_by_who_writes_the_notes(sign_in: SignIn, flag: int) -> None:
    sign_in("inge").post(f"{about(flag)}/parents", data=TALK)
    for name in ("tess", "omar", "hanna"):
        assert sign_in(name).post(f"{about(flag)}/parents/withdrawal").status_code == 403


def test_a_closing_without_its_end_keeps_the_note(sign_in: SignIn, flag: int) -> None:
    form = {"note": "Een heel verhaal.", "closing": "1"}
    refused = sign_in("inge").post(f"{about(flag)}/closure", data=form, headers=ENGLISH)
    assert refused.status_code == 400
    page = page_of(refused)
    assert page.xpath("string(//textarea[@id='note-close'])") == "Een heel verhaal."
    assert page.xpath("string(//textarea[@id='note-only'])") == ""


def test_handing_on_asks_for_a_word_and_says_that_the_days_begin_anew(
    sign_in: SignIn, flag: int
) -> None:
    inge = sign_in("inge")
    assert "Their days begin anew: 5 school days from now." in words(inge, about(flag))
    refused = inge.post(f"{about(flag)}/handing-on", data={"handing": "1"}, headers=ENGLISH)
    assert refused.status_code == 400
    assert "Write in a few words what they should know." in words_in(refused)


def test_nothing_is_chosen_beforehand_and_each_answer_is_asked_for(
    sign_in: SignIn, flag: int
) -> None:
    page = page_of(sign_in("inge").get(about(flag)))
    (form,) = page.xpath(f"//form[@action='{about(flag)}/parents']")
    assert not form.xpath(".//input[@checked]")
    assert len(form.xpath(".//input[@type='radio'][not(@required)]")) == 0
    applies = {
        str(part.xpath("string(.//input/@name)")): part.get("data-applies")
        for part in form.xpath(".//*[@data-applies]")
    }
    assert applies == {"language": "help interpreter key-person", "consent_on": "consent yes no"}


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        ("talked_with", "With whom was the talk"),
        ("help", "Was there an interpreter"),
        ("consent", "Was it agreed to"),
    ],
)
def test_an_answer_that_was_not_given_is_asked_for_and_the_rest_stays(
    sign_in: SignIn, flag: int, left_out: str, why: str
) -> None:
    form = {name: text for name, text in TALK.items() if name != left_out}
    refused = sign_in("inge").post(f"{about(flag)}/parents", data=form, headers=ENGLISH)
    assert refused.status_code == 400
    assert why in words_in(refused, "//p[@role='alert']")
    page = page_of(refused)
    assert page.xpath("string(//input[@name='talked_on']/@value)") == TALK["talked_on"]
    chosen = {str(one.get("name")) for one in page.xpath("//input[@checked]")}
    assert chosen == {"talked_with", "help", "consent"} - {left_out}
