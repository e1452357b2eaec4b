"""Looking for patterns in released rounds, and raising flags for them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from checkin.domain.patterns import Acceptance, Observation, this_year
from checkin.domain.school import Classroom, School
from checkin.services import escalating, noticing, raising
from checkin.services.noticing import Noticed
from checkin.services.timetables import timetable_of
from checkin.storage import engine_states, flags, rule_settings, schools
from checkin.storage.database import db
from checkin.storage.engine_states import EARLIEST, Standing
from checkin.storage.rule_settings import RuleSetting

A_YEAR = timedelta(days=400)
"""Reaches over a summer holiday, before which nothing is remembered."""

AT_ONCE = 100
"""Classrooms whose states and flags are kept in one transaction."""


def look_for_patterns(now: datetime) -> int:
    """Look at every classroom with something new; return how many flags were raised.

    Then flags that nobody takes up move on, in every school that has any.
    """
    waiting = flags.schools_with_listed_flags()
    raised = sum(_look_at(school, now, school.id in waiting) for school in schools.list_schools())
    for school in flags.schools_with_open_flags():
        escalating.move_on(school, now)
    return raised


def observations_of(classroom: Classroom, now: datetime) -> list[Observation]:
    """Return the released rounds of this school year's days that are over, for the rules."""
    today = _today(schools.get_school(classroom.school), now)
    first = classroom.cards_since or EARLIEST  # other cards make another usual
    recent = max(first, today - A_YEAR)
    held = _held(classroom.id, recent, today)
    if len(year := this_year(held)) == len(held) and recent > first:
        year = this_year(_held(classroom.id, first, today))
    is_over = _is_over(classroom.id, year, today)
    return [one for one in year if one.day < today or is_over]


def _look_at(school: School, now: datetime, flags_wait: bool) -> int:
    setting = rule_settings.setting_of(school.id)
    ids = [standing.classroom for standing in _due(school, None, setting, now)]
    raised = 0
    for n in range(0, len(ids), AT_ONCE):
        engine_states.take_turn(school.id)
        some = _due(school, ids[n : n + AT_ONCE], setting, now)  # unless somebody else was here
        noticed = _notice(school, some, setting, now)
        engine_states.keep([one.state for one in noticed])
        raised += raising.raise_found(school.id, noticed, now)
        db.session.commit()
    if raised or flags_wait:
        engine_states.take_turn(school.id)
        raising.let_through(school.id, _today(school, now))
        db.session.commit()
    return raised


def _due(
    school: School, only: Collection[int] | None, setting: RuleSetting, now: datetime
) -> list[Standing]:
    today = _today(school, now)
    standings = engine_states.standings(school.id, only)
    return [standing for standing in standings if noticing.has_news(standing, setting, today)]


def _notice(
    school: School,
    due: Sequence[Standing],
    setting: RuleSetting,
    now: datetime,
) -> list[Noticed]:
    today, ids = _today(school, now), [standing.classroom for standing in due]
    kept, new = engine_states.states_of(ids), engine_states.new_rounds(ids, today)
    accepted = _accepted(school)
    noticed = []
    for standing in due:
        id = standing.classroom
        its, rounds, taken = kept.get(id), new[id], accepted.get(id, [])
        found = None
        if its is not None:
            is_over = _is_over(id, rounds, today)
            found = noticing.go_on(standing, its, rounds, is_over, taken, setting, today)
        if found is None:
            past = observations_of(schools.get_classroom(id), now)
            found = noticing.make_anew(school.id, standing, its, past, taken, setting, today)
        noticed.append(found)
    return noticed


def _held(classroom: int, first: date, last: date) -> list[Observation]:
    rounds = engine_states.rounds_between([classroom], first, last)[classroom]
    return [one for one in rounds if one.answered]


def _is_over(classroom: int, rounds: Sequence[Observation], today: date) -> bool:
    """Tell whether all of today's rounds are there; the timetable is asked only where it must."""
    todays = {one.round for one in rounds if one.day == today}
    if len(todays) != 1:
        return bool(todays)
    timetable = timetable_of(schools.get_classroom(classroom))
    return todays == set(timetable.moments(today))


def _accepted(school: School) -> dict[int, list[Acceptance]]:
    zone = ZoneInfo(school.zone)
    found: dict[int, list[Acceptance]] = {}
    for classroom, pattern, at in flags.accepted(school.id):
        acceptance = Acceptance(at.astimezone(zone).date(), pattern)
        found.setdefault(classroom, []).append(acceptance)
    return found


def _today(school: School, now: datetime) -> date:
    return now.astimezone(ZoneInfo(school.zone)).date()
