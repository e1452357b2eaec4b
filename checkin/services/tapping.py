"""Taking taps in: durable before the answer, each key once, nothing known of who or when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from checkin.domain.calendar import Door, Timetable, door_of
from checkin.domain.cards import Coping
from checkin.domain.class_changes import classroom_on
from checkin.domain.feelings import Feeling
from checkin.domain.losses import door_after_loss
from checkin.domain.release import WEEK_SCALE, draw_noise
from checkin.domain.rounds import Round, week_of
from checkin.domain.school import Classroom, Kind, School, Tablet
from checkin.domain.taps import Batch, LateTaps, Result, Status, Tap
from checkin.services import sealing
from checkin.services.timetables import timetables_of
from checkin.storage import class_changes, released, schools, tablets
from checkin.storage.database import db
from checkin.storage.open_rounds import Asked, OpenTransaction, open_rounds

Home = tuple[Classroom, Timetable]
Homes = Mapping[date, Home]
"""Where taps of a day belong on which their tablet was another classroom's."""

KEPT = "its round is sealed; it counts for the week"
DROPPED = "its week is closed; it is not counted"
REFUSALS = {
    Door.NO_SCHOOL: "there is no such round on that day",
    Door.NOT_YET: "that round is not open yet",
}
NO_SUCH_CARD = "there is no card with that digit"


def store(tablet: Tablet, batch: Batch, now: datetime) -> list[Result]:
    """Store a tablet's taps and note what it says of its queue.

    All or nothing of a batch is on disk when this returns; StorageUnavailable means nothing is.
    """
    classroom, school = schools.get_home(tablet.classroom)
    timetable = timetables_of(school, [classroom])[classroom.id]
    homes = _homes_of(tablet, classroom, timetable, batch.taps, school, now)
    results = store_for(classroom, timetable, batch.taps, now, school, homes)
    if classroom.kind is Kind.CLASS:  # a colleague's phone would tell on which days it was used
        _note_heard(tablet, timetable, batch, now)
    return results


def store_for(
    classroom: Classroom,
    timetable: Timetable,
    taps: Sequence[Tap],
    now: datetime,
    school: School | None = None,
    homes: Homes | None = None,
) -> list[Result]:
    """Store taps for a classroom in one transaction, those of `homes` for what it was that day."""
    if not taps:
        return []
    here = (classroom, timetable)
    try:
        known = school or schools.get_school(classroom.school)
        return _store(known, here, homes or {}, taps, now)
    except _FromElsewhere:
        sealing.move_in(now)
        return _store(schools.get_school(classroom.school), here, homes or {}, taps, now)


def _homes_of(
    tablet: Tablet,
    classroom: Classroom,
    timetable: Timetable,
    taps: Sequence[Tap],
    school: School,
    now: datetime,
) -> Homes:
    """Return where taps of days belong on which this tablet tapped for another classroom."""
    today = timetable.calendar.today(now)
    past = {tap.day for tap in taps if tap.day < today}
    moves = class_changes.moves_of(tablet.id) if past else []
    homes: dict[date, Home] = {}
    for day in past if moves else ():
        id = classroom_on(day, classroom.id, moves)
        if id != classroom.id:
            home = schools.get_classroom(id)
            homes[day] = (home, timetables_of(school, [home])[id])
    return homes


class _FromElsewhere(Exception):
    """The open rounds are not those that the school had: they were lost, or a backup put back."""


def _store(
    school: School, here: Home, homes: Homes, taps: Sequence[Tap], now: datetime
) -> list[Result]:
    rounds = {tap: Round(homes.get(tap.day, here)[0].id, tap.day, tap.moment) for tap in taps}
    doors = {
        round: _door(school, round, homes.get(round.day, here)[1], now)
        for round in set(rounds.values())
    }
    arrived = week_of(here[1].calendar.today(now))

    def job(transaction: OpenTransaction) -> list[Result]:
        if transaction.mark != school.home:
            raise _FromElsewhere
        still = {round: _door_still(transaction, round, door) for round, door in doors.items()}
        taking = _Taking(transaction, here[0], arrived)
        return [taking.take(tap, rounds[tap], still[rounds[tap]]) for tap in taps]

    return open_rounds().run(job, Asked(tuple(tap.key for tap in taps), frozenset(doors)))


def taps_so_far(rounds: Sequence[Round]) -> list[int]:
    """Return how many have tapped in each open round: all that may be told of one (R1)."""
    return open_rounds().run(lambda transaction: [transaction.taps_in(r) for r in rounds])


def late_taps(classroom: int, week: str) -> LateTaps:
    """Return how many taps of a classroom came after their round was sealed, in one week."""
    return open_rounds().run(lambda transaction: transaction.late_in(classroom, week))


def _door(school: School, round: Round, timetable: Timetable, now: datetime) -> Door:
    """Ask the clock, then what was released: a round sealed before a restore stays sealed."""
    door = door_of(timetable, round.day, round.moment, now)
    door = door_after_loss(door, round, school.lost_on)
    if door in REFUSALS:
        return door
    is_sealed, is_week_closed = released.find_end(round)
    if is_week_closed:
        return Door.WEEK_CLOSED
    return Door.SEALED if is_sealed and door is Door.OPEN else door


def _door_still(transaction: OpenTransaction, round: Round, door: Door) -> Door:
    """Ask what the open rounds themselves say, once for all taps of a round."""
    if door in REFUSALS:
        return door
    if transaction.is_week_closed(round.classroom, round.week):
        return Door.WEEK_CLOSED
    return Door.SEALED if door is Door.OPEN and transaction.is_sealed(round) else door


class _Taking:
    """Takes the taps of one tablet within one transaction."""

    def __init__(self, transaction: OpenTransaction, classroom: Classroom, arrived: str) -> None:
        self.transaction = transaction
        self.school, self.classroom = classroom.school, classroom.id
        self.arrived = arrived

    def take(self, tap: Tap, round: Round, door: Door) -> Result:
        if self.transaction.knows(tap.key):
            return Result(tap.key, Status.KNOWN)
        if door in REFUSALS:
            return Result(tap.key, Status.REFUSED, REFUSALS[door])
        if tap.feeling is None:
            return Result(tap.key, Status.REFUSED, NO_SUCH_CARD)
        if door is Door.WEEK_CLOSED:
            return self._drop(tap)
        self._count_in_week(round, tap.feeling, tap.helps)
        self.transaction.spend(tap.key, self.school, round.classroom, round.week)
        if door is Door.SEALED:
            self.transaction.count_late(self.school, round.classroom, self.arrived, kept=True)
            return Result(tap.key, Status.LATE, KEPT)
        self._count_in_round(round, tap.feeling)
        return Result(tap.key, Status.STORED)

    def _drop(self, tap: Tap) -> Result:
        """Count a tap that is too late even for its week, once however often it is sent."""
        self.transaction.spend(tap.key, self.school, self.classroom, self.arrived)
        self.transaction.count_late(self.school, self.classroom, self.arrived, kept=False)
        return Result(tap.key, Status.LATE, DROPPED)

    def _count_in_round(self, round: Round, feeling: Feeling) -> None:
        if not self.transaction.count_in_round(round, feeling.heavy):
            self.transaction.open_round(self.school, round, draw_noise())
            self.transaction.count_in_round(round, feeling.heavy)

    def _count_in_week(self, round: Round, feeling: Feeling, helps: Coping | None) -> None:
        if not self.transaction.count_in_week(round.classroom, round.week, feeling, helps):
            noises = [draw_noise(WEEK_SCALE) for _ in range(len(Feeling) + len(Coping))]
            self.transaction.open_week(self.school, round.classroom, round.week, noises)
            self.transaction.count_in_week(round.classroom, round.week, feeling, helps)


def _note_heard(tablet: Tablet, timetable: Timetable, batch: Batch, now: datetime) -> None:
    """Note a day, the last closed round and what it holds, only when changed: never a time."""
    today = timetable.calendar.today(now)
    emptied = timetable.last_closed(now) if batch.waiting == 0 else tablet.seen.emptied
    noted = replace(
        tablet,
        seen=replace(tablet.seen, heard_on=today, emptied=emptied, waiting=batch.waiting),
        downloaded=tablet.downloaded if batch.downloaded is None else batch.downloaded,
        kept=batch.kept or tablet.kept,
    )
    if noted != tablet:
        tablets.note_heard(noted)
        db.session.commit()
