"""What a mail server does not take is tried again, ever later, and given up after days."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from checkin.domain.mails import GIVES_UP, PAUSES, Ended
from checkin.services import mailing, mailing_post
from checkin.storage.database import db
from checkin.storage.rows import MailRow
from tests.mail.conftest import Mailing, free_port, use_server
from tests.school import at


def rows() -> list[MailRow]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(MailRow).order_by(MailRow.id)))


@contextmanager
def talking(replies: list[bytes]) -> Iterator[int]:
    """Let a server answer line by line as told, then hang up; without a reply it is silent."""
    server = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as heard:
                for reply in replies:
                    line.sendall(reply)
                    while (said := heard.readline()) and reply.startswith(b"354"):
                        if said == b".\r\n":
                            break
                if not replies:
                    done.wait(60)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        done.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


@pytest.mark.parametrize(
    ("place", "answer", "why"),
    [
        ("at_data", "451 4.3.0 try again later", "later"),
        ("at_data", "552 5.2.2 mailbox full", "refused"),
        ("at_rcpt", "450 4.2.1 greylisted", "later"),
        ("at_rcpt", "550 5.1.1 no such person", "refused"),
        ("at_data", "421 4.3.2 going down", "later"),
    ],
)
def test_a_refused_mail_is_tried_again_and_arrives_once(
    mailing_school: Mailing, place: str, answer: str, why: str
) -> None:
    mailing_school.give_flag("tess")
    getattr(mailing_school.inbox, place).append(answer)
    assert mailing_school.look_and_send() == 0
    (row,) = rows()
    assert (row.tries, row.trouble, row.ended) == (1, why, "")
    assert mailing.send_due(mailing_school.now) == 0  # not before its pause is over
    mailing_school.pass_time(minutes=3)
    assert mailing.send_due(mailing_school.now) == 1
    assert mailing_school.look_and_send() == 0
    assert mailing_school.inbox.receivers == ["tess"]


def test_one_refused_address_keeps_nobody_else_from_their_mail(mailing_school: Mailing) -> None:
    mailing_school.give_flag("tess")
    mailing_school.give_flag("omar")
    mailing_school.inbox.at_rcpt.append("550 5.1.1 no such person")
    assert mailing_school.look_and_send() == 1
    assert mailing_school.inbox.receivers == ["omar"]


@pytest.mark.parametrize("how", ["nobody there", "silence", "hangs up", "not before"])
def test_a_server_that_cannot_be_talked_to_is_tried_again(
    mailing_school: Mailing, port: int, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing_school.give_flag("tess")
    mailing_school.give_flag("omar")
    replies = {"silence": [], "hangs up": [b"220 hello\r\n"], "not before": [b"554 no\r\n"]}
    app = mailing_school.school.app
    if how == "nobody there":
        use_server(app, f"smtp://127.0.0.1:{free_port()}")
        assert mailing_school.look_and_send() == 0
    else:
        if how == "silence":
            monkeypatch.setattr(mailing_post, "PATIENCE", 0.2)
        with talking(replies[how]) as other:
            use_server(app, f"smtp://127.0.0.1:{other}")
            assert mailing_school.look_and_send() == 0
        monkeypatch.undo()
    expected = {"silence": "silent", "not before": "refused"}.get(how, "no-connection")
    assert [(row.tries, row.trouble) for row in rows()] == [(1, expected)] * 2
    going = mailing.going_of(mailing_school.school.id, mailing_school.now)
    assert (going.stuck, going.trouble) == (2, expected)
    use_server(app, f"smtp://127.0.0.1:{port}")
    mailing_school.pass_time(minutes=3)
    assert mailing.send_due(mailing_school.now) == 2
    assert mailing.going_of(mailing_school.school.id, mailing_school.now).stuck == 0


def test_a_mail_that_perhaps_went_is_not_sent_again_and_shown(
    mailing_school: Mailing, port: int
) -> None:
    mailing_school.give_flag("tess")
    mailing_school.give_flag("omar")
    ok = b"250 fine\r\n"
    with talking([b"220 hello\r\n", ok, ok, ok, b"354 go on\r\n"]) as other:  # and hangs up
        use_server(mailing_school.school.app, f"smtp://127.0.0.1:{other}")
        assert mailing_school.look_and_send() == 0
    assert [row.ended for row in rows()] == [Ended.PERHAPS.value, ""]
    use_server(mailing_school.school.app, f"smtp://127.0.0.1:{port}")
    mailing_school.pass_time(hours=1)
    assert mailing.send_due(mailing_school.now) == 1
    assert mailing_school.inbox.receivers == ["omar"]
    assert mailing.going_of(mailing_school.school.id, mailing_school.now).perhaps == 1


def test_pauses_grow_and_after_days_it_is_given_up(mailing_school: Mailing) -> None:
    mailing_school.give_flag("tess")
    use_server(mailing_school.school.app, f"smtp://127.0.0.1:{free_port()}")
    mailing_school.look_and_send()
    began, pauses = mailing_school.now, []
    while (row := rows()[0]).ended == "":
        pauses.append(row.not_before - mailing_school.now)
        mailing_school.school.clock.now = row.not_before
        mailing.send_due(mailing_school.now)
        assert len(pauses) < 40
    tried = [pause for pause in pauses if pause in PAUSES]
    assert tried[: len(PAUSES)] == sorted(tried[: len(PAUSES)])
    assert row.ended == Ended.GIVEN_UP.value
    assert GIVES_UP <= mailing_school.now - began <= GIVES_UP + timedelta(days=3)
    going = mailing.going_of(mailing_school.school.id, mailing_school.now)
    assert (going.given_up, going.given_up_trouble, going.stuck) == (1, "no-connection", 0)


def test_what_failed_in_the_evening_waits_for_the_morning(mailing_school: Mailing) -> None:
    mailing_school.go_to(17, 58)
    mailing_school.give_flag("tess")
    mailing_school.inbox.at_data.append("451 try again later")
    mailing_school.look_and_send()
    mailing_school.pass_time(minutes=5)
    assert mailing.send_due(mailing_school.now) == 0
    assert rows()[0].not_before == at(7, 0) + timedelta(days=1)
    assert rows()[0].tries == 1
