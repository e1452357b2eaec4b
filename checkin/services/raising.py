"""Raising flags for what the rules told, and letting through those whose turn it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from checkin.domain.flags import Flag, FlagState, KeptBack, Outcome, Step
from checkin.domain.patterns import Pattern
from checkin.domain.patterns.recovery import NAME as RECOVERY
from checkin.domain.reaching import (
    QUIET_DAYS,
    is_quiet,
    ordinary_gap,
    places_a_week,
    strongest,
)
from checkin.services.noticing import Noticed
from checkin.storage import engine_states, flags, schools, timetables

GOES_ON = 10
"""School days after closing from which on what did not stop is told again."""

NEAR = timedelta(days=14)
"""No pattern is told twice within ten school days: told so near to a flag, it is that flag."""


def raise_found(school: int, noticed: Sequence[Noticed], now: datetime) -> int:
    """Raise what is new, note what was seen again, and return how many flags were raised."""
    seen = flags.open_patterns([one.classroom for one in noticed])
    return sum(_raise_of(school, one, seen, now) for one in noticed)


def let_through(school: int, today: date) -> None:
    """Bring the strongest listed flags before the reviewers, as far as this week has places."""
    listed = flags.listed_flags(school)
    if not listed:
        return
    quiet = {id: is_quiet_in(id, today) for id in {flag.classroom for flag in listed}}
    monday = today - timedelta(days=today.weekday())
    reached = flags.count_reached(school, monday, monday + timedelta(days=6), RECOVERY)
    places = places_a_week(len(schools.list_classrooms(school))) - reached
    in_turn = strongest((flag for flag in listed if not quiet[flag.classroom]), places)
    for flag in in_turn:
        flags.note_reached(flag.id, today)
    for flag in listed:
        if flag not in in_turn:
            is_first = quiet[flag.classroom]
            flags.keep_back(flag.id, KeptBack.FIRST_DAYS if is_first else KeptBack.FULL_WEEK)


def is_quiet_in(classroom: int, day: date) -> bool:
    """Tell whether a class is in its first days, or in the first after a break or a pause."""
    days = engine_states.last_round_days(classroom, day, QUIET_DAYS + 1)
    return is_quiet(days, ordinary_gap(weekday for weekday, _ in timetables.openings_of(classroom)))


def _raise_of(school: int, one: Noticed, seen: set[tuple[int, str]], now: datetime) -> int:
    known: list[Flag] | None = None
    raised = 0
    for day, patterns, over, going_on in one.days:
        over_again = [name for name in over if (one.classroom, name) in seen]
        if not patterns and not over_again and going_on is None:
            continue
        if known is None:
            known = flags.flags_of(one.classroom)
        is_past = one.raised_until is not None and day <= one.raised_until
        if going_on and not is_past and (closed_on := _closed_before(going_on, known)):
            again = replace(going_on, numbers={**going_on.numbers, "closed_on": str(closed_on)})
            raised += _raise_or_join(school, one.classroom, again, known, now)
            seen.add((one.classroom, again.pattern))
            known = flags.flags_of(one.classroom)
        for pattern in patterns:
            if not is_past and not _is_noted(pattern, known):
                raised += _raise_or_join(school, one.classroom, pattern, known, now)
                seen.add((one.classroom, pattern.pattern))
                known = flags.flags_of(one.classroom)
        for name in over:
            _note_seen(name, day, known)
    return raised


def _is_noted(pattern: Pattern, known: Sequence[Flag]) -> bool:
    """Tell whether a flag is about this: also a little beside it, after a round came late."""
    return any(
        flag.pattern == pattern.pattern
        and flag.raised_on - NEAR <= pattern.day <= max(flag.last_seen_on, flag.raised_on + NEAR)
        for flag in known
    )


def _closed_before(going_on: Pattern, known: Sequence[Flag]) -> date | None:
    """Return when the flag of what goes on was closed, if that is ten school days ago.

    Not where it was taken for the new usual, nor where a later flag is there for it.
    """
    same = [flag for flag in known if flag.pattern == going_on.pattern]
    last = max(same, key=lambda flag: (flag.raised_on, flag.id), default=None)
    if last is None or not last.is_closed or last.last_seen_on < going_on.since:
        return None
    closing = last.closing
    if closing is None or closing.outcome is Outcome.NEW_USUAL:
        return None
    zone = ZoneInfo(schools.get_school(last.school).zone)
    closed_on = closing.at.astimezone(zone).date()
    days = engine_states.last_round_days(last.classroom, going_on.day, GOES_ON)
    return closed_on if len(days) == GOES_ON and days[-1] > closed_on else None


def _raise_or_join(
    school: int, classroom: int, pattern: Pattern, known: Sequence[Flag], now: datetime
) -> int:
    """Raise a new flag, or let it join the one that is still open."""
    for flag in known:
        if flag.pattern == pattern.pattern and flag.state is not FlagState.CLOSED:
            flags.note_seen(flag.id, pattern.day, pattern.numbers)
            flags.add_step(flag.id, Step.JOINED, flag.state, now)
            return 0
    numbers = dict(pattern.numbers) | {"since": pattern.since.isoformat()}
    kept_back = None if pattern.pattern == RECOVERY else _kept_back(classroom, pattern.day)
    flags.add_flag(
        school,
        classroom,
        pattern.pattern,
        pattern.day,
        pattern.strength,
        numbers,
        now,
        kept_back,
    )
    return 1


def _kept_back(classroom: int, day: date) -> KeptBack:
    """Say why a flag waits, until it is let through: most are at once."""
    return KeptBack.FIRST_DAYS if is_quiet_in(classroom, day) else KeptBack.FULL_WEEK


def _note_seen(name: str, day: date, known: Sequence[Flag]) -> None:
    """Move when the open flag of a pattern was last seen."""
    for flag in known:
        is_open = flag.pattern == name and flag.state is not FlagState.CLOSED
        if is_open and flag.raised_on <= day:
            if day > flag.last_seen_on:
                flags.note_seen(flag.id, day)
            return
