"""Holds what the papers say of who sees what."""

from datetime import UTC, datetime
from pathlib import Path

from checkin.domain import access
from checkin.domain.access import Person, Role
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import enrolling, signing_in, teams
from checkin.services.teams import USUAL_HOURS, Plan
from checkin.storage import engine_states, released, school_lights, schools
from checkin.storage.database import Base, db
from tests.house.claims import Claim, holds
from tests.school import MONDAY, SmallSchool, at, small_school

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
STAFF_PAGES = ("/home", "/flags", "/review", "/structure", "/classrooms/1/trend", "/papers")
OWN, OTHER = 1, 2


def _person(role: Role, *classrooms: int) -> Person:
    return Person(
        7, 1, "Iemand", "i@school.example", None, frozenset({role}), frozenset(classrooms)
    )


@holds("teacher-sees")
def a_teacher_sees_the_own_class(claim: Claim, folder: Path) -> None:
    teacher = _person(Role.TEACHER, OWN)
    assert access.may_see_trend(teacher, OWN)
    assert not access.may_see_trend(teacher, OTHER)
    assert not access.may_see_school(teacher)
    assert not access.may_review(teacher)


@holds("care-sees")
def the_care_team_sees_all_classes_and_flags(claim: Claim, folder: Path) -> None:
    coordinator = _person(Role.IB)
    assert access.may_see_trend(coordinator, OTHER)
    assert access.may_review(coordinator)


@holds("head-sees")
def the_head_sees_the_school_and_no_class(claim: Claim, folder: Path) -> None:
    head = _person(Role.HEAD)
    assert access.may_see_school(head)
    assert not access.may_see_trend(head, OWN)
    assert not access.may_review(head)
    assert not access.may_see_flag(head, OWN, None)


@holds("admin-sees")
def an_administrator_sees_no_feelings(claim: Claim, folder: Path) -> None:
    admin = _person(Role.ADMIN)
    assert access.may_keep_school(admin)
    assert not access.may_see_trend(admin, OWN)
    assert not access.may_see_school(admin)
    assert not access.may_see_flag(admin, OWN, admin.id)
    assert not access.may_see_team(admin, is_member=False)


@holds("tablet")
def a_tablet_opens_its_cards_and_nothing_else(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        browser = school.app.test_client()
        browser.set_cookie("checkin_tablet", school.token)
        assert browser.get("/tablet").status_code == 200
        for page in STAFF_PAGES:
            assert browser.get(page).status_code == 303, page
        enrolling.revoke(school.tablet.id, 1, school.clock.now)
        answer = browser.post("/tablet/taps", json={"taps": []}, headers=SAME_SITE)
        assert answer.status_code == 401


@holds("team")
def a_team_is_seen_by_its_members_and_the_head(claim: Claim, folder: Path) -> None:
    for role in Role:
        assert access.may_see_team(_person(role), is_member=True)
        assert access.may_see_team(_person(role), is_member=False) is (role is Role.HEAD)
    with small_school(folder) as school:
        team = _team(school)
        for moment in Moment:
            was = Released(12, 12, 11, Light.MANY, Why.SHOWN)
            released.add_round(school.id, Round(team, MONDAY, moment), was, at(15), None)
        db.session.commit()
        assert team in {one.id for one in schools.list_teams(school.id)}
        looked_at = {one.classroom for one in engine_states.standings(school.id)}
        assert looked_at == set(school.classrooms), "and so no flags"
        now = datetime(2027, 1, 1, tzinfo=UTC)
        assert school_lights.lights_of_school(school.id, MONDAY, MONDAY, now) == {}
        assert team not in {one.id for one in schools.list_classrooms(school.id)}, "no review"


@holds("talks-apart")
def a_wish_to_talk_stands_beside_no_feeling(claim: Claim, folder: Path) -> None:
    for name in ("talk_request", "talk_step"):
        columns = Base.metadata.tables[name].columns
        words = {word for column in columns for word in column.name.split("_")}
        assert not words & {"feeling", "tap", "key", "round", "week", "light", "heavy"}
        assert not [c for c in columns if "TIME" in str(c.type)], "a day and half of it, no time"
        points_to = {key.column.table.name for column in columns for key in column.foreign_keys}
        assert points_to <= {"school", "classroom", "staff", "talk_request"}
    request = Base.metadata.tables["talk_request"].columns
    assert {"symbol", "adult_id", "asked_on", "asked_in"} <= set(request.keys())


def _team(school: SmallSchool) -> int:
    member = signing_in.list_staff(school.id)[0]
    plan = Plan("Het team", 12, USUAL_HOURS, frozenset({member.id}))
    return teams.make_team(member, plan, school.clock.now)
