"""Everything that is looked at, in the order in which it is told."""

from collections.abc import Callable, Iterator
from datetime import datetime

from checkin.config import Config
from checkin.services.doctor import address, backups, clock, database, mail, places, serving
from checkin.services.doctor.findings import Finding, wrong
from checkin.services.faults import NewerDatabase, StorageUnavailable

Look = Callable[[Config, datetime], Iterator[Finding]]
LOOKS: tuple[tuple[str, Look], ...] = (
    ("place", places.look),
    ("clock", clock.look),
    ("database", database.look),
)
LOOKS_AT_A_SCHOOL: tuple[tuple[str, Look], ...] = (
    ("clock", clock.look_at_database),
    ("record", database.look_at_record),
    ("rounds", serving.look_at_rounds),
    ("server", serving.look_at_server),
    ("tablets", serving.look_at_tablets),
    ("backups", backups.look_at_backups),
)
"""What needs a database of this version with a school in it."""
ELSEWHERE: tuple[tuple[str, Look], ...] = (("address", address.look), ("mail", mail.look))


def examine(config: Config, now: datetime) -> list[Finding]:
    """Look at everything; what cannot be looked at is a finding too."""
    found = _all(LOOKS, config, now)
    if database.is_ready():
        found += _all(LOOKS_AT_A_SCHOOL, config, now)
    return found + _all(ELSEWHERE, config, now)


def _all(looks: tuple[tuple[str, Look], ...], config: Config, now: datetime) -> list[Finding]:
    found: list[Finding] = []
    for subject, look in looks:
        try:
            found += look(config, now)
        except (StorageUnavailable, NewerDatabase, OSError) as error:
            found.append(
                wrong(
                    subject,
                    f"it cannot be looked at: {error}",
                    "What is stored or read there fails for everybody.",
                    "mend what it says, and run 'checkin doctor' again",
                )
            )
    return found
