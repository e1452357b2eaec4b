"""It tells the teacher of a small class what there will be, before anybody wonders."""

import pytest
from flask import Flask

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, MONDAY, noon, words, words_in


def set_pupils(app: Flask, classroom: int, pupils: int) -> None:
    with app.app_context():
        schools.set_pupils(classroom, pupils)
        db.session.commit()


@pytest.mark.parametrize(
    ("pupils", "told"),
    [
        (4, "A class of fewer than five pupils has no lights and no week pictures"),
        (6, "A class of fewer than 7 pupils has no daily lights"),
    ],
)
def test_says_what_a_small_class_gets(
    app: Flask, sign_in: SignIn, cast: Cast, pupils: int, told: str
) -> None:
    set_pupils(app, cast.zon, pupils)
    assert told in words(sign_in("tess"), f"/classrooms/{cast.zon}/trend")


def test_says_nothing_of_it_to_a_class_that_is_large_enough(
    app: Flask, sign_in: SignIn, cast: Cast
) -> None:
    set_pupils(app, cast.zon, 7)
    assert "A class of fewer than" not in words(sign_in("tess"), f"/classrooms/{cast.zon}/trend")


def test_says_why_a_small_class_has_no_light(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    set_pupils(app, cast.zon, 6)
    result = Released(7, 6, None, Light.WITHHELD, Why.SMALL_CLASS)
    with app.app_context():
        round = Round(cast.zon, MONDAY, Moment.CHECK_IN)
        released.add_round(cast.school, round, result, noon(MONDAY), None)
        db.session.commit()
    tess = sign_in("tess")
    assert "This class is too small" in words(tess, f"/classrooms/{cast.zon}/trend")
    assert "a small class" in words(tess, "/home")


@pytest.mark.parametrize(
    ("pupils", "told"),
    [
        (4, "no lights and no week pictures"),
        (5, "only a week picture"),
        (7, "about 62 of every 100 rounds"),
        (8, "about 28 of every 100 rounds"),
        (24, "a light in nearly every round"),
    ],
)
def test_says_what_the_size_of_a_class_means_when_it_is_set(
    cast: Cast, sign_in: SignIn, pupils: int, told: str
) -> None:
    adam = sign_in("adam")
    adam.post(f"/classrooms/{cast.zon}/pupils", data={"pupils": pupils}, headers=ENGLISH)
    page = adam.get("/classrooms", headers=ENGLISH)
    assert told in words_in(page, f"//*[@id='pupils-{cast.zon}-told']")
    assert told in words_in(page, "//*[contains(@class, 'is-done')]")
