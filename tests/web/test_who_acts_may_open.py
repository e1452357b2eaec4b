"""Whoever's hands a flag is in may open it and act; a head or administrator sees its process."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.domain.flags import FlagState, Step
from checkin.domain.mails import Kind
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import presence, reviewing
from checkin.services.mailing_letters import letter_for
from checkin.storage import flags, staff, structures
from checkin.storage.database import db
from checkin.storage.rows import StaffRoleRow, StaffRow
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, about, add_flag, words, words_in
from tests.web.page_checks import page_of

MOOD = ("60%", "20%", "heavy", "Heavier", "It cannot see one child", "check-in", "Geheim")


@pytest.fixture
def flag(app: Flask, cast: Cast) -> int:
    """A flag of Zon; Inge is IB'er with Omar as deputy, and Hanna is Directeur."""
    held = {"ib": ("inge", "omar"), "team": ("inge", None), "directeur": ("hanna", "adam")}
    with app.app_context():
        roles = tuple(
            replace(
                role,
                holders=(cast.people[held[role.id][0]],),
                deputy=cast.people.get(held[role.id][1] or ""),
            )
            if role.id in held
            else role
            for role in DEFAULT_STRUCTURE.roles
        )
        structure = replace(DEFAULT_STRUCTURE, roles=roles)
        structures.add_version(cast.school, structure, date(2026, 8, 31), None)
        db.session.commit()
    return add_flag(app, cast)


def bring_to(app: Flask, flag: int, role: str, note: str = "") -> None:
    """Let the nights bring a flag to a role."""
    with app.app_context():
        flags.add_step(
            flag,
            Step.ESCALATED,
            FlagState.RAISED,
            MONDAY_MORNING,
            note=note,
            role=(role, role.title()),
        )
        db.session.commit()


def add_note(sign_in: SignIn, flag: int) -> None:
    sign_in("inge").post(f"{about(flag)}/notes", data={"note": "Geheim."})


class TestHead:
    @pytest.fixture(autouse=True)
    def with_the_head(self, app: Flask, sign_in: SignIn, flag: int) -> None:
        add_note(sign_in, flag)
        bring_to(app, flag, "directeur")

    def test_is_told_on_the_first_page_that_one_waits(self, sign_in: SignIn, flag: int) -> None:
        page = page_of(sign_in("hanna").get("/home", headers=ENGLISH))
        (section,) = page.xpath("//section[@aria-labelledby='asked-heading']")
        assert "1 flag waits for you" in "".join(section.itertext())
        assert section.xpath(f".//a[@href='{about(flag)}']")

    def test_sees_its_process_and_nothing_of_the_mood(self, sign_in: SignIn, flag: int) -> None:
        told = words(sign_in("hanna"), about(flag))
        assert "Kijken en praten in de klas" in told
        assert "with Directeur: Hanna" in told
        assert "overdue" in told
        assert "it went to Directeur" in told
        whole = sign_in("hanna").get(about(flag), headers=ENGLISH).text
        assert [word for word in MOOD if word in whole] == []

    def test_takes_it_up(self, sign_in: SignIn, flag: int) -> None:
        hanna = sign_in("hanna")
        assert hanna.post(f"{about(flag)}/taking-up").status_code == 303
        assert "Taken up; to do by Thursday 26 November" in words(hanna, about(flag))
        mine = page_of(hanna.get("/home")).xpath("//section[@aria-labelledby='mine-heading']//a")
        assert [link.get("href") for link in mine] == [about(flag)]

    def test_gives_it_to_somebody_of_the_care_team_with_a_note(
        self, sign_in: SignIn, cast: Cast, flag: int
    ) -> None:
        hanna, form = sign_in("hanna"), {"person": cast.people["inge"], "note": "Graag jij."}
        given = hanna.post(f"{about(flag)}/assignment", data=form)
        assert (given.status_code, given.location) == (303, "/home")
        assert hanna.get(about(flag)).status_code == 403
        told = words(sign_in("inge"), about(flag))
        assert "Put in the hands of Inge" in told
        assert "Graag jij." in told

    @pytest.mark.parametrize(
        ("form", "why"),
        [
            ({"person": "omar", "note": "x"}, "Choose who takes this in hand."),
            ({"person": "inge"}, "why you give it to them"),
        ],
    )
    def test_gives_it_to_nobody_else_and_never_without_a_word(
        self, sign_in: SignIn, cast: Cast, flag: int, form: dict[str, str], why: str
    ) -> None:
        sent = form | {"person": str(cast.people[form["person"]])}
        refused = sign_in("hanna").post(f"{about(flag)}/assignment", data=sent, headers=ENGLISH)
        assert refused.status_code == 400
        assert why in words_in(refused)
        assert [word for word in MOOD if word in refused.text] == []

    @pytest.mark.parametrize("step", ["notes", "parents", "closure", "handing-on", "giving-back"])
    def test_does_nothing_else_with_it(self, sign_in: SignIn, flag: int, step: str) -> None:
        form = {"note": "x", "outcome": "no-cause"}
        assert sign_in("hanna").post(f"{about(flag)}/{step}", data=form).status_code == 403

    def test_a_program_is_told_no_more(self, sign_in: SignIn, flag: int, cast: Cast) -> None:
        answer = sign_in("hanna").post(f"{about(flag)}/taking-up", headers=JSON)
        assert answer.json == {"flag": {"id": flag, "classroom": cast.zon, "state": "acknowledged"}}

    def test_gets_the_mail_that_it_waits(
        self, app: Flask, cast: Cast, flag: int, clock: HeldClock
    ) -> None:
        with app.app_context():
            hanna = staff.find_person(cast.people["hanna"])
            assert hanna is not None
            assert letter_for(hanna, Kind.FLAG, [str(flag)], clock()) is not None

    def test_may_no_more_once_it_is_elsewhere(self, app: Flask, sign_in: SignIn, flag: int) -> None:
        bring_to(app, flag, "ib")
        assert sign_in("hanna").get(about(flag)).status_code == 403

    def test_who_is_away_has_a_deputy_who_sees_as_little(
        self, app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
    ) -> None:
        assert sign_in("adam").get(about(flag)).status_code == 403
        with app.app_context():
            hanna, day = staff.find_person(cast.people["hanna"]), clock().date()
            assert hanna is not None
            presence.note_absence(hanna, hanna.id, day, day, clock())
        page = sign_in("adam").get(about(flag), headers=ENGLISH)
        assert page.status_code == 200
        assert [word for word in MOOD if word in page.text] == []
        assert sign_in("hanna").get(about(flag)).status_code == 403


def test_a_head_who_teaches_another_class_sees_the_process_alone(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int
) -> None:
    with app.app_context():
        row = db.session.get_one(StaffRow, cast.people["hanna"])
        row.roles.append(StaffRoleRow(school_id=cast.school, role=Role.TEACHER.value))
        db.session.commit()
    bring_to(app, flag, "directeur")
    page = sign_in("hanna").get(about(flag), headers=ENGLISH)
    assert page.status_code == 200
    assert [word for word in MOOD if word in page.text] == []


class TestDeputy:
    @pytest.fixture(autouse=True)
    def in_place_of_inge(
        self, app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
    ) -> None:
        add_note(sign_in, flag)
        bring_to(app, flag, "ib")
        with app.app_context():
            inge, day = staff.find_person(cast.people["inge"]), clock().date()
            assert inge is not None
            presence.note_absence(inge, inge.id, day, day, clock())

    def test_reads_all_of_it_and_works_it_to_its_end(self, sign_in: SignIn, flag: int) -> None:
        omar = sign_in("omar")
        told = words(omar, about(flag))
        assert "60%" in told
        assert "Geheim." in told
        assert omar.post(f"{about(flag)}/taking-up").status_code == 303
        assert omar.post(f"{about(flag)}/notes", data={"note": "Gezien."}).status_code == 303
        closed = omar.post(f"{about(flag)}/closure", data={"outcome": "talked"})
        assert closed.status_code == 303

    def test_finds_the_buttons_on_the_page(self, sign_in: SignIn, flag: int) -> None:
        page = page_of(sign_in("omar").get(about(flag)))
        actions = page.xpath("//form/@action")
        assert {f"{about(flag)}/{one}" for one in ("taking-up", "handing-on", "closure")} <= {
            *actions
        }

    def test_may_as_long_as_it_lasts(self, sign_in: SignIn, flag: int, clock: HeldClock) -> None:
        clock.pass_time(days=1)
        omar = sign_in("omar")
        assert omar.get(about(flag)).status_code == 403
        assert omar.post(f"{about(flag)}/closure", data={"outcome": "talked"}).status_code == 403


def test_a_deputy_sees_on_the_first_page_what_they_stand_in_for(
    app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    bring_to(app, flag, "ib")
    sign_in("inge").post(f"{about(flag)}/taking-up")
    assert about(flag) not in sign_in("omar").get("/home").text
    with app.app_context():
        inge, day = staff.find_person(cast.people["inge"]), clock().date()
        assert inge is not None
        presence.note_absence(inge, inge.id, day, day, clock())
    mine = page_of(sign_in("omar").get("/home")).xpath(
        "//section[@aria-labelledby='mine-heading']//a/@href"
    )
    assert mine == [about(flag)]


def test_the_nights_bring_it_to_the_head_who_can_open_it(
    app: Flask, sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    for _ in range(60):
        clock.pass_time(days=1)
        with app.app_context():
            reviewing.look_for_patterns(clock())
    assert sign_in("hanna").get(about(flag)).status_code == 200
