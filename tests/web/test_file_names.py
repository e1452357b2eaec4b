"""A file to take along is called after what is in it, in letters that every computer knows."""

from datetime import date

import pytest
from flask import Flask

from checkin.storage import schools
from checkin.storage.database import db
from checkin.web.exchange.files import attachment
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH
from tests.web.page_checks import PageClient


def called(client: PageClient, address: str) -> str:
    return client.get(address, headers=ENGLISH).headers["Content-Disposition"]


def test_of_a_class_it_names_the_class_and_the_days(cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert [called(tess, f"/classrooms/{cast.zon}/{what}.csv") for what in ("lights", "weeks")] == [
        'attachment; filename="checkin-zon-lights-2026-09-21-to-2026-11-23.csv"',
        'attachment; filename="checkin-zon-week-pictures-2026-09-21-to-2026-11-23.csv"',
    ]


def test_of_the_school_it_names_the_days(cast: Cast, sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    assert [called(hanna, f"/school/{what}.csv?period=13") for what in ("lights", "process")] == [
        'attachment; filename="checkin-school-lights-2026-08-31-to-2026-11-23.csv"',
        'attachment; filename="checkin-school-care-2026-08-31-to-2026-11-23.csv"',
    ]


def test_a_class_with_other_letters_has_a_name_for_both(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    with app.app_context():
        schools.rename_classroom(cast.zon, "Vlinders É / 1b")
        db.session.commit()
    assert called(sign_in("tess"), f"/classrooms/{cast.zon}/lights.csv") == (
        'attachment; filename="checkin-vlinders-e-1b-lights-2026-09-21-to-2026-11-23.csv";'
        " filename*=UTF-8''checkin-vlinders-%C3%A9-1b-lights-2026-09-21-to-2026-11-23.csv"
    )


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b\r\nX-Evil: 1', 'attachment; filename="checkin-a-b-x-evil-1.csv"'),
        ("../../etc", 'attachment; filename="checkin-etc.csv"'),
        ("   ", 'attachment; filename="checkin.csv"'),
        (
            "شمس",
            "attachment; filename=\"checkin.csv\"; filename*=UTF-8''checkin-%D8%B4%D9%85%D8%B3.csv",
        ),
    ],
)
def test_nothing_but_letters_digits_and_dashes_comes_out(name: str, header: str) -> None:
    assert attachment(".csv", name) == header


def test_the_days_are_those_on_which_there_was_a_class(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    with app.app_context():
        schools.close_classroom(cast.zon, date(2026, 10, 5))
        db.session.commit()
    tess = sign_in("tess")
    assert "2026-09-21-to-2026-10-04" in called(tess, f"/classrooms/{cast.zon}/lights.csv")
