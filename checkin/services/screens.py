"""What a tablet needs to know to work through days without network."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkin.domain.rounds import Moment, Round
from checkin.domain.school import Classroom, School, Tablet
from checkin.services.timetables import timetable_of
from checkin.storage import released, schools

DAYS_AHEAD = 14


@dataclass(frozen=True)
class ScreenRound:
    """A round of today or the coming days."""

    day: date
    moment: Moment
    opens: datetime
    closes: datetime
    sealed: bool


@dataclass(frozen=True)
class Screen:
    """A tablet's classroom and its coming rounds."""

    school: School
    classroom: Classroom
    rounds: tuple[ScreenRound, ...]


def screen_of(tablet: Tablet, now: datetime) -> Screen:
    """Return what a tablet shows today and in the next two weeks."""
    classroom = schools.get_classroom(tablet.classroom)
    timetable = timetable_of(classroom)
    today = timetable.calendar.today(now)
    sealed = {r.round for r in released.rounds_between(classroom.id, today, today)}
    days = [today + timedelta(days=n) for n in range(DAYS_AHEAD + 1)]
    rounds = tuple(
        ScreenRound(
            day,
            moment,
            timetable.opens(day, moment),
            timetable.closes(day, moment),
            Round(classroom.id, day, moment) in sealed,
        )
        for day in days
        if timetable.calendar.is_school_day(day)
        for moment in timetable.moments(day)
    )
    return Screen(schools.get_school(classroom.school), classroom, rounds)
