"""A team of colleagues checks in as a class does, seen by its members and the head alone."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from checkin.domain.calendar import Opening
from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import enrolling, reviewing, school_trend, sealing, signing_in, tapping
from checkin.services import teams as team_service
from checkin.services.teams import Plan
from checkin.storage import flags, released, schools, tablets, timetables
from checkin.storage.database import db
from tests.school import at, taps
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser
from tests.web.living import ENGLISH, words
from tests.web.page_checks import SAME_SITE, PageClient, page_of

MONDAY = date(2026, 11, 23)
HOURS = {Moment.CHECK_IN: Opening(7 * 60, 10 * 60), Moment.CHECK_OUT: Opening(14 * 60, 18 * 60)}
SEE_IT = {"tess", "hanna"}
EVERYBODY = ("tess", "omar", "inge", "hanna", "adam", "fatma", "otto", "anna")


@pytest.fixture
def team(app: Flask, cast: Cast, clock: HeldClock) -> int:
    """A team of twelve; of the accounts Tess is in it, and sees its trend with the head."""
    with app.app_context():
        head = signing_in.find_person(
            signing_in.sign_in(cast.email("hanna"), PASSWORD, clock()), clock()
        )
        assert head is not None
        plan = Plan("Het team", 12, HOURS, frozenset({cast.people["tess"]}))
        return team_service.make_team(head, plan, clock())


@pytest.fixture
def phone(app: Flask, cast: Cast, clock: HeldClock, team: int) -> PageClient:
    """A colleague's own phone."""
    with app.app_context():
        token = enrolling.enrol_here(cast.school, team, clock())
    client = browser(app)
    client.set_cookie("checkin_tablet", token)
    return client


def live(cast: Cast, team: int, heavy_from: int = 0) -> None:
    """Give the team a light a round for eight weeks, all heavy in the last so many days."""
    for n in range(1, 57):
        day = MONDAY - timedelta(days=n)
        if day.isoweekday() > 5:
            continue
        light, heavy = (Light.MANY, 11) if n <= heavy_from else (Light.FEW, 1)
        for moment in Moment:
            result = Released(12, 12, heavy, light, Why.SHOWN)
            released.add_round(cast.school, Round(team, day, moment), result, at(15, day=day), None)
    db.session.commit()


def form(**changes: object) -> dict[str, object]:
    return {
        "name": "Het team",
        "members": "12",
        "check-in-opens": "07:30",
        "check-in-closes": "10:00",
        "check-out-opens": "",
        "check-out-closes": "",
    } | changes


def test_its_members_and_the_head_see_its_trend_and_nobody_else(
    sign_in: SignIn, team: int, client: PageClient, tablet: PageClient
) -> None:
    opened = {
        name for name in EVERYBODY if sign_in(name).get(f"/teams/{team}/trend").status_code == 200
    }
    assert opened == SEE_IT
    for one in (client, tablet):
        assert one.get(f"/teams/{team}/trend").status_code == 303


def test_a_member_sees_how_many_have_tapped_today_and_the_head_does_not(
    app: Flask, sign_in: SignIn, team: int, phone: PageClient
) -> None:
    before = {name: sign_in(name).get(f"/teams/{team}/trend").text for name in SEE_IT}
    body = [tap_as_json(key) for key in ("0" * 32, "1" * 32)]
    assert phone.post("/tablet/taps", json={"taps": body}).status_code == 200
    member = sign_in("tess").get(f"/teams/{team}/trend", headers=ENGLISH).text
    assert "2 of 12 have tapped" in member
    assert sign_in("hanna").get(f"/teams/{team}/trend").text == before["hanna"]


def tap_as_json(key: str, feeling: int = 2) -> dict[str, object]:
    return {"key": key, "day": "2026-11-23", "round": "check-in", "feeling": feeling, "helps": 0}


def test_its_page_is_the_same_whichever_card_was_tapped(
    sign_in: SignIn, team: int, phone: PageClient
) -> None:
    tess, pages = sign_in("tess"), []
    for n, feeling in enumerate((1, 2, 3), start=2):
        body = [tap_as_json(f"{n:032x}", feeling)]
        body += [tap_as_json("0" * 32, 1)] if n == 2 else []
        assert phone.post("/tablet/taps", json={"taps": body}).status_code == 200
        page = tess.get(f"/teams/{team}/trend", headers=ENGLISH).text
        assert f"{n} of 12 have tapped" in page
        pages.append(page.replace(f"{n} of 12", ""))
    assert pages[0] == pages[1] == pages[2]


def test_no_page_of_a_class_opens_for_a_team(app: Flask, sign_in: SignIn, team: int) -> None:
    people = [sign_in(name) for name in ("tess", "inge", "hanna", "adam")]
    for rule in app.url_map.iter_rules():
        if "classroom" not in rule.arguments:
            continue
        given = {"day": "2026-11-23", "moment": "check-in", "week": "2026-W47"}
        values = {name: given.get(name, 1) for name in rule.arguments} | {"classroom": team}
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        path = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
        for client in people:
            assert client.open(path, method=method).status_code in (403, 404), path


def test_its_rounds_are_released_by_the_rule_of_every_class(
    app: Flask, cast: Cast, clock: HeldClock, team: int
) -> None:
    with app.app_context():
        device = enrolling.find_tablet(enrolling.enrol_here(cast.school, team, clock()))
        assert device is not None
        for n, m in enumerate((6, 7)):
            day = MONDAY + timedelta(days=n)
            _tap(device, taps(0, m, day=day), day)
            sealed = sealing.seal_due(at(23, day=day))
            assert sealed.rounds == 1
            (round,) = released.rounds_between(team, day, day)
            assert (round.light is Light.WITHHELD) is (m < 7)


def _tap(device: object, some: list, day: date) -> None:
    from checkin.domain.taps import Batch

    results = tapping.store(device, Batch(tuple(some), 0), at(8, day=day))
    assert {result.status.value for result in results} == {"stored"}


def test_nothing_is_noted_of_when_a_colleagues_phone_was_used(
    app: Flask, cast: Cast, team: int, phone: PageClient, tablet: PageClient
) -> None:
    for one, key in ((phone, "0" * 32), (tablet, "1" * 32)):
        body = {"taps": [tap_as_json(key)], "waiting": 0}
        assert one.post("/tablet/taps", json=body).status_code == 200
    with app.app_context():
        by_group = {t.classroom: t for t in tablets.list_tablets(cast.school)}
        assert by_group[cast.zon].seen.heard_on == MONDAY
        assert by_group[team].seen.heard_on is None
        assert by_group[team].seen.waiting is None


def test_a_heavy_team_raises_no_flag_where_a_class_would(
    app: Flask, cast: Cast, clock: HeldClock, team: int
) -> None:
    with app.app_context():
        for group in (team, cast.zon):
            live(cast, group, heavy_from=25)
        reviewing.look_for_patterns(clock())
        raised = {flag.classroom for flag in flags.list_flags(cast.school)}
        assert raised == {cast.zon}


def test_it_is_in_no_figure_about_the_school(
    app: Flask, cast: Cast, clock: HeldClock, team: int, sign_in: SignIn
) -> None:
    with app.app_context():
        for group in (team, cast.zon, cast.maan):
            live(cast, group)
        people = {person.name: person for person in signing_in.list_staff(cast.school)}
        weeks = school_trend.school_trend_of(people["Hanna"], 10, clock()).weeks
        assert weeks
        told = [week.shares for week in weeks]
        assert told == [None] * len(weeks), "two classes are too few, a team is none"
    for page in ("/review", "/flags", "/home"):
        assert "Het team" not in sign_in("inge").get(page).text


def test_it_is_found_on_the_first_page_by_those_who_see_it(sign_in: SignIn, team: int) -> None:
    link = f"/teams/{team}/trend"
    assert {name for name in EVERYBODY if link in sign_in(name).get("/home").text} == SEE_IT


def test_a_phone_shows_the_cards_after_one_press(sign_in: SignIn, team: int) -> None:
    tess = sign_in("tess")
    assert tess.post(f"/teams/{team}/device").location == "/tablet"
    assert tess.get("/tablet").status_code == 200
    assert tess.post(f"/teams/{team}/device").location == "/tablet"  # and stays the one it is
    assert sign_in("hanna").post(f"/teams/{team}/device").status_code == 403


def test_the_tablet_of_a_class_never_becomes_a_teams(
    sign_in: SignIn, cast: Cast, team: int
) -> None:
    tess = sign_in("tess")
    tess.set_cookie("checkin_tablet", cast.tablet_token)
    answer = tess.post(f"/teams/{team}/device", headers=ENGLISH)
    assert answer.location == f"/teams/{team}/trend"
    assert tess.get_cookie("checkin_tablet").value == cast.tablet_token
    assert "tablet of a class" in tess.get(answer.location, headers=ENGLISH).text


def test_a_code_brings_in_a_device_without_an_account(
    sign_in: SignIn, client: PageClient, team: int
) -> None:
    for name in ("tess", "hanna", "adam"):
        answer = sign_in(name).post(f"/teams/{team}/enrolment-codes")
        assert answer.location == f"/teams/{team}/code", name
    tess = sign_in("tess")
    tess.post(f"/teams/{team}/enrolment-codes")
    page = page_of(tess.get(f"/teams/{team}/code"))
    code = "".join(page.xpath("//*[contains(@class, 'code ')]//span/text()"))
    assert client.post("/tablet/enrolment", json={"code": code}).status_code == 200
    assert client.get("/tablet").status_code == 200
    assert tess.get(f"/teams/{team}/code").status_code == 404  # used
    assert sign_in("inge").post(f"/teams/{team}/enrolment-codes").status_code == 403


def test_the_head_sets_a_team_up(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    hanna = sign_in("hanna")
    assert hanna.get("/teams/new").status_code == 200
    answer = hanna.post("/teams", data=form(seen_by=[str(cast.people["omar"])]))
    assert answer.status_code == 303
    with app.app_context():
        (team,) = schools.list_teams(cast.school)
        assert (team.name, team.pupils) == ("Het team", 12)
        assert set(timetables.openings_of(team.id)) == {(n, Moment.CHECK_IN) for n in range(1, 6)}
    assert sign_in("omar").get(f"/teams/{team.id}/trend").status_code == 200
    assert "Het team" in hanna.get("/classrooms").text
    assert "Het team" in hanna.get("/tablets").text


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": " "}, "A name has 1 to 40 letters"),
        ({"name": "x" * 41}, "A name has 1 to 40 letters"),
        ({"members": "0"}, "a whole number from 1 to 99"),
        ({"members": "100"}, "a whole number from 1 to 99"),
        ({"members": "twelve"}, "a whole number from 1 to 99"),
        ({"check-in-closes": ""}, "Fill in both times"),
        ({"check-in-closes": "25:00"}, "Write a time such as 08:15"),
        ({"check-in-closes": "07:00"}, "opens before it closes"),
        ({"check-in-opens": "", "check-in-closes": ""}, "at least one round"),
        ({"check-out-opens": "09:00", "check-out-closes": "12:00"}, "before the check-in"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    sign_in: SignIn, team: int, cast: Cast, changes: dict[str, str], problem: str
) -> None:
    hanna = sign_in("hanna")
    given = form(seen_by=[str(cast.people["omar"])], **changes)
    for path in ("/teams", f"/teams/{team}"):
        answer = hanna.post(path, data=given, headers=SAME_SITE | ENGLISH)
        assert answer.status_code == 400
        page = page_of(answer)
        assert problem in " ".join(page.xpath("//*[@class='problem']/text()"))
        assert page.xpath("//input[@name='name']/@value") == [str(given["name"]).strip()]
        assert page.xpath("//input[@name='members']/@value") == [given["members"]]
        (ticked,) = page.xpath("//input[@name='seen_by'][@checked]/@value")
        assert int(ticked) == cast.people["omar"]


def test_the_hours_it_has_are_never_called_wrong(app: Flask, sign_in: SignIn, team: int) -> None:
    all_day = {(1, moment): Opening(0, 24 * 60) for moment in Moment}
    with app.app_context():
        timetables.set_openings(team, all_day)
        db.session.commit()
    hours = {f"{m.value}-{end}": "00:00" for m in Moment for end in ("opens", "closes")}
    assert sign_in("hanna").post(f"/teams/{team}", data=form(**hours)).status_code == 303
    with app.app_context():
        assert timetables.openings_of(team) == all_day
    assert sign_in("hanna").post("/teams", data=form(**hours)).status_code == 400


def test_a_colleague_of_another_school_cannot_be_ticked(
    app: Flask, sign_in: SignIn, team: int, cast: Cast
) -> None:
    given = form(seen_by=[str(cast.people["otto"])])
    assert sign_in("hanna").post(f"/teams/{team}", data=given).status_code == 303
    assert sign_in("otto").get(f"/teams/{team}/trend").status_code == 404
    assert sign_in("tess").get(f"/teams/{team}/trend").status_code == 403  # taken out


def test_it_is_set_up_by_the_head_and_administrators_alone(sign_in: SignIn, team: int) -> None:
    opened = {name for name in EVERYBODY if sign_in(name).get(f"/teams/{team}").status_code == 200}
    assert opened == {"hanna", "adam"}
    opened = {name for name in EVERYBODY if sign_in(name).get("/teams/new").status_code == 200}
    assert opened == {"hanna", "adam", "anna"}


def test_a_team_that_ended_taps_and_shows_nothing_any_more(
    sign_in: SignIn, team: int, phone: PageClient
) -> None:
    hanna = sign_in("hanna")
    assert hanna.post(f"/teams/{team}/end").status_code == 303
    assert phone.post("/tablet/taps", json={"taps": []}).status_code == 401
    for name in SEE_IT:
        assert sign_in(name).get(f"/teams/{team}/trend").status_code == 404
    assert hanna.post(f"/teams/{team}/end").status_code == 404


def test_it_speaks_of_members_and_never_of_pupils(
    app: Flask, cast: Cast, sign_in: SignIn, team: int
) -> None:
    with app.app_context():
        shares = WeekPicture({"happy": "40%", "sad": "20%", "pass": "<10%"}, {"rest": "30%"})
        released.add_week(cast.school, team, "2026-W47", shares)
        live(cast, team)
    pages = [(sign_in("tess"), f"/teams/{team}/trend"), (sign_in("hanna"), f"/teams/{team}")]
    for client, address in pages:
        told = words(client, address)
        assert "member" in told
        assert not re.search(r"pupil|child", told)
    assert "40%" in words(*pages[0])
