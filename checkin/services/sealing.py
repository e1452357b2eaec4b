"""The one-way door: close a round, release its light once, forget its counter.

The open rounds commit the released value and the deletion of its counter together; carrying it
into the main database comes after and may be repeated. So a crash at any point loses no light and
never shows a second one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from checkin.domain.calendar import Door, door_of
from checkin.domain.losses import door_after_loss
from checkin.domain.release import release_round, release_week
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import Round, days_of, week_of
from checkin.domain.school import Classroom, School
from checkin.services.due import ClassWeek, find_due
from checkin.services.timetables import calendar_of, timetable_of
from checkin.services.together import attempt, together
from checkin.storage import released, schools, tablets
from checkin.storage.database import db
from checkin.storage.open_rounds import (
    ClosedWeek,
    OpenTransaction,
    SealedRound,
    open_rounds,
    refuse_readable,
)

Waiting = tuple[list[Round], list[ClassWeek]]


class NeverOpened(Exception):
    """A round that cannot be sealed, because it never was open."""


class _OnlyCounted(Exception):
    """Undoes what was only to be counted."""

    def __init__(self, gone: int) -> None:
        super().__init__(gone)
        self.gone = gone


@dataclass(frozen=True)
class Sealing:
    """What sealing by hand did: the released round, and which tablets may still hold taps."""

    round: ReleasedRound
    is_new: bool
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Sealed:
    """How much was sealed by the clock, and how much could not be."""

    rounds: int
    weeks: int
    failed: int = 0


def seal_by_hand(round: Round, by: int, now: datetime) -> Sealing:
    """Seal a round now; a second time changes nothing. Raises NeverOpened, UnsafeFloor.

    After either the round is as it was.
    """
    move_in(now)
    classroom = schools.get_classroom(round.classroom)
    if earlier := released.find_round(round):
        return Sealing(earlier, False, ())
    school = schools.get_school(classroom.school)
    door = door_of(timetable_of(classroom), round.day, round.moment, now)
    door = door_after_loss(door, round, school.lost_on)
    if door is not Door.OPEN and round not in _waiting_rounds():
        raise NeverOpened
    is_new = bool(_seal(school, {classroom.id: classroom}, [round], now, by))
    carry_over()
    result = released.find_round(round)
    assert result is not None  # noqa: S101  # sealed and carried above
    return Sealing(result, is_new, _silent_tablets(round))


def seal_due(now: datetime) -> Sealed:
    """Seal every round and close every week that is due; safe at any time, twice, at once.

    What fails is logged and keeps nothing else waiting; raises StorageUnavailable.
    """
    move_in(now)
    carry_over()
    rounds, weeks = open_rounds().run(lambda tx: (tx.unsealed(), tx.unclosed()))
    waiting: defaultdict[int, Waiting] = defaultdict(lambda: ([], []))
    for school, round in rounds:
        waiting[school][0].append(round)
    for school, classroom, week in weeks:
        waiting[school][1].append((classroom, week))
    done = [
        attempt(partial(_seal_school, school, *its, now)) or Sealed(0, 0, failed=1)
        for school, its in waiting.items()
    ]
    carry_over()
    open_rounds().run(lambda tx: tx.clear_away())
    return Sealed(
        sum(one.rounds for one in done),
        sum(one.weeks for one in done),
        sum(one.failed for one in done),
    )


def overdue(now: datetime) -> int:
    """Return how many rounds and weeks are due and not sealed yet; nothing is sealed."""
    rounds, weeks = open_rounds().run(lambda tx: (tx.unsealed(), tx.unclosed()))
    count = 0
    for school in schools.list_schools():
        its = [round for id, round in rounds if id == school.id]
        due = find_due(school.id, its, [(c, w) for id, c, w in weeks if id == school.id], now)
        count += len(due.rounds) + len(due.weeks)
    return count


def find_home() -> str:
    """Return the mark of the home of the open rounds: another one after it was lost."""
    return open_rounds().run(lambda transaction: transaction.mark)


def move_in(now: datetime) -> None:
    """Let each school that had its open rounds elsewhere begin anew where they are now.

    They were lost, or a backup was put back that may know nothing of what was sealed since: no
    round up to today opens again.
    """
    home = find_home()
    for school in schools.list_schools_from_elsewhere(home):
        attempt(partial(_move_in, school, home, now))


def _move_in(school: School, home: str, now: datetime) -> None:
    lost_on = None  # a database of a version that knew of no marks, brought to this one
    if school.home is not None:
        # The later of two dates: a zone that was changed after the backup must open no round.
        lost_on = max(now.date(), calendar_of(school.id).today(now))
    moved = schools.move_in(school.id, home, lost_on)
    if moved and lost_on:  # of several processes one does the rest
        open_rounds().run(lambda transaction: transaction.leave_nothing_of(school.id))
    db.session.commit()


def carry_over() -> None:
    """Copy what was released into the main database; what is there already stays."""
    rounds, weeks = open_rounds().run(lambda tx: (tx.sealed_rounds(), tx.closed_weeks()))
    together(rounds, _carry_rounds)
    together(weeks, _carry_weeks)


def forget_marks(before: date, dry_run: bool = False) -> int:
    """Remove the marks of rounds sealed before a day, long since in the main database."""

    def job(transaction: OpenTransaction) -> int:
        transaction.forget_late(week_of(before))
        gone = transaction.forget_sealed(before)
        if dry_run:
            raise _OnlyCounted(gone)
        return gone

    try:
        return open_rounds().run(job)
    except _OnlyCounted as counted:
        return counted.gone


def check_writable() -> None:
    """Raise StorageUnavailable when no tap could be stored."""
    open_rounds().run(lambda transaction: transaction.touch())


def check_apart() -> None:
    """Raise StorageUnavailable when a connection that serves pages could read the open rounds."""
    refuse_readable()


def _waiting_rounds() -> list[Round]:
    return [round for _, round in open_rounds().run(lambda tx: tx.unsealed())]


def _seal_school(
    school: int, rounds: Sequence[Round], weeks: Sequence[ClassWeek], now: datetime
) -> Sealed:
    due = find_due(school, rounds, weeks, now)
    sealed, failed = together(
        due.rounds, lambda some: _seal(due.school, due.classrooms, some, now, by=None)
    )
    held_up = {(round.classroom, round.week) for round in failed}
    ready = [week for week in due.weeks if week not in held_up]
    closed, unclosed = together(ready, partial(_close, school))
    return Sealed(sealed, closed, len(failed) + len(unclosed))


def _seal(
    school: School,
    classrooms: Mapping[int, Classroom],
    rounds: Sequence[Round],
    now: datetime,
    by: int | None,
) -> int:
    """Release rounds and delete their counters in one commit; return how many were not sealed."""
    kept = released.which_are_kept(rounds)

    def seal(transaction: OpenTransaction, round: Round) -> bool:
        m, noised_heavy = transaction.take_round(round)
        if round in kept or transaction.is_sealed(round):
            return False  # a counter that a restore left behind: it goes, the light stays
        pupils = classrooms[round.classroom].pupils
        result = release_round(m, noised_heavy, pupils, school.floor)
        transaction.put_sealed(SealedRound(school.id, round, result, now, by))
        return True

    return open_rounds().run(lambda transaction: sum(seal(transaction, r) for r in rounds))


def _close(school: int, weeks: Sequence[ClassWeek]) -> int:
    """Release pictures of weeks and forget their counters and keys in one commit."""

    def close(transaction: OpenTransaction, classroom: int, week: str) -> bool:
        counters = transaction.take_week(classroom, week)
        if counters is None or transaction.is_week_closed(classroom, week):
            return False
        rounds = transaction.released_in_week(classroom, days_of(week))
        picture = release_week(counters.taps, rounds, counters.feelings, counters.coping)
        transaction.put_closed(ClosedWeek(school, classroom, week, picture))
        return True

    def job(transaction: OpenTransaction) -> int:
        closed = sum(close(transaction, *week) for week in weeks)
        transaction.forget_keys(weeks)
        return closed

    return open_rounds().run(job)


def _carry_rounds(rounds: Sequence[SealedRound]) -> int:
    for sealed in rounds:
        released.add_round(sealed.school, sealed.round, sealed.released, sealed.at, sealed.by)
    db.session.commit()
    open_rounds().run(lambda transaction: transaction.mark_carried(list(rounds), []))
    return len(rounds)


def _carry_weeks(weeks: Sequence[ClosedWeek]) -> int:
    for closed in weeks:
        released.add_week(closed.school, closed.classroom, closed.week, closed.picture)
    db.session.commit()
    open_rounds().run(lambda transaction: transaction.mark_carried([], list(weeks)))
    return len(weeks)


def _silent_tablets(round: Round) -> tuple[str, ...]:
    """Return the tablets that were heard that day and may still hold taps."""
    return tuple(
        tablet.label
        for tablet in tablets.tablets_of(round.classroom)
        if tablet.seen.waiting != 0 and tablet.seen.heard_on == round.day
    )
