"""What is chosen of whoever is invited: the form, and what is wrong with it."""

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.storage.database import db
from checkin.storage.rows import StaffRow
from tests.web.conftest import Cast, SignIn
from tests.web.joining import (
    ENGLISH,
    FORM,
    invite,
    invited_code,
    text_of,
)
from tests.web.page_checks import PageClient, page_of

NORA = FORM["email"]


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def nora_of(cast: Cast) -> StaffRow:
    return db.session.scalars(select(StaffRow).where(StaffRow.email == NORA)).one()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": " "}, "A name has 1 to 80 letters."),
        ({"name": "N" * 81}, "A name has 1 to 80 letters."),
        ({"email": "nora"}, "That is no e-mail address."),
        ({"email": "nora smit@school.example"}, "Somebody has"),
        ({"email": "TESS@school.example"}, "Somebody has this e-mail address already."),
        ({"email": "fatma@school.example"}, "Somebody has this e-mail address already."),
        ({"roles": []}, "Choose at least one role."),
        ({"way": "mail"}, "There is no mail server yet."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_says_what_cannot_be_and_keeps_what_was_typed(
    adam: PageClient, changed: dict[str, object], told: str
) -> None:
    if changed.get("email") == "nora smit@school.example":
        told = "That is no e-mail address."
        changed = {"email": "nora\u00a0smit@x"}  # the browser's own check is no check
    answer = invite(adam, **changed)
    assert answer.status_code == 400
    assert told in text_of(answer)
    if "name" not in changed:
        assert page_of(answer).xpath("//input[@name='name']/@value") == ["Nora Smit"]


def test_a_class_of_another_school_is_no_class(app: Flask, cast: Cast, adam: PageClient) -> None:
    assert invite(adam, classrooms=[str(cast.elsewhere)]).status_code == 303
    with app.app_context():
        assert [one.classroom_id for one in nora_of(cast).teaching] == []


def test_ticks_no_role_for_somebody_new_and_keeps_what_was_typed(
    cast: Cast, adam: PageClient
) -> None:
    fresh = page_of(adam.get("/staff/invitation", headers=ENGLISH))
    assert not fresh.xpath("//input[@name='roles' and @checked]")
    assert "At least one" in text_of(adam.get("/staff/invitation", headers=ENGLISH))
    refused = invite(adam, roles=[], classrooms=[str(cast.zon)])
    assert refused.status_code == 400
    assert "Choose at least one role." in text_of(refused)
    page = page_of(refused)
    assert page.xpath("//input[@name='name']/@value") == [FORM["name"]]
    assert page.xpath("//input[@name='classrooms' and @checked]/@value") == [str(cast.zon)]


def test_an_ib_is_invited_with_that_role_alone(app: Flask, cast: Cast, adam: PageClient) -> None:
    invited_code(adam, roles=["ib"], classrooms=[])
    with app.app_context():
        assert [role.role for role in nora_of(cast).roles] == ["ib"]


def test_all_that_is_wrong_with_an_invitation_is_marked_at_once(adam: PageClient) -> None:
    refused = invite(adam, name="", email="", roles=[], way="mail")
    assert refused.status_code == 400
    page = page_of(refused)
    assert set(page.xpath("//*[@class='problem']/@id")) >= {
        "name-problem",
        "email-problem",
        "roles-problem",
    }
    assert page.xpath("//*[@autofocus]/@name") == ["name"]
    assert "Nobody is invited yet: 4 things are marked in red." in text_of(refused)
    only_roles = page_of(invite(adam, roles=[]))
    assert only_roles.xpath("//*[@autofocus]/@name") == ["roles"]
