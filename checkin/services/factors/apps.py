"""An app that shows a code of six digits, another one every thirty seconds."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

import pyotp

from checkin.domain.access import Person
from checkin.services.factors import encrypting, steps
from checkin.services.factors.days import today_at
from checkin.services.factors.steps import Kind
from checkin.storage import audit, factors
from checkin.storage.database import db

DIGITS, SECONDS = 6, 30
SKEW = (0, -1, 1)
"""A phone's clock may be one code off."""


@dataclass(frozen=True)
class NewApp:
    """What an app is told once: as an address for its camera, and to be typed."""

    address: str
    secret: str


@dataclass(frozen=True)
class Fitting:
    """A code that fits: of which app, and of which half minute."""

    app: int
    step: int


def begin(person: Person, session: str, now: datetime) -> None:
    """Make a secret for an app; it counts once a code of it was given."""
    kept = encrypting.encrypt(pyotp.random_base32().encode(), _whose(person.id))
    steps.begin_of(Kind.NEW_APP, session, person, kept, now)


def find_new(person: Person, session: str, school: str, now: datetime) -> NewApp | None:
    """Return the app that is being added, or None."""
    secret = _secret_of_new(person, session, now)
    if secret is None:
        return None
    address = _clock(secret).provisioning_uri(
        name=person.email, issuer_name=f"checkin {school}".strip()
    )
    return NewApp(address, secret)


def add(person: Person, session: str, label: str, code: str, now: datetime) -> bool:
    """Add the app that shows this code; False when the code is wrong or it took too long."""
    secret = _secret_of_new(person, session, now)
    step = None if secret is None else _find_step(secret, code, now)
    if secret is None or step is None:
        return False
    if not steps.end(Kind.NEW_APP, session):
        db.session.rollback()
        return False
    kept = encrypting.encrypt(secret.encode(), _whose(person.id))
    on = today_at(person.school, now)
    factors.add_authenticator(person.school, person.id, label, kept, step, on)
    audit.add(person.school, now, person.id, "added an app with codes", f"staff {person.id}")
    db.session.commit()
    return True


def find(staff: int, code: str, now: datetime) -> Fitting | None:
    """Return which app of a person shows a code now, or None; nothing is spent with that."""
    for app in factors.authenticators_of(staff):
        secret = encrypting.decrypt(app.secret, _whose(staff))
        step = None if secret is None else _find_step(secret.decode(), code, now)
        if step is not None:
            return Fitting(app.id, step)
    return None


def spend(fitting: Fitting, on: date) -> bool:
    """Take a code; False when it, or a later one, was taken before. The caller commits.

    Of two requests at once one gets it.
    """
    return factors.spend_step(fitting.app, fitting.step, on)


def _secret_of_new(person: Person, session: str, now: datetime) -> str | None:
    step = steps.find_of(Kind.NEW_APP, session, person, now)
    secret = None if step is None else encrypting.decrypt(step.kept, _whose(person.id))
    return None if secret is None else secret.decode()


def _find_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step of a code near now, or None; every one is compared in equal time."""
    typed, clock = "".join(code.split()).encode(), _clock(secret)
    current = int(now.timestamp()) // SECONDS
    found = None
    for skew in SKEW:
        right = clock.generate_otp(current + skew).encode()
        if hmac.compare_digest(right, typed) and found is None:
            found = current + skew
    return found


def _clock(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS)


def _whose(staff: int) -> str:
    return f"staff {staff}"
