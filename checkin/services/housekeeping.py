"""What happens by itself: sealing, reviewing, forgetting; done by one process at a time."""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from checkin.domain.release import FLOOR, UnsafeFloor
from checkin.services import backing_up, class_years, forgetting, mailing, reviewing, sealing
from checkin.services.faults import StorageUnavailable, describe
from checkin.services.together import attempt
from checkin.storage import leases, schools
from checkin.storage.database import check_writable, db
from checkin.storage.migrating import migrate

TICK_SECONDS = 15.0
LEASE = timedelta(seconds=90)
REVIEW_EVERY = timedelta(hours=1)
FORGET_EVERY = timedelta(hours=24)
MAIL_EVERY = timedelta(minutes=1)
BACKUP_EVERY = timedelta(minutes=10)

log = logging.getLogger("checkin.housekeeping")


def prepare_storage() -> None:
    """Bring the database to this version; raises NewerDatabase, StorageUnavailable, UnsafeFloor."""
    migrate()
    sealing.check_apart()
    check_storage()
    refuse_lowered_floor()


def refuse_lowered_floor() -> None:
    """Raise UnsafeFloor when a school's floor is below R3's, whoever put it there."""
    for school in schools.list_schools():
        if school.floor < FLOOR:
            raise UnsafeFloor(
                f"the floor of '{school.name}' is {school.floor}: it may be raised, but never be"
                f" below {FLOOR}; set it right in the database first"
            )


def check_storage() -> None:
    """Raise StorageUnavailable when nothing can be stored."""
    check_writable()
    sealing.check_writable()


def close_connections() -> None:
    """Close every connection to the main database: who is done with it keeps nobody out."""
    db.session.remove()
    db.engine.dispose()


@dataclass
class Housekeeper:
    """Does what is due, if no other process does; keeps no state that matters."""

    holder: str
    reviewed_at: datetime | None = None
    forgot_at: datetime | None = None
    looked_for_mail_at: datetime | None = None
    looked_for_backup_at: datetime | None = None

    def tick(self, now: datetime) -> None:
        """Do what is due."""
        if not leases.take("housekeeping", self.holder, now, now + LEASE):
            return
        attempt(partial(class_years.carry_out_due, now))  # before the first round of the day
        sealed = sealing.seal_due(now)
        if sealed.rounds or _is_past(self.reviewed_at, REVIEW_EVERY, now):
            reviewing.look_for_patterns(now)
            self.reviewed_at = now
        if _is_past(self.forgot_at, FORGET_EVERY, now):
            forgetting.forget(now)
            self.forgot_at = now
        if _is_past(self.looked_for_mail_at, MAIL_EVERY, now):
            mailing.look(now)
            self.looked_for_mail_at = now
        if _is_past(self.looked_for_backup_at, BACKUP_EVERY, now):
            at_start, self.looked_for_backup_at = self.looked_for_backup_at is None, now
            backing_up.look(now, at_start)


def keep_house(app: Flask, also: Callable[[datetime], None] | None = None) -> threading.Event:
    """Start a thread that does what is due every few seconds; set the event to stop it."""
    stop = threading.Event()
    housekeeper = Housekeeper(secrets.token_hex(8))

    def run() -> None:
        while not stop.is_set():
            with app.app_context():
                _tick_safely(housekeeper, app.extensions["checkin_clock"](), also)
            stop.wait(TICK_SECONDS)

    def mail() -> None:  # apart: a mail server that does not answer keeps no round open
        while not stop.wait(TICK_SECONDS):
            with app.app_context():
                _safely(mailing.send_due, app.extensions["checkin_clock"]())

    for name, work in (("housekeeping", run), ("mail", mail)):
        threading.Thread(target=work, name=name, daemon=True).start()
    return stop


def _tick_safely(
    housekeeper: Housekeeper, now: datetime, also: Callable[[datetime], None] | None
) -> None:
    """Do one tick."""

    def tick(now: datetime) -> None:
        if also is not None:
            also(now)
        housekeeper.tick(now)

    _safely(tick, now)


def _safely(work: Callable[[datetime], object], now: datetime) -> None:
    """Do what is due; trouble is logged by its kind and tried again at the next tick."""
    try:
        work(now)
    except StorageUnavailable:
        log.warning("storage is unavailable; trying again")
        db.session.rollback()
    except Exception as error:
        log.error("housekeeping failed; trying again: %s", describe(error))
        db.session.rollback()


def _is_past(then: datetime | None, every: timedelta, now: datetime) -> bool:
    """Tell whether something is due; also where the clock was set back to long before `then`."""
    return then is None or abs(now - then) >= every
