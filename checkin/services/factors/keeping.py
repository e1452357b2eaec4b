"""The factors of a person: looked at, renamed and removed; and taken away when a phone is lost."""

from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person
from checkin.storage import audit, factors, outside_identities, sign_in_steps, staff
from checkin.storage.database import db
from checkin.storage.factors import Authenticator, Passkey

__all__ = ["Authenticator", "Kept", "Passkey"]

LONGEST = 60
KINDS = ("app", "passkey")


@dataclass(frozen=True)
class Kept:
    """What a person can sign in with, beside the password."""

    apps: list[Authenticator]
    passkeys: list[Passkey]
    codes_left: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there is none."""
        return not self.apps and not self.passkeys


def kept_by(person: int) -> Kept:
    """Return the factors of a person."""
    return Kept(
        factors.authenticators_of(person),
        factors.passkeys_of(person),
        factors.codes_left(person),
    )


def has_factor(person: int) -> bool:
    """Tell whether a person has a second factor."""
    return factors.has_factor(person)


def tidy_label(label: str, otherwise: str) -> str:
    """Return a name as it is kept: in one line, not too long, never empty."""
    return " ".join(label.replace("\0", "").split())[:LONGEST] or otherwise


def rename(person: Person, kind: str, id: int, label: str) -> bool:
    """Give a factor another name; False when the person has none such."""
    renamed = kind in KINDS and factors.rename(kind, person.id, id, label)
    db.session.commit()
    return renamed


def remove(person: Person, kind: str, id: int, now: datetime) -> bool:
    """Remove a factor; with the last one the recovery codes go. False when there is none such."""
    if kind not in KINDS or not factors.remove(kind, person.id, id):
        return False
    kept = kept_by(person.id)
    if kept.is_empty:
        factors.remove_all(person.id)
    what = "removed an app with codes" if kind == "app" else "removed a passkey"
    audit.add(person.school, now, person.id, what, f"staff {person.id}")
    db.session.commit()
    return True


def take_away(whose: Person, by: Person | None, now: datetime) -> None:
    """Take every factor of a person away and end the sessions; None is the server's own keeper.

    Who the person is elsewhere is forgotten too: the next sign-in there begins anew.
    """
    forget_of(whose.id)
    factors.end_sessions(whose.id)
    by_id = by.id if by is not None else None
    audit.add(whose.school, now, by_id, "took second factors away", f"staff {whose.id}")
    db.session.commit()


def forget_of(person: int) -> None:
    """Remove all that a person can sign in with beside the password; the caller commits."""
    factors.remove_all(person)
    outside_identities.unbind(person)
    sign_in_steps.drop_of(person)


def find_colleague(by: Person, id: int) -> Person | None:
    """Return a person of the same school who has not left, or None."""
    found = staff.find_person(id)
    return found if found is not None and found.school == by.school else None


def find_by_address(email: str) -> Person | None:
    """Return the person of an address who has not left, or None."""
    account = staff.find_account(email.strip().lower())
    return staff.find_person(account.id) if account is not None else None
