"""Coming in with what was mailed or printed: choosing a password, once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkin.domain.access import Person
from checkin.domain.joining import Invitation, Purpose
from checkin.domain.new_passwords import Weak, find_weakness
from checkin.services import invitation_codes as codes
from checkin.services import passwords, slowing_down
from checkin.storage import audit, schools, sessions, staff
from checkin.storage import joining as invitations
from checkin.storage.database import db


class State(StrEnum):
    """What became of an invitation."""

    LIVE = "live"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Unknown(Exception):
    """There is no such code or link."""


class NotLive(Exception):
    """It lets nobody in any more; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


class WeakPassword(Exception):
    """A password that cannot be; `weak` says why."""

    def __init__(self, weak: Weak) -> None:
        super().__init__(weak.value)
        self.weak = weak


@dataclass(frozen=True)
class Welcome:
    """Who may choose a password, and for which school."""

    invitation: Invitation
    person: Person
    school: str
    asked_by: str

    @property
    def is_new(self) -> bool:
        """Tell whether this is about joining, not about another password."""
        return self.invitation.purpose is Purpose.JOIN


def look(secret: str, now: datetime) -> Welcome:
    """Return whom a secret lets in; raises Unknown, NotLive, and WaitFirst after many guesses."""
    secret = codes.tidy(secret)
    place = secret[: codes.PLACE]
    if codes.is_code(secret):
        slowing_down.check("invitation", place, now)
    found = invitations.find_by_secret(codes.hash_of(secret)) if secret else None
    if found is None:
        if codes.is_code(secret):
            slowing_down.count("invitation", place, now)
            db.session.commit()
        raise Unknown
    if (state := state_of(found, now)) is not State.LIVE:
        raise NotLive(state)
    return _welcome(found)


def choose_password(secret: str, password: str, locale: str, now: datetime) -> Welcome:
    """Spend an invitation for a password; every session ends. Raises as `look`, and WeakPassword.

    Nobody is signed in by it: that goes the usual way, with a second factor where there is one.
    """
    welcome = look(secret, now)
    check_password(password, welcome.person)
    password_hash = passwords.make_hash(password)
    spent = invitations.use(codes.hash_of(codes.tidy(secret)), now)
    if spent is None:
        db.session.rollback()
        raise NotLive(State.USED)
    person = welcome.person
    staff.set_password_hash(person.id, password_hash)
    invitations.withdraw_of(person.id, now)
    sessions.end_all(person.id)
    slowing_down.forgive("sign-in", person.email)
    if welcome.is_new:
        invitations.come_back(person.id)
        staff.set_locale(person.id, locale)
    what = "joined" if welcome.is_new else "password-set"
    audit.add(person.school, now, person.id, what, f"staff {person.id}")
    db.session.commit()
    return welcome


def check_password(password: str, person: Person) -> None:
    """Raise WeakPassword when others would try this password first."""
    about = (person.name, person.email, schools.get_school(person.school).name)
    if weak := find_weakness(password, passwords.SHORTEST, about):
        raise WeakPassword(weak)


def state_of(invitation: Invitation, now: datetime) -> State:
    """Return what became of an invitation."""
    if invitation.used_at is not None:
        return State.USED
    if invitation.withdrawn_at is not None:
        return State.WITHDRAWN
    return State.LIVE if invitation.is_live(now) else State.EXPIRED


def _welcome(found: Invitation) -> Welcome:
    person = staff.find_anybody(found.staff)
    assert person is not None  # noqa: S101  # an invitation goes with its person
    by = staff.find_anybody(found.made_by) if found.made_by is not None else None
    school = schools.get_school(found.school).name
    return Welcome(found, person, school, by.name if by else "")
