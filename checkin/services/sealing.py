"""The one-way door: close a round, release its light once, forget its counter.

The open rounds commit the released value and the deletion of its counter together; carrying it
into the main database comes after and may be repeated. So a crash at any point loses no light and
never shows a second one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.calendar import Door, door_of, is_due
from checkin.domain.release import release_round, release_week
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import Round, days_of, week_of
from checkin.domain.school import Classroom
from checkin.services.timetables import timetable_of
from checkin.storage import released, schools, tablets
from checkin.storage.database import db
from checkin.storage.open_rounds import (
    ClosedWeek,
    OpenTransaction,
    SealedRound,
    open_rounds,
)


class NeverOpened(Exception):
    """A round that cannot be sealed, because it never was open."""


@dataclass(frozen=True)
class Sealing:
    """What sealing by hand did: the released round, and which tablets may still hold taps."""

    round: ReleasedRound
    is_new: bool
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Sealed:
    """How much was sealed by the clock."""

    rounds: int
    weeks: int


def seal_by_hand(round: Round, by: int, now: datetime) -> Sealing:
    """Seal a round now; a second time changes nothing. Raises NeverOpened."""
    classroom = schools.get_classroom(round.classroom)
    if earlier := released.find_round(round):
        return Sealing(earlier, False, ())
    door = door_of(timetable_of(classroom), round.day, round.moment, now)
    if door is not Door.OPEN and round not in _waiting_rounds():
        raise NeverOpened
    is_new = _seal(classroom, round, now, by)
    carry_over()
    result = released.find_round(round)
    assert result is not None  # noqa: S101  # sealed and carried above
    return Sealing(result, is_new, _silent_tablets(round))


def seal_due(now: datetime) -> Sealed:
    """Seal every round and close every week that is due; safe at any time, twice, at once."""
    carry_over()
    rounds = sum(_seal_if_due(round, now) for round in _waiting_rounds())
    weeks = sum(
        _close_if_due(school, classroom, week, now)
        for school, classroom, week in open_rounds().run(lambda tx: tx.unclosed())
    )
    carry_over()
    return Sealed(rounds, weeks)


def carry_over() -> None:
    """Copy what was released into the main database; what is there already stays."""
    rounds, weeks = open_rounds().run(lambda tx: (tx.sealed_rounds(), tx.closed_weeks()))
    if not rounds and not weeks:
        return
    for sealed in rounds:
        released.add_round(sealed.school, sealed.round, sealed.released, sealed.at, sealed.by)
    for closed in weeks:
        released.add_week(closed.school, closed.classroom, closed.week, closed.picture)
    db.session.commit()
    open_rounds().run(lambda tx: tx.mark_carried(rounds, weeks))


def forget_marks(before: date) -> int:
    """Remove the marks of rounds sealed before a day, long since in the main database."""

    def job(transaction: OpenTransaction) -> int:
        transaction.forget_late(week_of(before))
        return transaction.forget_sealed(before)

    return open_rounds().run(job)


def check_writable() -> None:
    """Raise StorageUnavailable when no tap could be stored."""
    open_rounds().run(lambda transaction: transaction.touch())


def _waiting_rounds() -> list[Round]:
    return [round for _, round in open_rounds().run(lambda tx: tx.unsealed())]


def _seal_if_due(round: Round, now: datetime) -> bool:
    classroom = schools.get_classroom(round.classroom)
    seen = tuple(tablet.seen for tablet in tablets.tablets_of(round.classroom))
    if not is_due(timetable_of(classroom), round.day, round.moment, seen, now):
        return False
    return _seal(classroom, round, now, by=None)


def _seal(classroom: Classroom, round: Round, now: datetime, by: int | None) -> bool:
    """Release a round and delete its counter in one commit; False if it was sealed before."""
    floor = schools.get_school(classroom.school).floor
    was_released = released.find_round(round) is not None

    def job(transaction: OpenTransaction) -> bool:
        m, noised_heavy = transaction.take_round(round)
        if was_released or transaction.is_sealed(round):
            return False  # a counter that a restore left behind: it goes, the light stays
        result = release_round(m, noised_heavy, classroom.pupils, floor)
        transaction.put_sealed(SealedRound(classroom.school, round, result, now, by))
        return True

    return open_rounds().run(job)


def _close_if_due(school: int, classroom: int, week: str, now: datetime) -> bool:
    timetable = timetable_of(schools.get_classroom(classroom))
    if now < timetable.week_closes(week):
        return False
    for round in _waiting_rounds():
        if round.classroom == classroom and round.week == week:
            _seal(schools.get_classroom(classroom), round, now, by=None)

    def job(transaction: OpenTransaction) -> bool:
        counters = transaction.take_week(classroom, week)
        if counters is None or transaction.is_week_closed(classroom, week):
            return False
        answered = transaction.answered_in_week(classroom, days_of(week))
        picture = release_week(counters.taps, answered, counters.feelings, counters.coping)
        transaction.put_closed(ClosedWeek(school, classroom, week, picture))
        return True

    return open_rounds().run(job)


def _silent_tablets(round: Round) -> tuple[str, ...]:
    """Return the tablets that were heard that day and may still hold taps."""
    return tuple(
        tablet.label
        for tablet in tablets.tablets_of(round.classroom)
        if tablet.seen.waiting != 0 and tablet.seen.heard_on == round.day
    )
