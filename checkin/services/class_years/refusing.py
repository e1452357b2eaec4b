"""Keeping in the record who tried to end a class about which something was open.

A refusal tells that something is, so nobody goes looking for it class by class without a trace.
"""

from collections.abc import Iterable
from datetime import datetime

from checkin.domain.access import Person
from checkin.domain.school import Classroom
from checkin.storage import audit
from checkin.storage.database import db


def note_refused(by: Person, classrooms: Iterable[Classroom], now: datetime) -> None:
    """Keep that classes could not end because of what the care team has open."""
    ids = ", ".join(str(one.id) for one in classrooms)
    audit.add(by.school, now, by.id, "class-ending-refused", f"classroom {ids}")
    db.session.commit()
