"""Where somebody is signed in, and ending that; a password changed by its own person."""

import hashlib
from datetime import datetime

from checkin.domain.access import Person, may_keep_sign_in
from checkin.domain.browsers import read_browser
from checkin.services import passwords, slowing_down
from checkin.services.signing_in import ABSOLUTE_LIMIT, IDLE_LIMIT
from checkin.services.staffing.joining import check_password
from checkin.storage import audit, sessions, staff
from checkin.storage.database import db
from checkin.storage.joining import Member
from checkin.storage.sessions import SignedIn


class NotThePassword(Exception):
    """That is not the password somebody has now."""


def note_browser(token: str, user_agent: str) -> None:
    """Keep in words where somebody signed in: a family and a kind of device, and no address."""
    browser = read_browser(user_agent)
    sessions.note_browser(_hash(token), browser.family, browser.device)
    db.session.commit()


def list_browsers(person: Person, now: datetime) -> list[SignedIn]:
    """Return where a person is signed in, the last seen first."""
    return sessions.list_of(person.id, now - ABSOLUTE_LIMIT, now - IDLE_LIMIT)


def mark_of(token: str) -> str:
    """Return which of them a token is of."""
    return sessions.mark_of(_hash(token))


def end_browser(person: Person, mark: str) -> bool:
    """End one of one's own sessions, and tell whether there was one."""
    was_there = sessions.end_one(person.id, mark)
    db.session.commit()
    return was_there


def end_others(person: Person, token: str, now: datetime) -> int:
    """End one's own sessions but this one, and return how many."""
    ended = sessions.end_all(person.id, _hash(token))
    audit.add(person.school, now, person.id, "sessions-ended", f"staff {person.id}")
    db.session.commit()
    return ended


def end_all_of(by: Person, member: Member, now: datetime) -> int:
    """End every session of somebody else, and return how many."""
    if not may_keep_sign_in(by):
        raise PermissionError("administrators end the sessions of others")
    ended = sessions.end_all(member.id)
    audit.add(by.school, now, by.id, "sessions-ended", f"staff {member.id}")
    db.session.commit()
    return ended


def change_password(person: Person, known: str, new: str, token: str, now: datetime) -> None:
    """Change one's own password; the other sessions end.

    Raises NotThePassword, WeakPassword, and WaitFirst after many wrong ones.
    """
    subject = str(person.id)
    slowing_down.check("own-password", subject, now)
    account = staff.find_account(person.email)
    if not passwords.verify(account.password_hash if account else None, known):
        slowing_down.count("own-password", subject, now)
        db.session.commit()
        raise NotThePassword
    check_password(new, person)
    slowing_down.forgive("own-password", subject)
    staff.set_password_hash(person.id, passwords.make_hash(new))
    sessions.end_all(person.id, _hash(token))
    audit.add(person.school, now, person.id, "password-set", f"staff {person.id}")
    db.session.commit()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
