"""It gives tables to take along: what the pages show, to whom they show it, and noted."""

import csv
import io
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.domain.cards import CardSet
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.storage import schools
from checkin.storage.database import db
from checkin.storage.rows import AuditRow
from tests.web.conftest import OPENINGS, Cast, SignIn
from tests.web.living import ENGLISH, MONDAY, add_flag, add_light, add_week, tap, words
from tests.web.page_checks import PageClient

FRIDAY = MONDAY - timedelta(days=3)


def table(client: PageClient, address: str) -> list[list[str]]:
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_gives_the_lights_of_a_class(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_light(app, cast.zon, FRIDAY, Light.MANY)
    add_light(app, cast.zon, FRIDAY, Light.WITHHELD, Moment.CHECK_OUT)
    assert table(sign_in("tess"), f"/classrooms/{cast.zon}/lights.csv") == [
        ["Class", "Day", "Round", "Light", "Tapped"],
        ["Zon", "2026-11-20", "Check-in", "many heavy cards", "12"],
        ["Zon", "2026-11-20", "Check-out", "withheld", "3"],
    ]


def test_gives_the_week_pictures_of_a_class(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_week(app, cast.zon, "2026-W46", None)
    add_week(app, cast.zon, "2026-W47", {"happy": "60%", "sad": "<10%"})
    found = table(sign_in("inge"), f"/classrooms/{cast.zon}/weeks.csv")
    assert found[1] == ["Zon", "2026-W46", "too few cards this week"]
    assert dict(zip(found[0], found[2], strict=True))["sad"] == "<10%"


def test_gives_nothing_of_an_open_round(cast: Cast, sign_in: SignIn, tablet: PageClient) -> None:
    tess = sign_in("tess")
    before = tess.get(f"/classrooms/{cast.zon}/lights.csv").data
    tap(tablet, "222222222")
    assert tess.get(f"/classrooms/{cast.zon}/lights.csv").data == before


def test_gives_no_more_than_the_period(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_light(app, cast.zon, MONDAY - timedelta(weeks=11), Light.FEW)
    tess, address = sign_in("tess"), f"/classrooms/{cast.zon}/lights.csv?period="
    assert [len(table(tess, address + p)) for p in ("10", "13", "year", "x")] == [1, 2, 2, 1]


def test_gives_the_school_to_the_head_without_a_class(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    with app.app_context():
        third = schools.add_classroom(
            cast.school, "Ster", 14, CardSet.EIGHT, ["nl"], date(2026, 8, 31), OPENINGS
        )
        db.session.commit()
    for room, light in ((cast.zon, Light.FEW), (cast.maan, Light.FEW), (third, Light.MANY)):
        for n in range(5):
            add_light(app, room, MONDAY - timedelta(weeks=2, days=-n), light)
    found = table(sign_in("hanna"), "/school/lights.csv")
    assert ["2026-W46", "70%", "<10%", "30%", "3"] in found


def test_gives_no_week_of_the_school_before_the_period(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_light(app, cast.zon, date(2026, 8, 24), Light.FEW)  # week 35; thirteen weeks begin in 36
    weeks = [row[0] for row in table(sign_in("hanna"), "/school/lights.csv?period=13")[1:]]
    assert weeks == [f"2026-W{n}" for n in range(36, 47)]


def test_gives_how_care_went_without_a_class_or_a_mood(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_flag(app, cast, raised_on=MONDAY - timedelta(weeks=3))
    hanna = sign_in("hanna")
    found = dict(table(hanna, "/school/process.csv")[1:])
    assert found["flags brought before the care team or a teacher"] == "1"
    text = hanna.get("/school/process.csv", headers=ENGLISH).get_data(as_text=True)
    assert not [word for word in ("Zon", "Maan", "heavy", "sustained") if word in text]


@pytest.mark.parametrize(
    ("name", "address", "may"),
    [
        ("tess", "/classrooms/{zon}/lights.csv", True),
        ("tess", "/classrooms/{maan}/lights.csv", False),
        ("tess", "/school/lights.csv", False),
        ("hanna", "/classrooms/{zon}/lights.csv", False),
        ("hanna", "/classrooms/{zon}/weeks.csv", False),
        ("hanna", "/school/process.csv", True),
        ("inge", "/classrooms/{maan}/weeks.csv", True),
        ("adam", "/classrooms/{zon}/lights.csv", False),
        ("adam", "/school/lights.csv", False),
        ("adam", "/school/process.csv", False),
        ("otto", "/classrooms/{zon}/lights.csv", False),
    ],
)
def test_gives_it_to_whom_the_page_is_shown(
    cast: Cast, sign_in: SignIn, name: str, address: str, may: bool
) -> None:
    status = sign_in(name).get(address.format(zon=cast.zon, maan=cast.maan)).status_code
    assert (status == 200) is may
    assert may or status in (403, 404)


def test_notes_who_took_what(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    sign_in("tess").get(f"/classrooms/{cast.zon}/lights.csv")
    sign_in("hanna").get("/school/process.csv")
    with app.app_context():
        noted = db.session.execute(
            select(AuditRow.staff_id, AuditRow.what, AuditRow.subject).where(
                AuditRow.what.startswith("export-")
            )
        ).all()
    assert [tuple(line) for line in noted] == [
        (cast.people["tess"], "export-class-lights", f"classroom {cast.zon}"),
        (cast.people["hanna"], "export-school-process", f"school {cast.school}"),
    ]


def test_the_page_names_what_is_there_for_whoever_asks(cast: Cast, sign_in: SignIn) -> None:
    assert "Zon" in words(sign_in("tess"), "/export")
    assert "Maan" not in words(sign_in("tess"), "/export")
    assert "Zon" not in words(sign_in("hanna"), "/export")
    assert "Term report of the school" in words(sign_in("hanna"), "/export")
    assert "Read in classes and staff" in words(sign_in("adam"), "/export")
    assert "Read in classes and staff" not in words(sign_in("hanna"), "/export")
