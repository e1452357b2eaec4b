"""Of two people who use one invitation at the same moment one comes in, on both databases."""

import threading

import pytest

from checkin.domain.access import Role
from checkin.domain.joining import Way
from checkin.services import passwords, signing_in, staffing
from checkin.services.staffing import NewMember, NotDone, NotLive, Setting, set_roles
from checkin.storage import audit, joining, staff
from checkin.storage.database import db
from tests.school import PASSWORD, SmallSchool

NEW = NewMember("Nora", "nora@school.example", frozenset({Role.TEACHER}), frozenset())
WORDS = ("drie gele fietsen", "vier rode bussen")


def person(school: SmallSchool, name: str):
    return next(one for one in signing_in.list_staff(school.id) if one.name == name)


def at_once(school: SmallSchool, *works) -> list[str]:
    """Do several things in threads of their own, and return what came of each."""
    outcomes, ready = [""] * len(works), threading.Barrier(len(works))

    def run(number: int) -> None:
        with school.app.app_context():
            ready.wait(30)
            try:
                works[number]()
                outcomes[number] = "done"
            except (NotLive, NotDone) as error:
                outcomes[number] = str(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


@pytest.mark.parametrize("school", ["file", "server"], indirect=True)
def test_one_of_two_comes_in(school: SmallSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = staffing.invite(person(school, "Adam"), NEW, Way.PAPER, school.clock.now)
    both, make_hash = threading.Barrier(2), passwords.make_hash

    def slow(password: str) -> str:
        both.wait(30)  # both have looked and found it live
        return make_hash(password)

    monkeypatch.setattr(passwords, "make_hash", slow)
    works = [
        lambda words=words: staffing.choose_password(code, words, "nl", school.clock.now)
        for words in WORDS
    ]
    outcomes = at_once(school, *works)
    assert sorted(outcomes) == ["done", "used"]
    db.session.rollback()
    db.session.expire_all()
    (in_by,) = [words for words, came in zip(WORDS, outcomes, strict=True) if came == "done"]
    assert signing_in.sign_in(NEW.email, in_by, school.clock.now)
    lines = audit.lines_of(school.id, audit.ends_of(school.id).head.number)
    assert [line.what for line in lines].count("joined") == 1


@pytest.mark.parametrize("school", ["file", "server"], indirect=True)
def test_two_administrators_cannot_both_stop_being_one(school: SmallSchool) -> None:
    signing_in.add_staff(school.id, "bram@school.example", "Bram", PASSWORD, [Role.ADMIN])
    adam, bram = person(school, "Adam"), person(school, "Bram")
    teacher = frozenset({Role.TEACHER})

    def demote(by, whom):
        member = joining.find_member(whom.id)
        set_roles(by, member, Setting(whom.name, teacher, frozenset()), school.clock.now)

    works = (lambda: demote(adam, bram), lambda: demote(bram, adam))
    assert sorted(at_once(school, *works)) == ["done", "last-admin"]
    db.session.rollback()
    db.session.expire_all()
    admins = [one for one in staff.list_staff(school.id) if Role.ADMIN in one.roles]
    assert len(admins) == 1


def test_the_same_invitation_sent_twice_is_one(school: SmallSchool) -> None:
    adam = person(school, "Adam")
    send = lambda: staffing.invite(adam, NEW, Way.PAPER, school.clock.now)  # noqa: E731
    assert sorted(at_once(school, send, send)) == ["done", "taken"]
