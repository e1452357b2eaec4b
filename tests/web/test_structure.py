"""It shows all staff who does what, and by when."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from checkin.domain.structure import DEFAULT_STRUCTURE, Structure
from checkin.storage import structures
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import words
from tests.web.page_checks import page_of


def put_in_force(
    app: Flask, cast: Cast, structure: Structure = DEFAULT_STRUCTURE, day: date = date(2026, 8, 31)
) -> None:
    with app.app_context():
        structures.add_version(cast.school, structure, day, None)
        db.session.commit()


def test_says_that_there_is_none_yet(sign_in: SignIn) -> None:
    assert "The school has no care structure in force yet." in words(sign_in("tess"), "/structure")


@pytest.mark.parametrize("name", ["tess", "inge", "hanna", "adam"])
def test_shows_levels_deadlines_and_the_acute_card(
    app: Flask, cast: Cast, sign_in: SignIn, name: str
) -> None:
    put_in_force(app, cast)
    told = words(sign_in(name), "/structure")
    assert "Version 1, in force since 31 August 2026" in told
    assert "Level 1: In de klas" in told
    assert "Leerkracht of mentor, within 3 school days." in told
    assert "Only after the talk with parents or guardian." in told
    assert "bel 112" in told


def test_says_which_roles_have_nobody(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    first, *others = DEFAULT_STRUCTURE.roles
    held = replace(first, holders=("Tess",), deputy="Omar")
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, roles=(held, *others)))
    told = words(sign_in("tess"), "/structure")
    assert "Leerkracht of mentor Tess Omar" in told
    assert "Intern begeleider nobody yet nobody yet" in told
    assert "9 roles have nobody yet." in told


def test_takes_the_newest_version_that_holds(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, vision="Nieuw."), date(2026, 11, 23))
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, vision="Straks."), date(2026, 11, 24))
    told = words(sign_in("tess"), "/structure")
    assert "Nieuw." in told
    assert "Straks." not in told


def test_has_a_sheet_to_print(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    page = page_of(sign_in("tess").get("/structure?print=1"))
    assert page.xpath("//link[contains(@href, 'paper.css')]")


def test_shows_another_school_its_own(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    assert "no care structure" in words(sign_in("otto"), "/structure")
