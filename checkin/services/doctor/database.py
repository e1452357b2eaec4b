"""The database: whether it can be written, is of this version, and its record whole."""

import ssl
import sys
from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version

from checkin.config import Config
from checkin.services import auditing, housekeeping
from checkin.services.doctor import findings
from checkin.services.doctor.findings import Finding, well, wrong
from checkin.services.faults import StorageUnavailable
from checkin.storage import database, health, migrating, schools
from checkin.storage.database import db

ENDS = {11: date(2027, 10, 31), 12: date(2028, 10, 31), 13: date(2029, 10, 31)}
"""Until when the makers of Python mend its holes, by minor version."""


def look_at_versions(now: datetime) -> Iterator[Finding]:
    """Say which versions there are, and whether Python is still mended."""
    engine = f"{db.engine.dialect.name} {health.version_of_engine()}"
    python = ".".join(str(part) for part in sys.version_info[:3])
    told = f"checkin {version('checkin')}, Python {python}, {engine}, {ssl.OPENSSL_VERSION}"
    ends = ENDS.get(sys.version_info.minor)
    if ends is not None and now.date() > ends:
        why = "Holes that are found in it are no longer mended."
        yield findings.look(
            "versions", told, why, "install a newer Python, then: make clean && make"
        )
    else:
        yield well("versions", told)


def look(_config: Config, now: datetime) -> Iterator[Finding]:
    """Look whether the database is there, of this version, and can be written."""
    yield from look_at_versions(now)
    file = migrating.file_of(db.engine)
    if file is not None and not file.exists():
        yield _no_school(f"{file} is not there")
        return
    database.refuse_newer()
    if not database.is_current():
        revision = database.current_revision()
        why = "The server brings it to this version when it starts; until then nothing can look."
        yield wrong("database", f"it is of version {revision}", why, "checkin migrate")
        return
    if not schools.list_schools():
        yield _no_school("the database is empty")
        return
    housekeeping.check_storage()
    yield well("database", f"of this version ({database.current_revision()}), can be written")


def look_at_record(_config: Config, _now: datetime) -> Iterator[Finding]:
    """Read the record of who looked from end to end."""
    for school in auditing.list_schools():
        found = auditing.check(school.id)
        if found.broken is None:
            told = f"{found.kept} lines at {school.name}, whole"
            yield well("record", told)
        else:
            what = f"line {found.broken.number} at {school.name} is not as it was written"
            why = "Somebody changed the record of who looked, or the disk did."
            yield wrong("record", what, why, "checkin audit verify, and docs/audit.md")


def is_ready() -> bool:
    """Tell whether there is a school in a database of this version."""
    file = migrating.file_of(db.engine)
    if file is not None and not file.exists():
        return False
    try:
        return database.is_current() and bool(schools.list_schools())
    except StorageUnavailable:
        return False


def _no_school(what: str) -> Finding:
    why = "There is no school here, or CHECKIN_DIR is another folder than the server's."
    return wrong(
        "database",
        what,
        why,
        "set CHECKIN_DIR as the server has it; or set a school up: checkin serve, or checkin setup",
    )
