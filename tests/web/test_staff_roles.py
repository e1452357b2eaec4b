"""Roles and classes are changed by somebody else, and what that leaves with nobody is said."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.domain.access import Role
from checkin.services import signing_in
from checkin.services.staffing import NotDone, Setting, set_roles
from checkin.storage import joining, staff
from checkin.storage.database import db
from checkin.storage.rows import AuditRow
from tests.web.conftest import MONDAY_MORNING as NOW
from tests.web.conftest import PASSWORD, Cast, SignIn
from tests.web.joining import ENGLISH, text_of
from tests.web.page_checks import PageClient, page_of


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def change(client: PageClient, cast: Cast, whom: str, /, **form: object):
    given = {"name": whom.title()} | form
    return client.post(f"/staff/{cast.people[whom]}", data=given, headers=ENGLISH)


def roles_of(app: Flask, cast: Cast, name: str) -> tuple[set[str], set[int]]:
    with app.app_context():
        found = joining.find_member(cast.people[name])
        assert found is not None
        return {role.value for role in found.roles}, set(found.classrooms)


def test_holds_from_the_next_page_on(app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn):
    omar = sign_in("omar")
    assert omar.get(f"/classrooms/{cast.zon}/trend").status_code == 403
    rooms = [str(cast.zon), str(cast.maan)]
    assert change(adam, cast, "omar", roles="teacher", classrooms=rooms).status_code == 303
    assert omar.get(f"/classrooms/{cast.zon}/trend").status_code == 200
    assert change(adam, cast, "omar", roles="head", sure="yes").status_code == 303
    assert omar.get(f"/classrooms/{cast.zon}/trend").status_code == 403
    assert roles_of(app, cast, "omar") == ({"head"}, set())


def test_asks_first_when_a_class_would_have_no_teacher(app: Flask, cast: Cast, adam: PageClient):
    asked = change(adam, cast, "tess", roles="ib")
    assert asked.status_code == 200
    assert "Zon would have no teacher." in text_of(asked)
    assert roles_of(app, cast, "tess") == ({"teacher"}, {cast.zon})
    form = page_of(asked).xpath(f"//form[@action='/staff/{cast.people['tess']}']")[0]
    fields = [(one.get("name"), one.get("value")) for one in form.xpath(".//input")]
    assert ("sure", "yes") in fields
    assert form.xpath(".//input[@name='roles' and @checked]/@value") == ["ib"]
    assert change(adam, cast, "tess", roles="ib", sure="yes").status_code == 303
    assert roles_of(app, cast, "tess") == ({"ib"}, set())


def test_asks_not_where_another_teaches_the_class(app: Flask, cast: Cast, adam: PageClient):
    rooms = [str(cast.zon), str(cast.maan)]
    change(adam, cast, "omar", roles="teacher", classrooms=rooms)
    assert change(adam, cast, "tess", roles="ib").status_code == 303


def test_asks_first_when_a_role_of_the_structure_is_held_by_nobody_else(
    app: Flask, cast: Cast, adam: PageClient
):
    from datetime import date

    from checkin.domain.structure import DEFAULT_STRUCTURE
    from checkin.storage import structures
    from tests.domain.structures import with_role

    held = with_role(DEFAULT_STRUCTURE, "ib", holders=(cast.people["inge"],))
    with app.app_context():
        structures.add_version(cast.school, held, date(2026, 9, 1), None)
        db.session.commit()
        label = held.role("ib").label
    asked = change(adam, cast, "inge", roles="teacher")
    assert f"Nobody else has the role ‘{label}’" in text_of(asked)
    assert roles_of(app, cast, "inge")[0] == {"ib"}


def test_the_last_administrator_stays_one(app: Flask, cast: Cast, sign_in: SignIn):
    with app.app_context():
        signing_in.add_staff(cast.school, "bram@school.example", "Bram", PASSWORD, [Role.ADMIN])
    bram = sign_in("bram")
    assert change(bram, cast, "adam", roles="teacher").status_code == 303
    with app.app_context():
        by = staff.find_person(cast.people["hanna"])
        member = joining.find_member(
            next(one.id for one in signing_in.list_staff(cast.school) if one.name == "Bram")
        )
        assert by is not None
        assert member is not None
        by = replace(by, roles=frozenset({Role.ADMIN}))  # as of a page that was opened before
        with pytest.raises(NotDone, match="last-admin"):
            set_roles(by, member, Setting("Bram", frozenset({Role.TEACHER}), frozenset()), NOW)


def test_nobody_changes_their_own_roles_while_another_can(app: Flask, cast: Cast, adam: PageClient):
    refused = change(adam, cast, "adam", roles=["admin", "ib"])
    assert refused.status_code == 400
    assert "Nobody changes their own roles" in text_of(refused)
    assert roles_of(app, cast, "adam") == ({"admin"}, set())
    page = page_of(adam.get(f"/staff/{cast.people['adam']}", headers=ENGLISH))
    assert page.xpath("//input[@type='checkbox' and not(@disabled)]") == []
    assert "make somebody else administrator first" in page.text_content()
    assert change(adam, cast, "adam", name="Adam W.", roles="admin").status_code == 303


def test_who_is_alone_may_but_never_stops_being_administrator(
    app: Flask, cast: Cast, sign_in: SignIn
):
    anna = sign_in("anna")  # the only one who keeps the other school
    assert change(anna, cast, "anna", roles=["admin", "teacher"]).status_code == 303
    refused = change(anna, cast, "anna", roles="teacher")
    assert refused.status_code == 400
    assert "This is the last administrator" in text_of(refused)
    assert roles_of(app, cast, "anna")[0] == {"admin", "teacher"}


def test_the_head_changes_roles_but_not_who_is_administrator(
    app: Flask, cast: Cast, sign_in: SignIn
):
    hanna = sign_in("hanna")
    assert change(hanna, cast, "omar", roles=["teacher", "ib"], sure="yes").status_code == 303
    for name, roles in (("omar", ["teacher", "admin"]), ("adam", "teacher")):
        refused = change(hanna, cast, name, roles=roles, sure="yes")
        assert refused.status_code == 400
        assert "changed by an administrator alone" in text_of(refused)
    assert roles_of(app, cast, "adam") == ({"admin"}, set())


def test_every_change_is_in_the_record(app: Flask, cast: Cast, adam: PageClient):
    change(adam, cast, "omar", roles=["teacher", "ib"], classrooms=[str(cast.maan)])
    change(adam, cast, "omar", roles=["teacher", "ib"], classrooms=[str(cast.maan)])
    with app.app_context():
        lines = db.session.scalars(select(AuditRow).where(AuditRow.what == "roles-set")).all()
        subject = f"staff {cast.people['omar']}: ib, teacher; classes {cast.maan}"
        assert [(one.staff_id, one.subject) for one in lines] == [(cast.people["adam"], subject)]


@pytest.mark.parametrize(
    ("form", "told"), [({"roles": []}, "at least one role"), ({"name": "", "roles": "ib"}, "name")]
)
def test_says_what_cannot_be(cast: Cast, adam: PageClient, form: dict[str, object], told: str):
    refused = change(adam, cast, "omar", **(form | {"sure": "yes"}))
    assert refused.status_code == 400
    assert told in text_of(refused)


def test_lists_who_works_here_who_is_invited_and_who_left(
    app: Flask, cast: Cast, adam: PageClient, clock
):
    with app.app_context():
        signing_in.leave(cast.people["omar"], clock())
    page = page_of(adam.get("/staff", headers=ENGLISH))
    names = page.xpath("//table//th[@scope='row']/a/text()")
    assert names == ["Adam", "Hanna", "Inge", "Tess"]
    cells = page.xpath("//table//tr[th/a='Adam']/td")
    told = [" ".join(one.text_content().split()) for one in cells]
    assert told[:2] == ["administrator", "–"]
    assert "23" in told[2]  # the day, and no time
    assert ":" not in told[2]
    assert "Nobody is still to come in." in page.text_content()
    assert page.xpath("//details//strong/text()") == ["Omar"]
    assert "never" in page.xpath("//table//tr[th/a='Hanna']")[0].text_content()
