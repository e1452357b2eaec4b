"""What a class did with its week: one line of its teacher, with ideas from what helps the class."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.cards import Coping
from checkin.domain.rounds import week_of
from checkin.domain.school import Classroom
from checkin.services.timetables import timetable_of
from checkin.storage import class_loops, released
from checkin.storage.class_loops import ClassLine
from checkin.storage.database import db

__all__ = ["ClassLine"]

LONGEST_LINE = 160
RECENT = 6
"""So many weeks are shown."""
IDEAS = 2
LOOKED_AT = timedelta(weeks=4)
"""An older picture says nothing of a class as it is."""


class WrittenMeanwhile(Exception):
    """Somebody wrote the line of this week since it was shown; `theirs` is what stands now."""

    def __init__(self, theirs: ClassLine | None) -> None:
        super().__init__("somebody wrote it meanwhile")
        self.theirs = theirs


def write(
    classroom: Classroom, text: str, by: Person, now: datetime, seen: str | None = None
) -> str:
    """Keep the line of this week in the place of the one before, and return that; '' takes it away.

    `seen` is the line as it was shown; raises WrittenMeanwhile where it is another now.
    """
    if len(text) > LONGEST_LINE:
        raise ValueError(f"a line has {LONGEST_LINE} characters at most")
    week = week_of(timetable_of(classroom).calendar.today(now))
    one_line = " ".join(text.split())
    theirs = next((one for one in lines_of(classroom) if one.week == week), None)
    stands = theirs.text if theirs else ""
    if seen is not None and stands not in (seen, one_line):
        raise WrittenMeanwhile(theirs)
    class_loops.keep(classroom.school, classroom.id, week, one_line, by.id, now)
    db.session.commit()
    return stands


def line_among(lines: Sequence[ClassLine], week: str) -> str:
    """Return the line of a week, '' while there is none."""
    return next((line.text for line in lines if line.week == week), "")


def lines_of(classroom: Classroom) -> tuple[ClassLine, ...]:
    """Return the lines of the last weeks, the newest first."""
    return tuple(class_loops.lines_of(classroom.id, RECENT))


def ideas_of(classroom: Classroom, now: datetime) -> tuple[Coping, ...]:
    """Return what was chosen most in the last week picture of a class, as ideas for the next."""
    today = timetable_of(classroom).calendar.today(now)
    weeks = released.weeks_between(classroom.id, week_of(today - LOOKED_AT), week_of(today))
    last = next((w.coping for w in reversed(weeks) if w.coping), None)
    return _most(last) if last else ()


def _most(shares: Mapping[str, str]) -> tuple[Coping, ...]:
    """Return the ways with the largest shares; below ten in a hundred says nothing."""
    told = [(int(share.strip(">%")), way) for way, share in shares.items() if "<" not in share]
    ranked = sorted(told, key=lambda one: -one[0])
    return tuple(Coping(way) for _share, way in ranked[:IDEAS] if way in set(Coping))
