"""Looking whether the audit is as it was written, and forgetting it at its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin.domain.audit import Break, Ends, Place, Why, find_break
from checkin.domain.school import School
from checkin.storage import audit, schools
from checkin.storage.database import db

__all__ = ["Break", "Checked", "Place", "Why", "check", "forget_audit", "list_schools"]

KEPT = timedelta(days=2 * 365)


@dataclass(frozen=True)
class Checked:
    """What came of reading a school's chain from end to end."""

    school: School
    ends: Ends
    broken: Break | None

    @property
    def kept(self) -> int:
        """Tell how many lines there are to be."""
        return self.ends.head.number - self.ends.anchor.number


def check(school: int, noted: Place | None = None) -> Checked:
    """Read the chain of a school; `noted` is a line that somebody wrote down elsewhere.

    Lines may be added meanwhile: it is read up to where it ended when this began.
    """
    ends = audit.ends_of(school)
    broken = find_break(ends, audit.lines_of(school, ends.head.number), noted)
    if broken is None and (beyond := audit.find_beyond(school)) is not None:
        broken = Break(beyond, Why.INSERTED)
    db.session.rollback()  # nothing was changed; a long look holds nobody up
    return Checked(schools.get_school(school), ends, broken)


def list_schools() -> list[School]:
    """Return the schools; each has a chain of its own."""
    return list(schools.list_schools())


def forget_audit(now: datetime) -> int:
    """Remove the lines of more than two years ago and return how many; the caller commits."""
    return sum(audit.forget(school.id, now - KEPT, now) for school in schools.list_schools())
