"""What a flag's page says of what was noticed again, and when."""

from datetime import date, timedelta

from flask import Flask

from checkin.domain.flags import FlagState, Step
from checkin.storage import flags
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import MONDAY, add_flag, noon, words

HISTORY = "//section[@aria-labelledby='steps']"
AGAIN = {"since": "2026-12-07", "days": 4, "share_now": 0.7}


def notice_again(app: Flask, id: int, day: date) -> None:
    with app.app_context():
        flags.note_seen(id, day, AGAIN)
        flags.add_step(id, Step.JOINED, FlagState.RAISED, noon(day))
        db.session.commit()


def test_a_run_that_joined_stands_in_the_history_and_as_now(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    id = add_flag(app, cast)
    notice_again(app, id, MONDAY + timedelta(weeks=2))
    inge, again = sign_in("inge"), "since Monday 7 December, 4 school days, about 70%"
    assert f"Noticed again: {again}" in words(inge, f"/flags/{id}", HISTORY)
    assert f"Now {again}" in words(inge, f"/flags/{id}", "//section[@aria-labelledby='reason']")


def test_what_the_rules_did_has_a_day_and_what_people_did_a_time_too(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    id = add_flag(app, cast)
    inge = sign_in("inge")
    assert ":" not in words(inge, f"/flags/{id}", f"{HISTORY}//li")
    inge.post(f"/flags/{id}/acknowledgement")
    assert ":" in words(inge, f"/flags/{id}", f"{HISTORY}//li[last()]")
