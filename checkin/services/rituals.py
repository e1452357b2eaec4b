"""When a class checks in and out, and when it pauses.

Whatever is changed here, a sealed round stays sealed: its name is its class, day and moment, and no
time of day is part of it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkin.domain.calendar import Opening, Timetable
from checkin.domain.rounds import Moment, Round
from checkin.domain.school import Classroom, Pause
from checkin.services import tapping
from checkin.services.timetables import timetable_of
from checkin.storage import tablets, timetables
from checkin.storage.database import db

LONGEST_PAUSE = timedelta(days=366)

Openings = Mapping[tuple[int, Moment], Opening]


class RoundHasBegun(Exception):
    """Taps of a round of today would fall before its new opening time."""

    def __init__(self, moment: Moment) -> None:
        """Name the round."""
        super().__init__(moment.value)
        self.moment = moment


class PauseProblem(StrEnum):
    """Why a class cannot pause on these days."""

    BEGAN = "begins in the past"
    BACKWARDS = "ends before it begins"
    OVER = "is over already"
    LONG = "is too long"


class NotAPause(ValueError):
    """Days on which a class cannot pause."""

    def __init__(self, problem: PauseProblem) -> None:
        """Keep why."""
        super().__init__(f"the pause {problem.value}")
        self.problem = problem


def today_of(classroom: Classroom, now: datetime) -> date:
    """Return the date where a class is."""
    return timetable_of(classroom).calendar.today(now)


def coming_pause(classroom: Classroom, now: datetime) -> Pause | None:
    """Return the pause of a class that goes on or is to come, or None."""
    pause = classroom.pause
    return pause if pause is not None and pause.last >= today_of(classroom, now) else None


def set_openings(classroom: Classroom, openings: Openings, now: datetime) -> None:
    """Change when the rounds of a class are; raises RoundHasBegun.

    A round of today that is taken out or closes earlier is sealed at the next look of the clock;
    one that closes later stays open until then. One that holds taps cannot open later: those still
    on their way would be refused as too early.
    """
    timetable = timetable_of(classroom)
    today = timetable.calendar.today(now)
    for moment in _put_off(timetable, Timetable(timetable.calendar, openings), today, now):
        if _has_taps(Round(classroom.id, today, moment)):
            raise RoundHasBegun(moment)
    timetables.set_openings(classroom.id, openings)
    db.session.commit()


def set_pause(classroom: Classroom, pause: Pause, now: datetime) -> None:
    """Let a class pause, also from today on; raises NotAPause.

    A round that is open is sealed by the next look of the clock, with the taps it has. No round is
    held on the days of a pause, so nothing is released of them and nothing is missing.
    """
    if problem := _problem_of(pause, classroom.pause, today_of(classroom, now)):
        raise NotAPause(problem)
    timetables.set_pause(classroom.id, pause)
    db.session.commit()


def end_pause(classroom: Classroom, now: datetime) -> None:
    """Let a class check in again from today on; the days it paused stay paused."""
    today = today_of(classroom, now)
    pause = coming_pause(classroom, now)
    if pause is None:
        return
    yesterday = today - timedelta(days=1)
    over = Pause(pause.first, yesterday) if pause.first < today else None
    timetables.set_pause(classroom.id, over)
    db.session.commit()


def _problem_of(pause: Pause, before: Pause | None, today: date) -> PauseProblem | None:
    if pause.last < pause.first:
        return PauseProblem.BACKWARDS
    if pause.last < today:
        return PauseProblem.OVER
    goes_on = before is not None and before.first == pause.first and before.last >= today
    if pause.first < today and not goes_on:
        return PauseProblem.BEGAN
    return PauseProblem.LONG if pause.last - today > LONGEST_PAUSE else None


def _put_off(old: Timetable, new: Timetable, today: date, now: datetime) -> list[Moment]:
    """Return the rounds of today that have begun, and would begin anew."""
    return [
        moment
        for moment in new.moments(today)
        if moment in old.moments(today)
        and old.opens(today, moment) <= now < new.opens(today, moment)
    ]


def _has_taps(round: Round) -> bool:
    """Tell whether a round holds taps, or a tablet some that may be of it."""
    waits = any(tablet.seen.waiting for tablet in tablets.tablets_of(round.classroom))
    return waits or tapping.taps_so_far([round])[0] > 0
