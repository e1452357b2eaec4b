"""A tablet or a code that does not count any more is told so, and nothing is stored."""

import pytest
from flask import Flask

from checkin.services import enrolling
from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import Cast, HeldClock, SignIn, browser
from tests.web.living import ENGLISH, JSON, tap, words_in
from tests.web.page_checks import PageClient
from tests.web.sending import DUTCH, a_tap, error_of, send, tapped


def test_a_revoked_tablet_is_told_so_and_nothing_is_stored(
    app: Flask, tablet: PageClient, sign_in: SignIn, cast: Cast, clock: HeldClock
) -> None:
    tap(tablet, "12")
    sign_in("adam").post("/tablets/1/revocation")
    error_of(send(tablet, a_tap(50)), 401)
    error_of(tablet.get("/tablet/today"), 401)
    page = tablet.get("/tablet", follow_redirects=True, headers=ENGLISH)
    assert (page.status_code, page.request.path) == (200, "/tablet/grown-up")
    bearer = {"Authorization": f"Bearer {cast.tablet_token}"}
    error_of(browser(app).post("/tablet/taps", json={"taps": [a_tap(51)]}, headers=bearer), 401)
    assert tapped(sign_in("tess"), cast) == 2


@pytest.mark.parametrize("trouble", ["wrong", "expired", "used", "tried five times"])
def test_a_code_that_is_no_good_is_refused_alike_in_words(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock, trouble: str
) -> None:
    address = f"/classrooms/{cast.zon}/enrolment-codes"
    code = sign_in("adam").post(address, headers=JSON).json["code"]
    if trouble == "wrong":
        code = "A" * 8
    elif trouble == "expired":
        clock.pass_time(minutes=10)
    elif trouble == "used":
        assert browser(app).post("/tablet/enrolment", json={"code": code}).status_code == 200
    else:
        for _ in range(5):
            browser(app).post("/tablet/enrolment", json={"code": "A" * 8})
        clock.pass_time(minutes=1)  # the wait is over, the code is still no good
    error_of(browser(app).post("/tablet/enrolment", json={"code": code}), 403)
    for headers, said in ((ENGLISH, "This code is wrong or too old"), (DUTCH, "klopt niet")):
        clock.pass_time(minutes=1)  # guessing gets slower, which is said in other words
        answer = browser(app).post("/tablet/enrolment", data={"code": code}, headers=headers)
        assert answer.status_code == 403
        assert said in words_in(answer), words_in(answer)
        assert "Set-Cookie" not in answer.headers
    with app.app_context():
        assert len(enrolling.list_tablets(cast.school)) == (2 if trouble == "used" else 1)
