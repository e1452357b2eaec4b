"""Looking for patterns in released rounds, and raising flags for them."""

from datetime import date, datetime

from checkin.domain.flags import Flag, FlagState, Step
from checkin.domain.patterns import Observation, Pattern, find_patterns
from checkin.domain.released import ReleasedRound
from checkin.domain.school import Classroom
from checkin.services.timetables import timetable_of
from checkin.storage import flags, released, schools
from checkin.storage.database import db

EARLIEST = date(2020, 1, 1)


def look_for_patterns(now: datetime) -> int:
    """Look at every classroom, raise what is new and return how many flags were raised."""
    return sum(
        look_at_classroom(classroom, now)
        for school in schools.list_schools()
        for classroom in schools.list_classrooms(school.id)
    )


def look_at_classroom(classroom: Classroom, now: datetime) -> int:
    """Look at one classroom; the same rounds never raise the same flag twice."""
    patterns = find_patterns(observations_of(classroom, now))
    known = flags.flags_of(classroom.id)
    raised = 0
    for pattern in patterns:
        if not _is_noted(pattern, known):
            raised += _raise_or_join(classroom, pattern, known, now)
            known = flags.flags_of(classroom.id)
    db.session.commit()
    return raised


def observations_of(classroom: Classroom, now: datetime) -> list[Observation]:
    """Return the released rounds of the days that are over, as the rules want them."""
    timetable = timetable_of(classroom)
    today = timetable.calendar.today(now)
    first = classroom.cards_since or EARLIEST  # other cards make another usual
    rounds = [r for r in released.rounds_between(classroom.id, first, today) if r.was_held]
    todays = {r.round.moment for r in rounds if r.round.day == today}
    is_over = todays == set(timetable.moments(today))
    return [_observation(r) for r in rounds if r.round.day < today or is_over]


def _observation(r: ReleasedRound) -> Observation:
    pupils = max(r.released.pupils, r.released.answered)
    return Observation(r.round.day, r.round.moment, pupils, r.released.answered, r.released.heavy)


def _is_noted(pattern: Pattern, known: list[Flag]) -> bool:
    return any(
        flag.pattern == pattern.pattern and flag.raised_on <= pattern.day <= flag.last_seen_on
        for flag in known
    )


def _raise_or_join(classroom: Classroom, pattern: Pattern, known: list[Flag], now: datetime) -> int:
    """Raise a new flag, or let it join the one that is still open."""
    for flag in known:
        if flag.pattern == pattern.pattern and flag.state is not FlagState.CLOSED:
            flags.note_seen(flag.id, pattern.day)
            flags.add_step(flag.id, Step.JOINED, flag.state, now)
            return 0
    numbers = dict(pattern.numbers) | {"since": pattern.since.isoformat()}
    flags.add_flag(
        classroom.school,
        classroom.id,
        pattern.pattern,
        pattern.day,
        pattern.strength,
        numbers,
        now,
    )
    return 1
