"""Whoever left comes back under the same name, with what they are given anew."""

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.services import signing_in
from checkin.storage import joining
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn
from tests.web.joining import ENGLISH, choose, code_on, sheet_of, sign_in_as, text_of
from tests.web.page_checks import PageClient, page_of

INGE = "inge@school.example"


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def test_comes_back_under_the_same_name(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    inge = cast.people["inge"]
    assert adam.post(f"/staff/{inge}/leaving").status_code == 303  # she holds nothing
    page = adam.get("/staff", headers=ENGLISH)
    assert page_of(page).xpath(f"//a[@href='/staff/{inge}/return']")
    form = {"roles": "teacher", "classrooms": str(cast.maan), "way": "paper"}
    code = code_on(sheet_of(adam, adam.post(f"/staff/{inge}/return", data=form)))
    assert sign_in_as(app, INGE, PASSWORD) is None
    with app.app_context():
        assert inge not in [one.id for one in signing_in.list_staff(cast.school)]
    assert choose(client, code).status_code == 303
    back = sign_in_as(app, INGE)
    assert back is not None
    assert back.get(f"/classrooms/{cast.maan}/trend").status_code == 200
    assert back.get("/flags").status_code == 403  # what she was before is over
    with app.app_context():
        found = joining.find_member(inge)
        assert found is not None
        assert (found.name, found.roles, found.left_at) == ("Inge", {Role.TEACHER}, None)


def test_withdrawn_they_have_left_as_before(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    inge = cast.people["inge"]
    adam.post(f"/staff/{inge}/leaving")
    form = {"roles": "ib", "way": "paper"}
    code = code_on(sheet_of(adam, adam.post(f"/staff/{inge}/return", data=form)))
    assert adam.post(f"/staff/{inge}/invitation/withdrawal").status_code == 303
    assert choose(client, code).status_code == 410
    with app.app_context():
        found = joining.find_member(inge)
        assert found is not None
        assert found.left_at is not None


def test_an_address_of_who_left_is_led_to_coming_back(
    app: Flask, cast: Cast, adam: PageClient, clock: HeldClock
) -> None:
    with app.app_context():
        signing_in.leave(cast.people["omar"], clock())
    form = {"name": "Omar", "email": "omar@school.example", "roles": "teacher", "way": "paper"}
    refused = adam.post("/staff/invitation", data=form, headers=ENGLISH)
    assert refused.status_code == 400
    assert "worked here before" in text_of(refused)
