"""It shows the head and the care team the school over weeks: shares of lights, and no classroom."""

from datetime import date, timedelta

import pytest
from flask import Flask

from checkin.domain.cards import CardSet
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.storage import schools
from checkin.storage.database import db
from tests.web.conftest import OPENINGS, Cast, SignIn
from tests.web.living import ENGLISH, JSON, MONDAY, add_light, words
from tests.web.page_checks import page_of

PAGE = "/school/trend"
PUBLISHED = MONDAY - timedelta(weeks=2)


@pytest.fixture
def three(app: Flask, cast: Cast) -> tuple[int, ...]:
    """Three classrooms with ten lights each in the week that is published today."""
    with app.app_context():
        started = date(2026, 8, 31)
        third = schools.add_classroom(
            cast.school, "Ster", 14, CardSet.EIGHT, ["nl"], started, OPENINGS
        )
        db.session.commit()
    for classroom, light in ((cast.zon, Light.FEW), (cast.maan, Light.FEW), (third, Light.MANY)):
        for n in range(5):
            for moment in Moment:
                add_light(app, classroom, PUBLISHED + timedelta(days=n), light, moment)
    return cast.zon, cast.maan, third


@pytest.mark.parametrize("name", ["hanna", "inge"])
def test_shows_shares_in_tens_and_how_many_classrooms(
    sign_in: SignIn, three: tuple[int, ...], name: str
) -> None:
    rows = words(sign_in(name), PAGE, "//table//tbody/tr")
    assert "week 46 70% <10% 30% 3" in rows


def test_names_no_classroom_and_no_round(sign_in: SignIn, three: tuple[int, ...]) -> None:
    shown = words(sign_in("hanna"), PAGE)
    assert not [name for name in ("Zon", "Maan", "Ster") if name in shown]


def test_has_the_same_in_a_chart(sign_in: SignIn, three: tuple[int, ...]) -> None:
    page = page_of(sign_in("hanna").get(PAGE, headers=ENGLISH))
    assert page.xpath("//*[@data-week-chart and @data-figure='school-figure']")
    figure = page.xpath("//script[@id='school-figure']")[0].text
    assert "few heavy cards" in figure
    assert "2026-W46" in figure


def test_has_no_chart_while_there_is_nothing_to_draw(
    app: Flask, sign_in: SignIn, cast: Cast
) -> None:
    add_light(app, cast.zon, PUBLISHED, Light.MANY)
    page = page_of(sign_in("hanna").get(PAGE, headers=ENGLISH))
    assert not page.xpath("//*[@data-week-chart]")
    assert "too few classrooms with lights this week" in page.text_content()


def test_says_when_the_next_week_comes(sign_in: SignIn) -> None:
    told = words(sign_in("hanna"), PAGE)
    assert "The figures of week 47 come on Monday 30 November" in told


def test_says_so_while_there_is_nothing_to_show(sign_in: SignIn) -> None:
    assert "No weeks to show yet" in words(sign_in("hanna"), PAGE)


def test_answers_programs_with_the_same(sign_in: SignIn, three: tuple[int, ...]) -> None:
    weeks = sign_in("inge").get(f"{PAGE}.json?weeks=4", headers=JSON).json["weeks"]
    assert weeks == [
        {
            "week": "2026-W46",
            "classrooms": 3,
            "lights": {"few": "70%", "some": "<10%", "many": "30%"},
        },
    ]


@pytest.mark.parametrize("query", ["weeks=", "weeks=-1", "weeks=abc", "weeks=99999", "from=x&to=y"])
def test_takes_any_period_for_the_nearest_there_is(sign_in: SignIn, query: str) -> None:
    hanna = sign_in("hanna")
    assert hanna.get(f"{PAGE}?{query}").status_code == 200
    assert hanna.get(f"{PAGE}.json?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["classroom=1", "moment=check-in", "from=2026-11-09&to=2026-11-09"]
)
def test_knows_no_filter(sign_in: SignIn, three: tuple[int, ...], query: str) -> None:
    hanna = sign_in("hanna")
    assert hanna.get(f"{PAGE}.json?{query}").json == hanna.get(f"{PAGE}.json").json


@pytest.mark.parametrize("name", ["tess", "adam"])
def test_is_not_for_teachers_nor_for_an_administrator(sign_in: SignIn, name: str) -> None:
    assert sign_in(name).get(PAGE, headers=ENGLISH).status_code == 403
    assert sign_in(name).get(f"{PAGE}.json", headers=JSON).status_code == 403


def test_another_school_sees_its_own(sign_in: SignIn, three: tuple[int, ...]) -> None:
    weeks = sign_in("otto").get(f"{PAGE}.json").json["weeks"]
    assert weeks == []
