"""Sending what is due: each mail in the hands of one process, and handed over at most once."""

import hashlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flask import current_app

from checkin.config import Config
from checkin.domain.access import Person
from checkin.domain.mail_servers import read_server
from checkin.domain.mails import (
    GIVES_UP,
    Ended,
    Kind,
    Letter,
    Trouble,
    Waiting,
    goes_at,
    pause_after,
)
from checkin.services import mailing_post
from checkin.services.mailing_letters import letter_for
from checkin.services.mailing_post import Envelope, NotOurs, NotSent, PerhapsSent, Post
from checkin.services.timetables import calendar_of
from checkin.storage import mail_settings, mails, staff
from checkin.storage.database import db

HELD = timedelta(minutes=10)
MOST_AT_ONCE = 50
RUN_SECONDS = 240.0
"""Well within the time a mail is held."""

Words = Callable[[Letter | None, Person], tuple[str, str]]
"""Writes the subject and text of a letter in a person's language; without one, of a test."""


@dataclass(frozen=True)
class _Batch:
    """Mails to one person about things of one kind: they go as one."""

    person: Person | None
    kind: Kind
    mails: tuple[Waiting, ...]

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.mails]

    @property
    def key(self) -> str:
        names = f"{self.mails[0].school} {self.mails[0].made_at.timestamp()} {self.ids}"
        return hashlib.sha256(names.encode("ascii")).hexdigest()[:32]


def is_set_up() -> bool:
    """Tell whether there is a mail server; without it everything shows in the app only."""
    return _config().smtp_url is not None


def send_due(now: datetime) -> int:
    """Send what is due and return how many mails went."""
    if not is_set_up():
        return 0
    mails.end_handed(now)
    holder = secrets.token_hex(8)
    due = mails.hold_due(holder, now, now + HELD, MOST_AT_ONCE)
    ready = [(one, letter) for one in _batches(due) if (letter := _ready(one, now)) is not None]
    db.session.commit()  # a slow mail server keeps no transaction open
    return _send(ready, holder, now) if ready else 0


def open_post() -> Post:
    """Return the way to the school's mail server."""
    config = _config()
    assert config.smtp_url is not None  # noqa: S101  # asked before
    return Post(read_server(config.smtp_url), config.mail_from, mailing_post.PATIENCE)


def _config() -> Config:
    config = current_app.extensions["checkin_config"]
    assert isinstance(config, Config)  # noqa: S101  # what `create_app` put there
    return config


def find_words() -> Words:
    """Return who writes the mails."""
    words: Words = current_app.extensions["checkin_mail_words"]
    return words


def _batches(due: Sequence[Waiting]) -> list[_Batch]:
    def together(one: Waiting) -> tuple[int, str, str]:
        is_of_a_week = one.kind in (Kind.DIGEST, Kind.DECISIONS)
        return one.staff, one.kind.value, one.subject if is_of_a_week else ""

    found = []
    for (person, kind, _), some in groupby(sorted(due, key=together), together):
        found.append(_Batch(_reader(person, Kind(kind)), Kind(kind), tuple(some)))
    return sorted(found, key=lambda batch: min(batch.ids))


def _reader(id: int, kind: Kind) -> Person | None:
    """Return whom a mail is for; an invitation is for whoever has not joined, or left before."""
    return staff.find_anybody(id) if kind is Kind.INVITATION else staff.find_person(id)


def _ready(batch: _Batch, now: datetime) -> Letter | None:
    """Return what to say now; what can wait is put off, what is over is ended."""
    school = batch.mails[0].school
    at = goes_at(mail_settings.quiet_of(school), calendar_of(school), now)
    if at > now and not batch.kind.goes_at_once:
        mails.wait(batch.ids, at)
        return None
    subjects = {one.subject for one in batch.mails}
    letter = letter_for(batch.person, batch.kind, subjects, now) if batch.person else None
    if letter is None:
        mails.end(batch.ids, Ended.NOT_NEEDED, now)
    return letter


def _send(ready: list[tuple[_Batch, Letter]], holder: str, now: datetime) -> int:
    sent, until = 0, time.monotonic() + RUN_SECONDS
    left = [batch for batch, _ in ready]
    try:
        with open_post() as post:
            for batch, letter in ready:
                if time.monotonic() > until:
                    break
                left.remove(batch)  # what comes of it is noted by the next line
                sent += _send_one(post, batch, letter, holder, now)
    except NotSent as error:
        for batch in left:
            _put_off(batch, error.trouble, now)
        left = []
    except PerhapsSent:
        pass  # its connection is gone; the others are tried at the next run
    mails.let_go([id for batch in left for id in batch.ids])
    return sent


def _send_one(post: Post, batch: _Batch, letter: Letter, holder: str, now: datetime) -> bool:
    """Send one letter; raises what keeps the others from being tried too."""
    assert batch.person is not None  # noqa: S101  # no letter is made for nobody
    subject, text = find_words()(letter, batch.person)
    envelope = Envelope(batch.person.email, subject, text, batch.key)
    try:
        post.send(envelope, now, lambda: mails.note_handed(holder, batch.ids, now))
    except NotSent as error:
        _put_off(batch, error.trouble, now)
        if error.ends_all:
            raise
        return False
    except PerhapsSent:
        mails.end(batch.ids, Ended.PERHAPS, now)
        raise
    except NotOurs:
        return False
    mails.end(batch.ids, Ended.SENT, now)
    return True


def _put_off(batch: _Batch, trouble: Trouble, now: datetime) -> None:
    """Try again after a pause that grows; after days, give up."""
    for one in batch.mails:
        if now - one.made_at >= GIVES_UP:
            mails.end([one.id], Ended.GIVEN_UP, now, trouble.value)
        else:
            tries = one.tries + 1
            mails.try_later([one.id], tries, trouble, now + pause_after(tries))
