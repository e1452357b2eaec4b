"""Ten recovery codes, each for one sign-in without the phone."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.storage import audit, factors
from checkin.storage.database import db

HOW_MANY = 10
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""What reads the same on paper and on a screen: without I, L, O, U, 0 and 1."""
GROUPS, LETTERS = 4, 4
"""78 bits: a stolen database can be searched for such a code until the end of days."""


def make(person: Person, now: datetime) -> list[str]:
    """Replace a person's codes and return the new ones: they are never shown again."""
    codes = [_make() for _ in range(HOW_MANY)]
    factors.set_codes(person.school, person.id, [_hash(person.id, code) for code in codes])
    audit.add(person.school, now, person.id, "made recovery codes", f"staff {person.id}")
    db.session.commit()
    return codes


def are_of(person: Person, codes: Iterable[str]) -> bool:
    """Tell whether these are still a person's codes: none were made since, none taken away."""
    return factors.holds_codes(person.id, [_hash(person.id, code) for code in codes])


def spend(staff: int, typed: str, on: date) -> bool:
    """Use up the code that was typed; False when it is none. The caller commits."""
    return factors.spend_code(staff, _hash(staff, typed), on)


def _make() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _tidy(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())


def _hash(staff: int, code: str) -> bytes:
    return hashlib.sha256(f"recovery code {staff} {_tidy(code)}".encode()).digest()
