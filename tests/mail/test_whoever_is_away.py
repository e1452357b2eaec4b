"""Whoever is away gets no overview and no reminder; who stands in for them does."""

from dataclasses import replace
from datetime import date

from checkin.domain.access import Role
from checkin.domain.flags import FlagState, Step
from checkin.domain.mails import Kind
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import mailing
from checkin.services.mailing_letters import letter_for
from checkin.storage import absences, flags, staff, structures
from checkin.storage.database import db
from tests.mail.conftest import Mailing
from tests.mail.test_occasions import TUESDAY, a_flag, on_tuesday
from tests.school import MONDAY

__all__ = ["on_tuesday"]


def away(made: Mailing, name: str, day: date = MONDAY) -> None:
    absences.add(made.school.id, made.people[name], day, day, made.people[name])
    db.session.commit()


def test_no_overview_goes_to_whoever_is_away(mailing_school: Mailing) -> None:
    a_flag(mailing_school)
    away(mailing_school, "inge")
    mailing_school.go_to(7, 10)
    mailing.look(mailing_school.now)
    mailing_school.go_to(8, 31)
    mailing_school.look_and_send()
    assert mailing_school.inbox.receivers == []


def test_what_was_made_before_does_not_go_either(mailing_school: Mailing) -> None:
    id = a_flag(mailing_school)
    inge = staff.find_person(mailing_school.people["inge"])
    assert inge is not None
    for kind, subject in ((Kind.DIGEST, "2026-W48"), (Kind.FLAG, str(id))):
        assert letter_for(inge, kind, [subject], mailing_school.now) is not None
    away(mailing_school, "inge")
    for kind, subject in ((Kind.DIGEST, "2026-W48"), (Kind.FLAG, str(id))):
        assert letter_for(inge, kind, [subject], mailing_school.now) is None


def test_it_goes_to_the_head_it_came_to_or_to_who_stands_in(on_tuesday: Mailing) -> None:
    on_tuesday.add("hanna", Role.HEAD)
    people = on_tuesday.people
    roles = tuple(
        replace(role, holders=(people["hanna"],), deputy=people["inge"])
        if role.id == "directeur"
        else role
        for role in DEFAULT_STRUCTURE.roles
    )
    structure = replace(DEFAULT_STRUCTURE, roles=roles)
    structures.add_version(on_tuesday.school.id, structure, date(2026, 8, 31), None)
    for room_away in (False, True):
        if room_away:
            away(on_tuesday, "hanna", TUESDAY)
        id = a_flag(on_tuesday, TUESDAY if room_away else MONDAY)
        role = ("directeur", "Directeur")
        flags_step(on_tuesday, id, role)
        on_tuesday.pass_time(minutes=11)
        on_tuesday.look_and_send()
    assert on_tuesday.inbox.receivers == ["hanna", "inge"]


def flags_step(made: Mailing, id: int, role: tuple[str, str]) -> None:
    flags.add_step(id, Step.ESCALATED, FlagState.RAISED, made.now, role=role)
    db.session.commit()
