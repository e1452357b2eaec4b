"""An invitation is mailed at once, with who asked and a link that stands nowhere else."""

import re
from datetime import timedelta

from checkin.domain.access import Role
from checkin.domain.joining import Way
from checkin.services import mailing, signing_in, staffing
from checkin.services.staffing import NewMember
from checkin.storage import joining
from checkin.storage.database import db
from tests.mail.conftest import Mailing
from tests.school import at

NEW = NewMember("Nora Smit", "nora@school.example", frozenset({Role.TEACHER}), frozenset())
WORDS = "drie gele fietsen"
LINK = re.compile(r"https://checkin\.school\.example/join/(\S+)")


def invite(made: Mailing) -> int:
    adam = next(p for p in signing_in.list_staff(made.school.id) if p.name == "Adam")
    return staffing.invite(adam, NEW, Way.MAIL, made.now)[0]


def link(made: Mailing, number: int = -1) -> str:
    found = LINK.search(made.inbox.text(number))
    assert found
    return found[1]


def test_comes_at_night_and_lets_its_reader_in(mailing_school: Mailing) -> None:
    mailing_school.go_to(22)
    invite(mailing_school)
    assert mailing.send_due(mailing_school.now) == 1
    assert mailing_school.inbox.receivers == ["nora"]
    assert "Adam" in mailing_school.inbox.text()
    token = link(mailing_school)
    assert len(token) >= 43
    staffing.choose_password(token, WORDS, "nl", mailing_school.now)
    assert signing_in.sign_in(NEW.email, WORDS, mailing_school.now)


def test_the_link_is_in_no_row_before_or_after(mailing_school: Mailing) -> None:
    invite(mailing_school)
    mailing.send_due(mailing_school.now)
    raw = db.engine.raw_connection()
    dump = "\n".join(raw.driver_connection.iterdump())
    raw.close()
    assert link(mailing_school) not in dump


def test_what_the_server_did_not_take_comes_later_with_a_link_that_works(
    mailing_school: Mailing,
) -> None:
    invite(mailing_school)
    mailing_school.inbox.at_data.append("451 later")
    assert mailing.send_due(mailing_school.now) == 0
    mailing_school.pass_time(minutes=3)
    assert mailing.send_due(mailing_school.now) == 1
    assert staffing.look(link(mailing_school), mailing_school.now).person.name == "Nora Smit"


def test_withdrawn_before_it_went_nothing_is_mailed(mailing_school: Mailing) -> None:
    id = invite(mailing_school)
    adam = next(p for p in signing_in.list_staff(mailing_school.school.id) if p.name == "Adam")
    member = joining.find_member(id)
    assert member is not None
    staffing.withdraw(adam, member, mailing_school.now)
    assert mailing.send_due(mailing_school.now) == 0
    assert mailing_school.inbox.mails == []


def test_too_old_when_the_server_is_back_it_is_not_mailed(mailing_school: Mailing) -> None:
    invite(mailing_school)
    mailing_school.go_to(9, day=at(9).date() + timedelta(days=8))
    assert mailing.send_due(mailing_school.now) == 0


def test_a_forgotten_password_names_nobody_but_its_reader(mailing_school: Mailing) -> None:
    staffing.ask_password("tess@school.example", mailing_school.now)
    assert mailing.send_due(mailing_school.now) == 1
    assert mailing_school.inbox.receivers == ["tess"]
    text = mailing_school.inbox.text()
    assert "Adam" not in text
    assert staffing.look(link(mailing_school), mailing_school.now).person.name == "Tess"
