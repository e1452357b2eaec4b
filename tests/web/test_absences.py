"""Everybody notes when they are away; the care team and administrators do it for others too."""

import pytest
from flask import Flask

from checkin.services import presence
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, MONDAY, words, words_in
from tests.web.page_checks import page_of
from tests.web.structures import held_by_cast, put_in_force

PAGE = "/structure/absences"
DAYS = {"first": "2026-11-23", "last": "2026-11-24"}


def note(client, staff=None, **days):
    form = DAYS | days | ({"staff": str(staff)} if staff else {})
    return client.post(PAGE, data=form, headers=ENGLISH)


def absent(app, cast):
    with app.app_context():
        return presence.absent_on(cast.school, MONDAY)


def test_a_teacher_notes_the_own_absence_and_takes_it_back(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    tess = sign_in("tess")
    assert "Nobody, as far as is noted." in words(tess, PAGE)
    assert note(tess).status_code == 303
    told = words(tess, PAGE)
    assert "Noted: Tess is away. The deputy acts on these days." in told
    assert "Tess now Monday 23 November to Tuesday 24 November" in told
    assert absent(app, cast) == {cast.people["tess"]}
    assert tess.post(f"{PAGE}/1/removal").status_code == 303
    assert absent(app, cast) == frozenset()


def test_a_teacher_is_offered_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    page = page_of(sign_in("tess").get(PAGE))
    assert page.xpath("//select[@name='staff']") == []


@pytest.mark.parametrize("name", ["inge", "adam", "hanna"])
def test_those_who_keep_the_deputies_note_it_for_somebody(
    app: Flask, cast: Cast, sign_in: SignIn, name: str
) -> None:
    client = sign_in(name)
    assert note(client, cast.people["tess"]).status_code == 303
    assert absent(app, cast) == {cast.people["tess"]}
    assert client.post(f"{PAGE}/1/removal").status_code == 303


def test_a_teacher_does_not_for_a_colleague(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert note(tess, cast.people["omar"]).status_code == 403
    assert note(sign_in("omar")).status_code == 303
    assert tess.post(f"{PAGE}/1/removal").status_code == 403
    assert absent(app, cast) == {cast.people["omar"]}


def test_another_school_sees_and_takes_back_nothing(cast: Cast, sign_in: SignIn) -> None:
    note(sign_in("tess"))
    otto = sign_in("otto")
    assert "Nobody, as far as is noted." in words(otto, PAGE)
    assert otto.post(f"{PAGE}/1/removal").status_code == 404
    assert note(otto, cast.people["tess"]).status_code == 400


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"first": ""}, "Choose a day."),
        ({"last": "never"}, "Choose a day."),
        ({"first": "2026-11-25"}, "The last day is the first day or a later one."),
        ({"first": "2026-11-20", "last": "2026-11-22"}, "This day is over."),
        ({"last": "2028-01-01"}, "At most a year."),
    ],
)
def test_asks_again_for_days_that_cannot_be_and_keeps_what_was_typed(
    app: Flask, cast: Cast, sign_in: SignIn, days: dict[str, str], told: str
) -> None:
    answer = note(sign_in("tess"), **days)
    assert answer.status_code == 400
    assert told in words_in(answer, "//form[contains(@class, 'card')]")
    typed = {i.get("name"): i.get("value") for i in page_of(answer).xpath("//main//input")}
    assert typed == DAYS | days
    assert absent(app, cast) == frozenset()


def test_nobody_in_particular_is_not_away(sign_in: SignIn) -> None:
    for staff in ("x", "0", "99999999999999999999"):
        answer = note(sign_in("inge"), staff)
        assert answer.status_code == 400
        assert "Choose somebody who works here." in words_in(answer)


def test_says_truly_when_nobody_is_left(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    inge = sign_in("inge")
    note(inge, cast.people["omar"], last="2026-11-27")
    told = words(inge, PAGE)
    assert "Nobody who is there stands in for: Leerkracht of mentor." in told
    note(inge)
    assert "stands in for: Intern begeleider." in words(inge, PAGE)


def test_says_that_a_deputy_acts_when_one_does(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    put_in_force(app, cast, held_by_cast(cast))
    inge = sign_in("inge")
    note(inge)
    assert "Inge is away. The deputy acts on these days." in words(inge, PAGE)


def test_absences_that_overlap_become_one(cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    note(tess)
    note(tess, first="2026-11-24", last="2026-11-26")
    rows = page_of(tess.get(PAGE, headers=ENGLISH)).xpath("//ul[contains(@class, 'away')]/li")
    assert len(rows) == 1
    assert "Monday 23 November to Thursday 26 November" in " ".join(rows[0].itertext())
