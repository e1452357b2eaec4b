"""Guessing gets slower and slower: from the fifth wrong guess a wait that doubles.

A guess is counted by what was guessed at, never by address: no IP is kept anywhere.
"""

import hashlib
from datetime import datetime, timedelta
from math import ceil

from checkin.storage import guesses
from checkin.storage.database import db

FREE_GUESSES = 5
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)


class WaitFirst(Exception):
    """Too many wrong guesses; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def check(what: str, subject: str, now: datetime) -> None:
    """Raise WaitFirst while guesses at this have to wait."""
    found = guesses.find(what, _hash(subject))
    if found is not None and found[0] >= FREE_GUESSES and found[1] > now:
        raise WaitFirst(ceil((found[1] - now).total_seconds()))


def count(what: str, subject: str, now: datetime) -> None:
    """Count a guess; the caller commits. Raises WaitFirst where one that came at once was first.

    Counted by the database, so that it holds for all threads and processes together: whoever
    counts a guess before it is tried lets one be tried in each wait, however many come at once.
    """
    hashed = _hash(subject)
    failures = guesses.add(what, hashed, FREE_GUESSES, now, now - FORGOTTEN_AFTER)
    if failures is None:
        db.session.rollback()
        check(what, subject, now)
        raise WaitFirst(1)
    guesses.wait(what, hashed, now + wait_after(failures))


def forgive(what: str, subject: str) -> None:
    """Forget the wrong guesses after a right one; the caller commits."""
    guesses.remove(what, _hash(subject))


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many wrong guesses."""
    if failures < FREE_GUESSES:
        return timedelta(0)
    doublings = min(failures - FREE_GUESSES, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _hash(subject: str) -> bytes:
    return hashlib.sha256(subject.encode()).digest()
