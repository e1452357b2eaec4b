"""Doing many things at once, so that one that fails keeps no other waiting."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from checkin.services.faults import StorageUnavailable, describe
from checkin.storage.database import db

MOST = 200
"""So many share a commit, which taps wait for."""

T = TypeVar("T")
log = logging.getLogger("checkin.services")


def together(things: Sequence[T], work: Callable[[Sequence[T]], int]) -> tuple[int, list[T]]:
    """Do things many at once, and each alone where that fails.

    Returns how many changed something, and those that failed alone too.
    """
    done = 0
    failed: list[T] = []
    for start in range(0, len(things), MOST):
        some = things[start : start + MOST]
        changed = attempt(partial(work, some))
        if changed is not None:
            done += changed
        elif len(some) == 1:
            failed += some
        else:
            alone = [together([thing], work) for thing in some]
            done += sum(changed for changed, _ in alone)
            failed += [thing for _, not_done in alone for thing in not_done]
    return done, failed


def attempt(work: Callable[[], T]) -> T | None:
    """Do what may fail for itself: None then. Trouble with the storage itself is everybody's."""
    try:
        return work()
    except StorageUnavailable:
        raise
    except Exception as error:
        log.error("something failed, the rest goes on: %s", describe(error))
        db.session.rollback()
        return None
