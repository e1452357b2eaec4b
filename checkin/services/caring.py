"""Working a flag through to its end; every step and every look is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from checkin.domain.access import Person, may_see_flag, may_take_in_hand
from checkin.domain.flags import Flag, FlagState, NotPossible, Outcome, Step, state_after
from checkin.domain.patterns import ACCEPTABLE
from checkin.domain.released import ReleasedRound
from checkin.domain.school import Classroom
from checkin.domain.structure import StructureStep
from checkin.services import signing_in
from checkin.services.timetables import timetable_of
from checkin.storage import audit, flags, released, schools, structures
from checkin.storage.audit import Look
from checkin.storage.database import db
from checkin.storage.structures import StructureVersion

LONGEST_NOTE = 2000
A_WEEK = timedelta(days=7)
CAME_BACK_FROM = frozenset({"sustained-rise", "slow-drift", "heavy-start"})
"""What good news can follow."""


@dataclass(frozen=True)
class FlagPage:
    """A flag with all its page shows."""

    flag: Flag
    first_step: StructureStep | None
    owner: str
    due_on: date | None
    is_overdue: bool
    earlier: tuple[Flag, ...]
    looks: tuple[Look, ...]
    follows: Flag | None
    good_news: tuple[Flag, ...]


@dataclass(frozen=True)
class Strip:
    """A class in a few lights, check-in above check-out."""

    classroom: Classroom
    rounds: tuple[ReleasedRound, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Review:
    """The weekly page: what is new, overdue, in hand, and each class as a strip.

    `listed` did not reach the reviewers: the week was full, or a class was in its first days.
    """

    new: tuple[FlagPage, ...]
    overdue: tuple[FlagPage, ...]
    in_hand: tuple[FlagPage, ...]
    listed: tuple[FlagPage, ...]
    good_news: tuple[FlagPage, ...]
    closed_lately: tuple[Flag, ...]
    strips: tuple[Strip, ...]


def list_flags(school: int) -> list[Flag]:
    """Return the flags of a school, newest first."""
    return flags.list_flags(school)


def open_flags_of(classroom: int) -> list[Flag]:
    """Return the flags of a classroom that are not closed, newest first."""
    return [flag for flag in flags.flags_of(classroom) if not flag.is_closed]


def find_flag_of(school: int, id: int) -> Flag | None:
    """Return a flag of a school by its number, or None."""
    flag = flags.find_flag(id)
    return flag if flag is not None and flag.school == school else None


def find_flag(id: int, person: Person) -> Flag | None:
    """Return a flag that a person may see, or None."""
    flag = find_flag_of(person.school, id)
    if flag is None:
        return None
    return flag if may_see_flag(person, flag.classroom, flag.assigned_to) else None


def look_at(flag: Flag, person: Person, now: datetime) -> FlagPage:
    """Return a flag's page and note who looked."""
    audit.add(flag.school, now, person.id, "looked", _subject(flag))
    db.session.commit()
    return _page(flag, now)


def acknowledge(flag: Flag, by: int, note: str, now: datetime) -> Flag:
    """Note that the care team has seen a flag; twice changes nothing."""
    if flag.state is not FlagState.RAISED and not flag.is_closed:
        return flag
    return _step(flag, Step.ACKNOWLEDGED, by, now, note=note)


def assign(flag: Flag, to: int, by: int, note: str, now: datetime) -> Flag:
    """Put a flag in somebody's hands."""
    state_after(flag.state, Step.ASSIGNED)
    flags.assign(flag.id, to)
    return _step(flag, Step.ASSIGNED, by, now, note=note, to=to)


def who_can_take(flag: Flag) -> tuple[Person, ...]:
    """Return who a flag can be given to."""
    return tuple(p for p in signing_in.list_staff(flag.school) if may_take_in_hand(p))


def in_hands_of(person: Person) -> tuple[Flag, ...]:
    """Return the open flags a person has in hand."""
    return tuple(
        flag
        for flag in flags.list_flags(person.school)
        if flag.assigned_to == person.id and not flag.is_closed and may_take_in_hand(person)
    )


def add_note(flag: Flag, by: int, note: str, now: datetime) -> Flag:
    """Add a note to an open flag."""
    return _step(flag, Step.NOTED, by, now, note=note)


def outcomes_of(flag: Flag) -> tuple[Outcome, ...]:
    """Return how a flag can end: only what lasts can be taken for the new usual."""
    is_acceptable = flag.pattern in ACCEPTABLE
    return tuple(o for o in Outcome if is_acceptable or o is not Outcome.NEW_USUAL)


def close(flag: Flag, outcome: Outcome, by: int, note: str, now: datetime) -> Flag:
    """Close a flag with its outcome; raises NotPossible when it was closed before.

    Closed as the new usual, the rules take it for that from the next day on.
    """
    if outcome not in outcomes_of(flag):
        raise NotPossible("this flag cannot end so")
    return _step(flag, Step.CLOSED, by, now, outcome, note)


def review_of(school: int, now: datetime) -> Review:
    """Return the weekly page of a school."""
    known, today = flags.list_current(school, now - 2 * A_WEEK), _today(school, now)
    pages = [_page(flag, now) for flag in known if not flag.is_closed]
    worries = [page for page in pages if not page.flag.is_good_news]
    reached = [page for page in worries if not page.flag.is_listed]
    return Review(
        new=tuple(p for p in reached if p.flag.state is FlagState.RAISED and not p.is_overdue),
        overdue=tuple(p for p in reached if p.is_overdue),
        in_hand=tuple(p for p in reached if p.flag.state is not FlagState.RAISED),
        listed=tuple(
            sorted((p for p in worries if p.flag.is_listed), key=lambda p: -p.flag.strength)
        ),
        good_news=tuple(p for p in pages if p.flag.is_good_news and _is_news(p.flag, today)),
        closed_lately=tuple(
            f for f in known if f.is_closed and today - f.events[-1].at.date() <= A_WEEK
        ),
        strips=tuple(_strip(c, worries, today) for c in schools.list_classrooms(school)),
    )


def structure_of(school: int, now: datetime) -> StructureVersion | None:
    """Return the structure in force."""
    return structures.in_force(school, _today(school, now))


def _step(
    flag: Flag,
    step: Step,
    by: int,
    now: datetime,
    outcome: Outcome | None = None,
    note: str = "",
    to: int | None = None,
) -> Flag:
    state = state_after(flag.state, step)
    flags.add_step(flag.id, step, state, now, by, outcome, note[:LONGEST_NOTE], to)
    if state is not FlagState.RAISED:  # whoever takes up a listed flag need not wait its turn
        flags.note_reached(flag.id, _today(flag.school, now))
    audit.add(flag.school, now, by, step.value, _subject(flag))
    db.session.commit()
    after = flags.find_flag(flag.id)
    assert after is not None  # noqa: S101  # it was there a line ago
    return after


def _page(flag: Flag, now: datetime) -> FlagPage:
    version = structure_of(flag.school, now)
    step = version.structure.first_step if version else None
    has_deadline = step is not None and not flag.is_good_news and not flag.is_listed
    due_on = _due_on(flag, step) if step and has_deadline else None
    waits = flag.state is FlagState.RAISED
    others = [other for other in flags.flags_of(flag.classroom) if other.id != flag.id]
    return FlagPage(
        flag=flag,
        first_step=step,
        owner=version.structure.role(step.owner).label if version and step else "",
        due_on=due_on,
        is_overdue=waits and due_on is not None and due_on < _today(flag.school, now),
        earlier=tuple(others),
        looks=tuple(audit.looks_at(_subject(flag))),
        follows=_follows(flag, others),
        good_news=tuple(
            other
            for other in others
            if other.is_good_news and _follows(other, [flag, *others]) == flag
        ),
    )


def _follows(flag: Flag, others: Sequence[Flag]) -> Flag | None:
    """Return the flag that good news follows: the last one raised until it was told."""
    told_on = flag.numbers.get("told_on")
    if not flag.is_good_news or not told_on:
        return None
    told = date.fromisoformat(str(told_on))
    before = [o for o in others if o.pattern in CAME_BACK_FROM and o.raised_on <= told]
    return max(before, key=lambda other: (other.raised_on, other.id), default=None)


def _is_news(flag: Flag, today: date) -> bool:
    """Tell whether good news was not read yet, or came this week."""
    return flag.state is FlagState.RAISED or today - flag.raised_on <= A_WEEK


def _due_on(flag: Flag, step: StructureStep) -> date | None:
    """Count school days of the class, so that a holiday pauses a deadline."""
    reached_on = flag.reached_on or flag.raised_on
    days = timetable_of(schools.get_classroom(flag.classroom)).school_days_after(reached_on)
    due = None
    for _ in range(step.school_days):
        due = next(days, due)
    return due


def _strip(classroom: Classroom, pages: Sequence[FlagPage], today: date) -> Strip:
    rounds = released.rounds_between(classroom.id, today - timedelta(days=27), today)
    mine = tuple(page.flag for page in pages if page.flag.classroom == classroom.id)
    return Strip(classroom, tuple(rounds), mine)


def _today(school: int, now: datetime) -> date:
    return now.astimezone(ZoneInfo(schools.get_school(school).zone)).date()


def _subject(flag: Flag) -> str:
    return f"flag {flag.id}"
