"""It adds people with accounts, and keeps only hashes of their passwords and sessions."""

import hashlib

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from checkin.domain.access import Role
from checkin.services import passwords, signing_in
from checkin.storage.database import db
from checkin.storage.rows import SessionRow, StaffRow
from tests.web.conftest import PASSWORD, Cast
from tests.web.page_checks import PageClient
from tests.web.sign_in_form import TESS, send


def test_stores_only_the_hash_of_the_token(app: Flask, client: PageClient) -> None:
    send(client)
    token = client.get_cookie("checkin_session").value
    assert len(token) >= 43  # 256 bits
    with app.app_context():
        rows = db.session.scalars(select(SessionRow)).all()
    assert [row.token_hash for row in rows] == [hashlib.sha256(token.encode()).digest()]


def test_stores_an_argon2id_hash(app: Flask) -> None:
    with app.app_context():
        hashes = db.session.scalars(select(StaffRow.password_hash)).all()
    assert all(known.startswith("$argon2id$") for known in hashes)


def test_hashes_anew_when_the_parameters_changed(app: Flask, client: PageClient) -> None:
    passwords.use_hasher(app, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert send(client).status_code == 303
    with app.app_context():
        known = db.session.scalar(select(StaffRow.password_hash).where(StaffRow.email == TESS))
    assert known is not None
    assert "m=16,t=2,p=1" in known
    assert send(client).status_code == 303


@pytest.mark.parametrize(
    ("email", "name", "password", "why"),
    [
        ("new@school.example", "New", "too short", "at least 10 characters"),
        ("no address", "New", PASSWORD, "not an e-mail address"),
        ("@", "New", PASSWORD, "not an e-mail address"),
        ("new@school.example", " ", PASSWORD, "needs a name"),
        ("TESS@school.example", "New", PASSWORD, "already"),
    ],
)
def test_says_why_a_person_cannot_be_added(
    app: Flask, cast: Cast, email: str, name: str, password: str, why: str
) -> None:
    with app.app_context(), pytest.raises(ValueError, match=why):
        signing_in.add_staff(cast.school, email, name, password, [Role.IB])


def test_lists_the_staff_of_one_school_only(app: Flask, cast: Cast) -> None:
    with app.app_context():
        names = [person.name for person in signing_in.list_staff(cast.school)]
    assert names == ["Adam", "Hanna", "Inge", "Omar", "Tess"]
