"""Where the pattern rules are with each classroom, and the released rounds they have yet to see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from checkin.domain.patterns import Observation
from checkin.domain.school import Kind
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, EngineStateRow, ReleasedRoundRow, SchoolRow

EARLIEST = date(2020, 1, 1)
_AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True)
class EngineState:
    """What is kept of a classroom, and what it was made from and for.

    `since` is from which day on its released rounds count, `last_day` the last one taken in;
    `taken_in` counts the rounds until then and `known` all there were; `waits_for` is a day that
    was not over. `version`, `cards_since`, `attention` and `budget` say what it was made for.
    """

    classroom_id: int
    school_id: int
    state: str
    since: date
    last_day: date | None
    taken_in: int
    known: int
    waits_for: date | None
    version: int
    cards_since: date | None
    attention: float
    budget: float


@dataclass(frozen=True)
class Standing:
    """One classroom beside its state: how many rounds count now, None where no state is kept."""

    classroom: int
    cards_since: date | None
    rounds: int
    known: int | None
    waits_for: date | None
    made_for: tuple[int, date | None, float, float] | None


def standings(school: int, classrooms: Collection[int] | None = None) -> list[Standing]:
    """Return where every open classroom of a school stands, without reading any state.

    No team is among them: colleagues are not looked at for patterns, and raise no flags.
    """
    c, s = ClassroomRow, EngineStateRow
    query = (
        select(
            c.id,
            c.cards_since,
            _rounds_since(s.since),
            s.known,
            s.waits_for,
            s.version,
            s.cards_since,
            s.attention,
            s.budget,
        )
        .outerjoin(s, s.classroom_id == c.id)
        .where(c.school_id == school, c.closed_on.is_(None), c.kind == Kind.CLASS.value)
        .order_by(c.id)
    )
    if classrooms is not None:
        query = query.where(c.id.in_(classrooms))
    return [
        Standing(id, cards, rounds, known, waits, None if known is None else (v, cs, a, b))
        for id, cards, rounds, known, waits, v, cs, a, b in db.session.execute(query)
    ]


def take_turn(school: int) -> None:
    """Hold the rules of a school until the commit: whoever else would look waits for that."""
    row = update(SchoolRow).where(SchoolRow.id == school)
    db.session.execute(row.values(name=SchoolRow.name), execution_options=_AS_IT_IS)


def states_of(classrooms: Collection[int]) -> dict[int, EngineState]:
    """Return the kept states of some classrooms."""
    query = select(*EngineStateRow.__table__.c).where(EngineStateRow.classroom_id.in_(classrooms))
    return {row.classroom_id: EngineState(*row) for row in db.session.execute(query)}


def keep(states: Sequence[EngineState]) -> None:
    """Keep these states in the place of those kept before; the caller commits."""
    if not states:
        return
    ids = [state.classroom_id for state in states]
    db.session.execute(delete(EngineStateRow).where(EngineStateRow.classroom_id.in_(ids)))
    db.session.execute(insert(EngineStateRow), [asdict(state) for state in states])


def have_made_anew(classroom: int) -> None:
    """Have the rules of a classroom look at its rounds anew; what is past counts as told."""
    row = update(EngineStateRow).where(EngineStateRow.classroom_id == classroom)
    db.session.execute(row.values(version=0), execution_options=_AS_IT_IS)


def new_rounds(classrooms: Collection[int], last: date) -> dict[int, list[Observation]]:
    """Return the rounds after the last day that each kept state has taken in, in order of time."""
    r, s = ReleasedRoundRow, EngineStateRow
    query = _ROUNDS.join(s, s.classroom_id == r.classroom_id).where(
        r.classroom_id.in_(classrooms),
        r.day > func.coalesce(s.last_day, EARLIEST),
        r.day >= s.since,
        r.day <= last,
    )
    return _by_classroom(classrooms, query)


def rounds_between(
    classrooms: Collection[int], first: date, last: date
) -> dict[int, list[Observation]]:
    """Return the rounds of some classrooms, both ends included, in order of time."""
    r = ReleasedRoundRow
    query = _ROUNDS.where(r.classroom_id.in_(classrooms), r.day.between(first, last))
    return _by_classroom(classrooms, query)


def count_rounds(classroom: int, first: date, last: date) -> int:
    """Count the released rounds of a classroom, both ends included, held or not."""
    r = ReleasedRoundRow
    query = select(func.count()).where(r.classroom_id == classroom, r.day.between(first, last))
    return db.session.scalar(query) or 0


def last_round_days(classroom: int, until: date, most: int) -> list[date]:
    """Return the last days until a day on which a classroom held a round, newest first."""
    r = ReleasedRoundRow
    query = (
        select(r.day)
        .where(r.classroom_id == classroom, r.day <= until, r.answered > 0)
        .distinct()
        .order_by(r.day.desc())
        .limit(most)
    )
    return list(db.session.scalars(query))


_ROUNDS = select(
    ReleasedRoundRow.classroom_id,
    ReleasedRoundRow.day,
    ReleasedRoundRow.moment,
    ReleasedRoundRow.pupils,
    ReleasedRoundRow.answered,
    ReleasedRoundRow.heavy,
)


def _rounds_since(since: ColumnElement[date] | object) -> ColumnElement[int]:
    r = ReleasedRoundRow
    days = and_(r.classroom_id == ClassroomRow.id, r.day >= func.coalesce(since, EARLIEST))
    return (
        select(func.count()).where(days).correlate(ClassroomRow, EngineStateRow).scalar_subquery()
    )


def _by_classroom(
    classrooms: Iterable[int], query: Select[int, date, str, int, int, int | None]
) -> dict[int, list[Observation]]:
    found: dict[int, list[Observation]] = {classroom: [] for classroom in classrooms}
    r = ReleasedRoundRow
    rows = db.session.execute(query.order_by(r.classroom_id, r.day, r.moment))
    for classroom, day, moment, pupils, answered, heavy in rows:
        found[classroom].append(Observation(day, moment, max(pupils, answered), answered, heavy))
    return found
