"""The second step of signing in: a code, after an address and a password."""

from datetime import date, datetime

from checkin.services import signing_in, slowing_down
from checkin.services.factors import apps, codes, steps
from checkin.services.factors.days import today_at
from checkin.services.factors.steps import Kind
from checkin.services.signing_in import BOTH, RECOVERY_CODE
from checkin.storage import staff
from checkin.storage.database import db


class WrongSecond(Exception):
    """Password and code together are not right; which of them is wrong is not told."""


class BeginAgain(Exception):
    """It took too long, or there were too many tries."""


def is_asked(token: str, now: datetime) -> bool:
    """Tell whether a half-done sign-in still waits for its second factor."""
    return steps.find(Kind.SECOND, token, now) is not None


def finish(token: str, code: str, now: datetime) -> str:
    """Return a session token; raises WrongSecond, BeginAgain, or WaitFirst after many guesses.

    A wrong password and an address without an account cost the same work as a wrong code.
    """
    step = steps.find(Kind.SECOND, token, now)
    if step is None:
        raise BeginAgain
    is_right, subject = step.kept[:1] == b"1", step.kept[1:].decode()
    signing_in.count_guess("second-step", subject, now)
    steps.count_try(Kind.SECOND, token)
    way = _try(step.staff, code, now, is_right)
    person = staff.find_person(step.staff) if step.staff is not None else None
    if way is None or person is None or not steps.end(Kind.SECOND, token):
        db.session.rollback()
        raise WrongSecond
    slowing_down.forgive("second-step", subject)
    slowing_down.forgive("sign-in", person.email)
    return signing_in.open_session(person.id, way, now)


def _try(whose: int | None, code: str, now: datetime, is_right: bool) -> str | None:
    """Return by which way a code opens the account, and spend it with that; else None."""
    fitting = apps.find(whose or 0, code, now)
    if whose is None or not is_right:
        return None
    on = _day_of(whose, now)
    if fitting is not None and apps.spend(fitting, on):
        return BOTH
    return RECOVERY_CODE if codes.spend(whose, code, on) else None


def _day_of(whose: int, now: datetime) -> date:
    person = staff.find_person(whose)
    return today_at(person.school, now) if person is not None else now.date()
