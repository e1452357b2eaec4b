"""A school whose mail goes to a real mail server on this machine, which can be made to refuse."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from checkin.domain.access import Role
from checkin.services import caring, mailing, signing_in
from checkin.storage import flags, staff
from checkin.storage.database import db
from tests.postgresql import (  # noqa: F401  # fixtures
    bare_database,
    new_database,
    postgresql,
    prepared_template,
)
from tests.school import MONDAY, PASSWORD, SmallSchool, at, small_school

FROM = "checkin@school.example"
BASE = "https://checkin.school.example"
NUMBERS = {"since": "2026-11-17"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Inbox:
    """What a mail server took; `answers` are what it says instead, once each, at RCPT or DATA."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_rcpt: list[str] = field(default_factory=list)
    at_data: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        if self.at_data:
            return self.at_data.pop(0)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails += [(address, mail) for address in envelope.rcpt_tos]
        return "250 OK"

    @property
    def receivers(self) -> list[str]:
        """Return the first parts of the addresses, in the order mails came in."""
        return [address.partition("@")[0] for address, _ in self.mails]

    def text(self, number: int = -1) -> str:
        """Return a mail as its reader sees it."""
        mail = self.mails[number][1]
        return f"{mail['Subject']}\n\n{mail.get_content()}".replace("\r\n", "\n")


@contextmanager
def listening(inbox: Inbox, **more: Any) -> Iterator[int]:
    """Let a mail server listen, and return its port."""
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, ready_timeout=60, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def use_server(app: Flask, url: str) -> None:
    """Let the app mail through a server."""
    config = app.extensions["checkin_config"]
    app.extensions["checkin_config"] = replace(config, smtp_url=url, mail_from=FROM, base_url=BASE)


@dataclass
class Mailing:
    """A small school that mails, and where its mails arrive."""

    school: SmallSchool
    inbox: Inbox
    people: dict[str, int]

    @property
    def now(self) -> Any:
        return self.school.clock.now

    def pass_time(self, **span: float) -> None:
        self.school.clock.now += timedelta(**span)

    def go_to(self, hour: int, minute: int = 0, day: Any = MONDAY) -> None:
        self.school.clock.now = at(hour, minute, day)

    def look_and_send(self) -> int:
        """Do as the housekeeping does."""
        mailing.look(self.now)
        return mailing.send_due(self.now)

    def give_flag(self, to: str, by: str = "inge", pattern: str = "sustained-rise") -> int:
        """Raise a flag that somebody gives to somebody."""
        room = self.school.classrooms[0]
        known = flags.flags_of(room)
        day = MONDAY - timedelta(days=len(known))
        id = flags.add_flag(self.school.id, room, pattern, day, 3.0, NUMBERS, self.now)
        db.session.commit()
        flag = flags.find_flag(id)
        assert flag is not None
        caring.assign(flag, self.people[to], self.people[by], "a note of this test", self.now)
        return id

    def add(self, name: str, *roles: Role) -> int:
        self.people[name] = signing_in.add_staff(
            self.school.id, f"{name}@school.example", name.title(), PASSWORD, roles
        )
        return self.people[name]


@contextmanager
def a_mailing_school(folder: Any, url: str | None, server: str, inbox: Inbox) -> Iterator[Mailing]:
    with small_school(folder, url) as school:
        use_server(school.app, server)
        people = {p.name.lower(): p.id for p in staff.list_staff(school.id)}
        for id in people.values():
            staff.set_locale(id, "en")
        db.session.commit()
        made = Mailing(school, inbox, people)
        mailing.look(made.now - timedelta(minutes=20))  # the first look only begins
        yield made


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    """The port of a mail server that takes everything."""
    with listening(inbox) as port:
        yield port


@pytest.fixture
def mailing_school(tmp_path: Any, inbox: Inbox, port: int) -> Iterator[Mailing]:
    """A school on Monday at half past eight, with a mail server."""
    with a_mailing_school(tmp_path, None, f"smtp://127.0.0.1:{port}", inbox) as made:
        yield made


UseServer = Callable[[str], None]
