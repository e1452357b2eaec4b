"""The plan of classes on the page: who becomes what, told also where things are changed."""

import pytest
from flask import Flask

from checkin.services import class_years
from checkin.storage import schools
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

WEDNESDAY, AUGUST = "2026-11-25", "2027-08-30"


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def post(client: PageClient, address: str, **form: object):
    return client.post(address, data=form, headers=ENGLISH)


def plan_year(adam: PageClient, cast: Cast, day: str = AUGUST, **more: str) -> None:
    form = {
        "day": day,
        f"what-{cast.zon}": "go-on",
        f"name-{cast.zon}": "Ster",
        f"pupils-{cast.zon}": "14",
        f"what-{cast.maan}": "end",
    }
    assert post(adam, "/classrooms/new-year", **(form | more)).status_code == 303


def plan_split(adam: PageClient, cast: Cast, day: str = WEDNESDAY):
    form = {"name": "Komeet", "stay": "8", "pupils": "6", "day": day}
    return post(adam, f"/classrooms/{cast.zon}/split", **form)


def table(adam: PageClient) -> list[list[str]]:
    page = page_of(adam.get("/classrooms", headers=ENGLISH))
    rows = page.xpath("//table[contains(@class, 'becoming')]/tbody/tr")
    return [[" ".join(c.xpath("string(.)").split()) for c in row.xpath("th|td")] for row in rows]


def planned(app: Flask, cast: Cast) -> int:
    with app.app_context():
        return max(one.id for one in schools.list_every_classroom(cast.school))


def test_the_plan_says_who_becomes_what_on_a_day_with_its_year(cast: Cast, adam) -> None:
    plan_year(adam, cast)
    assert table(adam) == [
        [
            "Zon",
            "Ster",
            "14 as many as there are",
            "Tess as it is then",
            "can no longer tap: Tablet 1",
        ],
        ["Maan", "ends", "", "", "none"],
    ]
    assert "New school year: Monday 30 August 2027" in words(adam, "/classrooms")


def test_what_is_changed_after_it_shows_in_the_plan_and_is_told(cast: Cast, adam) -> None:
    plan_split(adam, cast)
    changed = post(adam, f"/classrooms/{cast.zon}/pupils", pupils="16", **{"from": "class"})
    told = words(adam, changed.location)
    assert "By the plan Zon has 10 pupils from Wednesday 25 November on." in told
    assert "By the plan Komeet has 6 pupils from Wednesday 25 November on." in told
    assert [row[:3] for row in table(adam)] == [
        ["Zon", "Zon goes on", "10"],
        ["Zon", "Komeet", "6"],
    ]


@pytest.mark.parametrize(("stay", "is_told"), [("8", False), ("5", True)])
def test_numbers_that_do_not_add_up_are_told(
    cast: Cast, adam: PageClient, stay: str, is_told: bool
) -> None:
    form = {"name": "Komeet", "stay": stay, "pupils": "6", "day": WEDNESDAY}
    told = words(adam, post(adam, f"/classrooms/{cast.zon}/split", **form).location)
    assert ("5 and 6 pupils are 11 together" in told) == is_told
    assert ("together; Zon has 14 now." in told) == is_told


def test_teachers_that_do_not_follow_are_told_where_others_are_chosen(cast: Cast, adam) -> None:
    plan_split(adam, cast)
    omar = str(cast.people["omar"])
    told = words(adam, post(adam, f"/classrooms/{cast.zon}/teachers", teachers=omar).location)
    assert (
        "By the plan Komeet has these teachers from Wednesday 25 November on: nobody yet." in told
    )
    goes_on = {"what": "go-on", "name": "Maan", "pupils": "14"}
    year = {f"{name}-{cast.maan}": it for name, it in goes_on.items()}
    plan_year(adam, cast, **{f"what-{cast.zon}": "leave"} | year)
    told = words(adam, post(adam, f"/classrooms/{cast.maan}/teachers", teachers=omar).location)
    assert "By the plan" not in told


def test_the_page_of_a_planned_class_says_when_it_begins_and_where_things_are_set(
    app: Flask, cast: Cast, adam: PageClient
) -> None:
    plan_year(adam, cast)
    new = planned(app, cast)
    told = words(adam, f"/classrooms/{new}")
    assert "This class begins on Monday 30 August 2027, from Zon." in told
    assert "With nobody chosen it gets the teachers that Zon has on that day." in told
    assert "ended" not in told
    assert "What you set here until then goes along" in words(adam, f"/classrooms/{cast.zon}")


@pytest.mark.parametrize("what", ["rhythm", "pause", "pause/end", "cards", "enrolment-codes"])
def test_a_planned_class_has_no_rituals_and_tablets_of_its_own(
    app: Flask, cast: Cast, adam: PageClient, what: str
) -> None:
    plan_year(adam, cast)
    refused = post(adam, f"/classrooms/{planned(app, cast)}/{what}")
    assert refused.status_code == 409
    assert "that Zon has then. Change them there." in refused.text


def test_a_class_of_a_plan_far_away_can_still_be_split(cast: Cast, adam: PageClient) -> None:
    plan_year(adam, cast)
    page = page_of(adam.get(f"/classrooms/{cast.zon}"))
    assert page.xpath("//a[contains(@href, '/split')]")
    told = words(adam, f"/classrooms/{cast.zon}/split")
    assert "Zon is part of the new school year that is planned for Monday 30 August 2027" in told
    refused = plan_split(adam, cast, AUGUST)
    assert refused.status_code == 409
    assert "Zon is part of a plan: New school year, on Monday 30 August 2027." in refused.text
    assert page_of(refused).xpath("//*[@role='alert']/a/@href") == ["/classrooms#change-1"]
    assert page_of(adam.get("/classrooms")).xpath("//*[@id='change-1']")
    assert plan_split(adam, cast).status_code == 303


def test_a_new_year_with_a_class_of_another_plan_names_both(cast: Cast, adam: PageClient) -> None:
    plan_split(adam, cast)
    form = {"day": AUGUST, f"what-{cast.zon}": "end", f"what-{cast.maan}": "end"}
    refused = post(adam, "/classrooms/new-year", **form)
    assert refused.status_code == 409
    assert "Zon is part of a plan: Splitting, on Wednesday 25 November." in refused.text


def test_what_is_wrong_with_a_class_of_the_new_year_stands_at_its_field(cast: Cast, adam) -> None:
    for field, value in (("pupils", "0"), ("name", "Maan")):
        form = {"day": AUGUST, f"what-{cast.zon}": "go-on", f"name-{cast.zon}": "Zon"}
        form |= {f"pupils-{cast.zon}": "14", f"{field}-{cast.zon}": value}
        page = page_of(post(adam, "/classrooms/new-year", **form))
        assert page.xpath("//input[@aria-invalid]/@name") == [f"{field}-{cast.zon}"]


def test_a_class_that_cannot_be_undone_says_what_is_in_the_way(
    app: Flask, cast: Cast, adam: PageClient, clock: HeldClock, sign_in: SignIn
) -> None:
    post(adam, f"/classrooms/{cast.zon}/closure", day="2026-11-24")
    clock.pass_time(hours=16)  # the night
    with app.app_context():
        assert class_years.carry_out_due(clock.instant) == 1
    adam = sign_in("adam")
    post(adam, "/classrooms", name="Zon", pupils="9", like="")
    refused = post(adam, "/classrooms/changes/1/undo")
    assert "Another class has this name already" in words(adam, refused.location)
