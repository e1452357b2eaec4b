"""What a teacher may see of a class: today's state, and what was released."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkin.domain.calendar import Door, Span, Timetable, door_of
from checkin.domain.release import Light, Why
from checkin.domain.released import ReleasedRound, ReleasedWeek
from checkin.domain.rounds import Moment, Round, week_of
from checkin.domain.school import Classroom, School
from checkin.domain.taps import LateTaps
from checkin.services import tapping
from checkin.services.timetables import timetable_of
from checkin.storage import released, schools, tablets


class RoundState(StrEnum):
    """Where a round of today stands."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSED = "closed"  # past its closing time, waiting to be sealed
    NOT_HELD = "not-held"
    LOST = "lost"  # open rounds were lost that day: it stays without a light
    SEALED = "sealed"


@dataclass(frozen=True)
class TodayRound:
    """A round of today: how many tapped while it is open, its light once it is sealed."""

    moment: Moment
    state: RoundState
    opens: datetime
    closes: datetime
    tapped: int
    pupils: int
    light: Light | None = None
    why: Why = Why.SHOWN
    silent: tuple[str, ...] = ()  # tablets a closed round waits for

    @property
    def can_be_sealed(self) -> bool:
        """Tell whether there is something to seal by hand."""
        return self.state in (RoundState.OPEN, RoundState.CLOSED)


@dataclass(frozen=True)
class Today:
    """A class today."""

    day: date
    is_school_day: bool
    day_off: Span | None
    next_school_day: date | None
    rounds: tuple[TodayRound, ...]
    late: LateTaps
    waiting: tuple[tuple[str, int], ...]
    floor: int

    def is_short_of_cards(self, round: Round) -> bool:
        """Tell whether a round of today, sealed now, would have no light for want of cards."""
        return round.day == self.day and any(
            one.moment is round.moment
            and one.can_be_sealed
            and one.tapped < self.floor <= one.pupils
            for one in self.rounds
        )


@dataclass(frozen=True)
class Trend:
    """A class over a period: released rounds and weeks only."""

    classroom: Classroom
    first: date
    last: date
    rounds: tuple[ReleasedRound, ...]
    weeks: tuple[ReleasedWeek, ...]


def today_of(classroom_id: int, now: datetime) -> Today:
    """Return where a class stands today."""
    classroom = schools.get_classroom(classroom_id)
    school = schools.get_school(classroom.school)
    timetable = timetable_of(classroom)
    day = timetable.calendar.today(now)
    moments = timetable.moments(day) if timetable.is_school_day(day) else ()
    rounds = [Round(classroom_id, day, moment) for moment in moments]
    tapped = tapping.taps_so_far(rounds) if rounds else []
    return Today(
        day=day,
        is_school_day=bool(moments),
        day_off=timetable.calendar.find_day_off(day),
        next_school_day=timetable.find_next_day(day),
        rounds=tuple(
            _today_round(school, classroom, timetable, round, taps, now)
            for round, taps in zip(rounds, tapped, strict=True)
        ),
        late=tapping.late_taps(classroom_id, week_of(day)),
        waiting=tuple(
            (tablet.label, tablet.seen.waiting)
            for tablet in tablets.tablets_of(classroom_id)
            if tablet.seen.waiting
        ),
        floor=school.floor,
    )


def trend_of(classroom_id: int, first: date, last: date) -> Trend:
    """Return what was released of a class in a period, both ends included."""
    return Trend(
        schools.get_classroom(classroom_id),
        first,
        last,
        tuple(released.rounds_between(classroom_id, first, last)),
        tuple(released.weeks_between(classroom_id, week_of(first), week_of(last))),
    )


def period_ending_today(classroom_id: int, weeks: int, now: datetime) -> tuple[date, date]:
    """Return the days from the Monday so many weeks ago until today, or until a class ended."""
    classroom = schools.get_classroom(classroom_id)
    today = timetable_of(classroom).calendar.today(now)
    if classroom.closed_on is not None and classroom.closed_on > classroom.started_on:
        today = min(today, classroom.closed_on - timedelta(days=1))
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=weeks - 1), today


def _today_round(
    school: School,
    classroom: Classroom,
    timetable: Timetable,
    round: Round,
    tapped: int,
    now: datetime,
) -> TodayRound:
    sealed = released.find_round(round)
    is_lost = school.lost_on is not None and round.day <= school.lost_on and not sealed
    state = RoundState.LOST if is_lost else _state(timetable, round, sealed, tapped, now)
    return TodayRound(
        round.moment,
        state,
        timetable.opens(round.day, round.moment),
        timetable.closes(round.day, round.moment),
        sealed.released.answered if sealed else tapped,
        sealed.released.pupils if sealed else classroom.pupils,
        sealed.light if sealed else None,
        sealed.released.why if sealed else Why.SHOWN,
        _silent_tablets(round) if state is RoundState.CLOSED else (),
    )


def _silent_tablets(round: Round) -> tuple[str, ...]:
    seen = (tablet.seen for tablet in tablets.tablets_of(round.classroom))
    return tuple(tablet.label for tablet in seen if tablet.is_silent(round.day, round.moment))


def _state(
    timetable: Timetable, round: Round, sealed: ReleasedRound | None, tapped: int, now: datetime
) -> RoundState:
    if sealed is not None:
        return RoundState.SEALED
    if door_of(timetable, round.day, round.moment, now) is Door.NOT_YET:
        return RoundState.NOT_YET
    if now < timetable.closes(round.day, round.moment):
        return RoundState.OPEN
    return RoundState.CLOSED if tapped else RoundState.NOT_HELD
