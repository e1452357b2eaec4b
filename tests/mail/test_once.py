"""Nothing is mailed twice, also by two processes at once, or by one after another died over it."""

import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from checkin.domain.access import Role
from checkin.domain.mails import Ended, Kind, Occasion
from checkin.services import mailing
from checkin.services.mailing_sending import HELD
from checkin.storage import mails
from checkin.storage.database import db
from checkin.storage.rows import MailRow
from tests.mail.conftest import Inbox, Mailing, a_mailing_school
from tests.often import first

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=first(["postgresql", "sqlite"]))
def place(request: pytest.FixtureRequest, tmp_path: Path, inbox: Inbox, port: int) -> Any:
    """A school on either database, and the words that start another process on it."""
    postgresql = request.param == "postgresql"
    url = request.getfixturevalue("new_database") if postgresql else None
    server = f"smtp://127.0.0.1:{port}"
    with a_mailing_school(tmp_path, url, server, inbox) as made:
        yield made, [sys.executable, "-m", "tests.mail.a_process", str(tmp_path), url or "", server]


def start(words: list[str], minutes: int = 0, when: str = "never") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*words, str(minutes), when],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(words: list[str], minutes: int = 0, when: str = "never") -> str:
    """Run a process to its end, and return what it says."""
    with start(words, minutes, when) as process:
        said, _ = process.communicate("go\n", timeout=120)
        return said.partition("ready\n")[2]


def ended() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(MailRow.ended).order_by(MailRow.id)))


def test_the_same_reason_mails_a_person_once(mailing_school: Mailing) -> None:
    occasion = Occasion(Kind.FLAG, mailing_school.people["tess"], "1", "flag 1 assigned 1")
    now = mailing_school.now
    added = [mails.add(mailing_school.school.id, occasion, now, now) for _ in range(3)]
    assert added == [True, False, False]


def test_looking_and_sending_again_mails_nothing_again(mailing_school: Mailing) -> None:
    mailing_school.give_flag("tess")
    assert [mailing_school.look_and_send() for _ in range(3)] == [1, 0, 0]
    mailing_school.pass_time(minutes=1)
    assert mailing_school.look_and_send() == 0


def test_of_several_processes_each_mail_goes_through_one(place: Any) -> None:
    school, words = place
    for n in range(12):
        school.add(f"teacher{n}", Role.TEACHER)
        school.give_flag(f"teacher{n}")
    mailing.look(school.now)
    with ExitStack() as stack:
        several = [stack.enter_context(start(words)) for _ in range(3)]
        for process in several:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in several:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=120)[0] for process in several]
    assert sum(int(count) for count in said) == 12
    assert set(Counter(school.inbox.receivers).values()) == {1}
    assert len(school.inbox.receivers) == 12
    assert set(ended()) == {Ended.SENT.value}


def test_a_mail_of_a_process_that_died_after_the_server_took_it_is_not_sent_again(
    place: Any,
) -> None:
    school, words = place
    school.give_flag("tess")
    mailing.look(school.now)
    assert run(words, when="taken") == ""
    assert school.inbox.receivers == ["tess"]
    assert ended() == [""]
    for minutes in (1, 11, 600):
        assert run(words, minutes) == "0\n"
    assert school.inbox.receivers == ["tess"]
    assert ended() == [Ended.PERHAPS.value]


def test_a_mail_of_a_process_that_died_before_it_was_handed_over_is_sent_once(place: Any) -> None:
    school, words = place
    school.give_flag("tess")
    mailing.look(school.now)
    assert run(words, when="held") == ""
    assert school.inbox.receivers == []
    assert run(words, minutes=1) == "0\n"  # still held
    assert run(words, minutes=11) == "1\n"
    assert run(words, minutes=12) == "0\n"
    assert school.inbox.receivers == ["tess"]


def test_a_mail_that_another_process_has_meanwhile_is_called_off(mailing_school: Mailing) -> None:
    for name in ("tess", "omar"):
        mailing_school.give_flag(name)
    mailing.look(mailing_school.now)
    handed = mails.note_handed

    def too_late(holder: str, ids: Any, at: Any) -> bool:
        if mailing_school.inbox.receivers == [] and 1 in ids:
            db.session.execute(db.update(MailRow).values(held_by="another"))
            is_ours = handed(holder, ids, at)
            db.session.execute(db.update(MailRow).values(held_by=holder))
            return is_ours
        return handed(holder, ids, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mails, "note_handed", too_late)
        assert mailing.send_due(mailing_school.now) == 1
    assert mailing_school.inbox.receivers == ["omar"]


def test_a_mail_held_by_a_clock_that_was_a_year_ahead_goes(mailing_school: Mailing) -> None:
    mailing_school.give_flag("tess")
    mailing.look(mailing_school.now)
    ahead = mailing_school.now + timedelta(days=365)
    assert len(mails.hold_due("one", ahead, ahead + HELD, 9)) == 1
    assert mailing.send_due(mailing_school.now) == 1


def test_looking_goes_on_after_a_clock_was_a_year_ahead(mailing_school: Mailing) -> None:
    mailing.look(mailing_school.now + timedelta(days=365))
    mailing_school.give_flag("tess")
    assert mailing_school.look_and_send() == 1
