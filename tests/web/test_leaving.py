"""Whoever leaves hands everything over first; nothing is left with nobody without saying so."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from checkin.domain.access import Role
from checkin.domain.decisions import DecisionKind
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.domain.talk_setting import Adult
from checkin.domain.talks import Kind, Moment, Part, TalkRequest
from checkin.services import caring, enrolling, structure_versions, structuring
from checkin.storage import (
    decisions,
    flags,
    joining,
    schools,
    staff,
    structures,
    talk_settings,
    talks,
    teams,
)
from checkin.storage.database import db
from checkin.storage.rows import AuditRow, CodeRow
from tests.domain.structures import with_role
from tests.web.conftest import MONDAY_MORNING as NOW
from tests.web.conftest import PASSWORD, Cast, SignIn
from tests.web.joining import ENGLISH, sign_in_as, text_of
from tests.web.page_checks import PageClient, page_of

MONDAY = date(2026, 11, 23)


@dataclass
class Held:
    """What Tess holds, and the people she can hand it to."""

    people: dict[str, int]
    flag: int
    wish: str

    @property
    def address(self) -> str:
        return f"/staff/{self.people['tess']}/leaving"


@pytest.fixture
def held(app: Flask, cast: Cast) -> Held:
    """Let Tess hold one of each: in her class, in the structure, for the pupils, as an adult."""
    people = cast.people
    tess, omar, inge = people["tess"], people["omar"], people["inge"]
    with app.app_context():
        numbers = {"since": "2026-11-17"}
        flag = flags.add_flag(cast.school, cast.zon, "sustained-rise", MONDAY, 3.0, numbers, NOW)
        db.session.commit()
        raised = flags.find_flag(flag)
        assert raised is not None
        caring.assign(raised, tess, inge, "a note about Zon", NOW)
        decisions.add(cast.school, "k", "2026-W48", DecisionKind.LOOK, inge, NOW, flag, who=tess)
        both = with_role(DEFAULT_STRUCTURE, "conciërge", holders=(tess,), deputy=inge)
        both = with_role(both, "aandacht", holders=(inge,), deputy=tess)
        structures.add_version(cast.school, both, date(2026, 9, 1), None)
        for one, stands_in in ((tess, inge), (omar, tess)):
            adult = Adult(one, "", "juf", "adult-glasses", frozenset({cast.zon}), stands_in)
            talk_settings.keep_adult(cast.school, adult)
        talk_settings.set_protocol(cast.school, "Dezelfde dag.", tess)
        talk_settings.switch_on(cast.school, [cast.zon])
        half = Moment(MONDAY, Part.MORNING)
        wish = TalkRequest("a" * 32, cast.school, cast.zon, "", tess, "", Kind.TALK, "fox", half)
        talks.add_request(wish)
        team = schools.list_teams(cast.school)
        assert not team
        enrolling.make_code(cast.school, cast.zon, tess, NOW)
        db.session.commit()
    return Held(people, flag, wish.id)


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def all_to(held: Held, cast: Cast) -> dict[str, str]:
    omar, inge, hanna = (str(held.people[n]) for n in ("omar", "inge", "hanna"))
    return {
        "flags": inge,
        "decisions": inge,
        "talks": inge,
        "adult": omar,
        "pain": omar,
        f"stands-in-{omar}": hanna,
        "role-conciërge": omar,
        "deputy-aandacht": hanna,
        f"class-{cast.zon}": omar,
    }


def let_go(adam: PageClient, held: Held, form: dict[str, str]) -> TestResponse:
    return adam.post(held.address, data=form, headers=ENGLISH)


def test_shows_all_that_somebody_holds_and_nothing_of_a_mood(
    held: Held, cast: Cast, adam: PageClient, sign_in: SignIn
) -> None:
    sign_in("tess")
    page = adam.get(held.address, headers=ENGLISH)
    names = page_of(page).xpath("//select/@name")
    assert set(names) == all_to(held, cast).keys()
    told = text_of(page)
    assert "1 flag in hand" in told
    assert "gets the days of its step anew" in told
    assert "1 talk request of a pupil" in told
    assert "Teaches Zon, alone" in told
    assert "1 code for a tablet" in told
    assert "being signed in on 1 device" in told
    for secret in ("fox", "sustained-rise", "rise", "a note about Zon", "heavy"):
        assert secret not in told


def test_happens_only_when_everything_has_been_chosen(
    app: Flask, held: Held, cast: Cast, adam: PageClient
) -> None:
    whole = all_to(held, cast)
    for missing in whole:
        rest = {name: to for name, to in whole.items() if name != missing}
        refused = let_go(adam, held, rest)
        assert refused.status_code == 400, missing
        wrong = page_of(refused).xpath("//select[@aria-invalid]/@name")
        assert wrong == [missing]
        kept = page_of(refused).xpath("//select[option[@selected]]/@name")
        assert set(kept) >= rest.keys()
    with app.app_context():
        assert staff.find_person(held.people["tess"]) is not None
        assert db.session.query(AuditRow).filter(AuditRow.what == "handed-over").count() == 0


def test_everything_is_with_whoever_was_chosen(
    app: Flask, held: Held, cast: Cast, adam: PageClient
) -> None:
    assert let_go(adam, held, all_to(held, cast)).status_code == 303
    people = held.people
    with app.app_context():
        flag = flags.find_flag(held.flag)
        assert flag is not None
        assert flag.assigned_to == people["inge"]
        assert decisions.of_flag(held.flag)[0].who == people["inge"]
        request = talks.find_request(held.wish)
        assert request is not None
        assert request.adult == people["inge"]
        setting = talk_settings.setting_of(cast.school)
        assert [(a.staff, a.deputy) for a in setting.adults] == [(people["omar"], people["hanna"])]
        assert setting.pain_to == people["omar"]
        version = structure_versions.in_force(cast.school, NOW)
        assert version is not None
        role, other = version.structure.role("conciërge"), version.structure.role("aandacht")
        assert (role.holders, role.deputy) == ((people["omar"],), people["inge"])
        assert (other.holders, other.deputy) == ((people["inge"],), people["hanna"])
        omar = staff.find_person(people["omar"])
        assert omar is not None
        assert omar.classrooms == {cast.zon, cast.maan}
        assert db.session.query(CodeRow).filter(CodeRow.used_at.is_(None)).count() == 0


def test_signing_in_is_over_and_the_name_stays(
    app: Flask, held: Held, cast: Cast, adam: PageClient, sign_in: SignIn
) -> None:
    tess = sign_in("tess")
    let_go(adam, held, all_to(held, cast))
    assert tess.get("/home").status_code == 303
    assert sign_in_as(app, "tess@school.example", PASSWORD) is None
    with app.app_context():
        assert staff.names_of(cast.school)[held.people["tess"]] == "Tess"
        account = staff.find_account("tess@school.example")
        assert account is not None
        assert account.password_hash == ""
    inge = sign_in("inge")
    assert "Tess" in text_of(inge.get(f"/flags/{held.flag}", headers=ENGLISH))


def test_nobody_is_a_choice_that_is_said_and_noted(
    app: Flask, held: Held, cast: Cast, adam: PageClient
) -> None:
    form = dict.fromkeys(all_to(held, cast), "nobody")
    assert let_go(adam, held, form).status_code == 303
    with app.app_context():
        lines = db.session.scalars(select(AuditRow.subject).where(AuditRow.what == "handed-over"))
        told = set(lines)
        tess = held.people["tess"]
        assert f"class-{cast.zon} of staff {tess} to nobody yet" in told
        assert len(told) == len(form)
        version = structure_versions.in_force(cast.school, NOW)
        assert version is not None
        gaps = structuring.gaps_of(cast.school, version.structure, NOW)
        label = version.structure.role("conciërge").label
        assert any(gap.kind == "no-holder" and label in gap.subjects for gap in gaps)


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("flags", "hanna"),  # a head sees no mood
        ("flags", "tess"),
        ("flags", "otto"),  # of another school
        ("adult", "inge"),  # no pupil can ask for her
        ("deputy-aandacht", "inge"),  # who holds the role
    ],
)
def test_nothing_goes_to_somebody_who_cannot_have_it(
    app: Flask, held: Held, cast: Cast, adam: PageClient, name: str, to: str
) -> None:
    refused = let_go(adam, held, all_to(held, cast) | {name: str(held.people[to])})
    assert refused.status_code == 400
    assert page_of(refused).xpath("//select[@aria-invalid]/@name") == [name]
    with app.app_context():
        assert staff.find_person(held.people["tess"]) is not None


def test_a_structure_to_come_and_the_draft_are_handed_over_too(
    app: Flask, held: Held, cast: Cast, adam: PageClient
) -> None:
    tess, omar = held.people["tess"], held.people["omar"]
    with app.app_context():
        coming = with_role(DEFAULT_STRUCTURE, "ib", holders=(tess,))
        structures.add_version(cast.school, coming, date(2026, 12, 1), None)
        inge = staff.find_person(held.people["inge"])
        assert inge is not None
        structuring.begin_draft(inge, NOW)
    form = all_to(held, cast) | {"role-ib": str(omar)}
    assert let_go(adam, held, form).status_code == 303
    with app.app_context():
        december = structures.in_force(cast.school, date(2026, 12, 1))
        november = structures.in_force(cast.school, MONDAY)
        draft = structures.find_draft(cast.school)
        assert december is not None
        assert november is not None
        assert draft is not None
        assert december.structure.role("ib").holders == (omar,)
        assert november.structure.role("conciërge").holders == (omar,)
        assert draft.version > december.version > november.version
        for one in (december, november, draft):
            assert all(tess not in role.people for role in one.structure.roles)


def test_a_coming_structure_still_comes_on_its_day(
    app: Flask, held: Held, cast: Cast, adam: PageClient
) -> None:
    with app.app_context():
        coming = with_role(DEFAULT_STRUCTURE, "ib", label="Zorgduo")
        structures.add_version(cast.school, coming, date(2026, 12, 1), None)
        db.session.commit()
    assert let_go(adam, held, all_to(held, cast)).status_code == 303
    with app.app_context():
        november, december = (
            structures.in_force(cast.school, day) for day in (MONDAY, date(2026, 12, 1))
        )
        assert november is not None
        assert december is not None
        assert november.structure.role("ib").label != "Zorgduo"
        assert december.structure.role("ib").label == "Zorgduo"


def test_nobody_lets_themselves_or_the_last_administrator_go(
    app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn
) -> None:
    def own() -> str:
        refused = adam.post(f"/staff/{cast.people['adam']}/leaving", headers=ENGLISH)
        assert refused.status_code == 400
        return text_of(refused)

    assert "make somebody else administrator first" in own()
    with app.app_context():
        joining.set_roles(cast.people["hanna"], {Role.HEAD, Role.ADMIN}, ())
        db.session.commit()
    assert "Nobody lets themselves go" in own()
    with app.app_context():
        assert staff.find_person(cast.people["adam"]) is not None


def test_is_in_no_team_any_more(app: Flask, cast: Cast, adam: PageClient) -> None:
    from checkin.services.teams import USUAL_HOURS, Plan, make_team

    with app.app_context():
        hanna = staff.find_person(cast.people["hanna"])
        assert hanna is not None
        seen_by = frozenset({cast.people["omar"]})
        team = make_team(hanna, Plan("Het team", 12, USUAL_HOURS, seen_by), NOW)
    page = adam.get(f"/staff/{cast.people['omar']}/leaving", headers=ENGLISH)
    assert "seeing the trend of Het team" in text_of(page)
    form = {f"class-{cast.maan}": str(cast.people["tess"])}
    gone = adam.post(f"/staff/{cast.people['omar']}/leaving", data=form, headers=ENGLISH)
    assert gone.status_code == 303
    with app.app_context():
        assert teams.members_of(team) == frozenset()
