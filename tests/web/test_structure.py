"""It shows all staff who does what, and by when."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import signing_in
from checkin.storage import absences
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, MONDAY, noon, words, words_in
from tests.web.page_checks import page_of
from tests.web.structures import held_by_cast, put_in_force


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


def test_says_who_has_a_role_and_who_stands_in(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    told = words(sign_in("tess"), "/structure")
    assert "Leerkracht of mentor each class's own teachers nobody yet" in told
    assert "Intern begeleider Inge Omar" in told
    assert "Ondersteuningsteam Inge, Tess they stand in for each other" in told
    assert "Jeugdverpleegkundige Joke Smit De GGD" in told
    assert "Directeur nobody yet nobody yet" in told


def test_tells_a_person_the_own_roles(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    told = words(sign_in("omar"), "/structure")
    assert "You stand in for: Intern begeleider." in told
    assert "Your role here: Intern begeleider, Ondersteuningsteam." in words(
        sign_in("inge"), "/structure"
    )
    assert "Your role here" not in words(sign_in("adam"), "/structure")


def test_tells_who_of_a_role_is_away_today_and_who_has_left(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    with app.app_context():
        inge, tess = cast.people["inge"], cast.people["tess"]
        absences.add(cast.school, inge, MONDAY, MONDAY, inge)
        signing_in.leave(tess, noon(MONDAY))
        db.session.commit()
    told = words(sign_in("omar"), "/structure")
    assert "Intern begeleider Inge Inge: away today Omar" in told
    assert "Inge, Tess (left)" in told


def test_says_what_is_missing_to_those_who_can_mend_it(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    told = words(sign_in("hanna"), "/structure")
    assert "things are still missing" in told
    assert "Directeur: nobody has this role yet." in told
    assert "Leerkracht of mentor: nobody stands in when whoever has it is away." in told
    assert "these 15 were never checked" in told
    assert "still missing" not in words(sign_in("tess"), "/structure")


def test_counts_the_things_that_are_missing_and_not_the_lines(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    hanna = sign_in("hanna")
    page = page_of(hanna.get("/structure", headers=ENGLISH))
    (box,) = page.xpath("//details[@class='missing']")
    told = [" ".join(line.itertext()) for line in box.xpath(".//li")]
    things = sum(int(found[1]) if (found := re.search(r"these (\d+)", t)) else 1 for t in told)
    assert things > len(told) + 14
    assert f"{things} things are still missing" in "".join(box.xpath("./summary//text()"))


def test_takes_the_newest_version_that_holds(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, vision="Nieuw."), date(2026, 11, 23))
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, vision="Straks."), date(2026, 11, 24))
    told = words(sign_in("tess"), "/structure")
    assert "Nieuw." in told
    assert "Straks." not in told


def test_has_a_sheet_to_print(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    answer = sign_in("tess").get("/structure?print=1", headers=ENGLISH)
    page = page_of(answer)
    assert page.xpath("//link[contains(@href, 'structure-sheet.css')]")
    assert page.get("lang") == "nl"  # it hangs in a Dutch school, whoever prints it
    told = words_in(answer)
    assert "Intern begeleider Inge" in told
    assert "Joke Smit" in told
    assert "0800-2000" in told


def test_shows_another_school_its_own(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    assert "no care structure" in words(sign_in("otto"), "/structure")


def test_keeps_every_version_to_be_read_and_says_what_it_changed(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    put_in_force(app, cast)
    steps = [replace(s, school_days=3) if s.id == "met-ib" else s for s in DEFAULT_STRUCTURE.steps]
    put_in_force(app, cast, replace(DEFAULT_STRUCTURE, steps=tuple(steps)), date(2026, 10, 1))
    tess = sign_in("tess")
    listed = words(tess, "/structure/versions")
    assert "Version 2 in force From 1 October 2026." in listed
    assert "Version 1 replaced From 31 August 2026." in listed
    told = words(tess, "/structure/versions/2")
    changed = "Intern begeleider has 3 school days instead of 5: Contact met de leerkracht"
    assert changed in told
    assert "What it changed" not in words(tess, "/structure/versions/1")
    words(tess, "/structure/versions/3", status=404)
    words(sign_in("otto"), "/structure/versions/1", status=404)


def test_keeps_a_draft_from_those_who_only_read(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast)
    sign_in("inge").post("/structure/draft")
    words(sign_in("tess"), "/structure/versions/2", status=404)
    assert "draft" not in words(sign_in("tess"), "/structure")
