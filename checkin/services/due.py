"""What the clock seals and closes now: found a school at a time, each fact read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkin.domain.calendar import TabletSeen, Timetable, is_due
from checkin.domain.rounds import Round
from checkin.domain.school import Classroom, School
from checkin.services.timetables import timetables_of
from checkin.storage import schools, tablets

ClassWeek = tuple[int, str]
"""A classroom and a week."""


@dataclass(frozen=True)
class Due:
    """What is due of a school; the rounds hold all those of the weeks."""

    school: School
    classrooms: Mapping[int, Classroom]
    rounds: tuple[Round, ...]
    weeks: tuple[ClassWeek, ...]


def find_due(
    school_id: int, rounds: Sequence[Round], weeks: Sequence[ClassWeek], now: datetime
) -> Due:
    """Return which of a school's open rounds and weeks are due."""
    school = schools.get_school(school_id)
    classrooms = {room.id: room for room in schools.list_every_classroom(school_id)}
    timetables = timetables_of(school, list(classrooms.values()))
    over = {
        (room, week)
        for room, week in weeks
        if room in timetables and now >= timetables[room].week_closes(week)
    }
    due = _due_rounds(school_id, timetables, rounds, now)
    due |= {round for round in rounds if (round.classroom, round.week) in over}
    return Due(school, classrooms, tuple(sorted(due)), tuple(sorted(over)))


def _due_rounds(
    school: int, timetables: Mapping[int, Timetable], rounds: Sequence[Round], now: datetime
) -> set[Round]:
    def is_over(round: Round, seen: Sequence[TabletSeen]) -> bool:
        # A class that the main database does not know, after a backup was put back, has to wait.
        timetable = timetables.get(round.classroom)
        return timetable is not None and is_due(
            timetable, round.day, round.moment, tuple(seen), now
        )

    closed = [round for round in rounds if is_over(round, ())]
    if not closed:
        return set()  # as at most looks: then no tablet is asked for
    seen = _seen_in(school)
    return {round for round in closed if is_over(round, seen.get(round.classroom, ()))}


def _seen_in(school: int) -> dict[int, list[TabletSeen]]:
    seen: dict[int, list[TabletSeen]] = {}
    for tablet in tablets.list_tablets(school):
        if not tablet.is_revoked:
            seen.setdefault(tablet.classroom, []).append(tablet.seen)
    return seen
