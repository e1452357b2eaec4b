"""How the care for flags went in a period, in counts: no class, no pattern, no mood."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.domain.deadlines import TAKING_UP, Turn, deadlines_of
from checkin.domain.flags import Flag, Step
from checkin.domain.talks import State
from checkin.services.caring.today import SchoolToday
from checkin.storage import flags, talk_settings, talks

COUNTED = (Step.ACKNOWLEDGED, Step.ASSIGNED, Step.REMINDED, Step.TO_DEPUTY, Step.ESCALATED)
COUNTED_TOO = (Step.HANDED_ON, Step.PARENTS, Step.CLOSED)


@dataclass(frozen=True)
class FlagCounts:
    """The flags that came before somebody in a period; `steps` is what was done with them."""

    raised: int
    in_time: int
    late: int
    waiting: int
    no_deadline: int
    closed: int
    steps: tuple[tuple[Step, int], ...]


@dataclass(frozen=True)
class TalkCounts:
    """The wishes to talk of a period that are not forgotten yet."""

    asked: int
    seen: int
    closed: int


@dataclass(frozen=True)
class Process:
    """How care went; `talks` is None where nobody can be asked."""

    first: date
    last: date
    flags: FlagCounts
    talks: TalkCounts | None = None


def process_of_school(person: Person, first: date, last: date, now: datetime) -> Process:
    """Return how care went at a person's school."""
    found = _count_flags(person.school, flags.list_flags(person.school), first, last, now)
    return Process(first, last, found, _count_talks(person.school, first, last))


def process_of_class(
    person: Person, classroom: int, first: date, last: date, now: datetime
) -> Process:
    """Return how care went for one class, which its teacher and the care team see anyway."""
    own = flags.flags_of(classroom)
    return Process(first, last, _count_flags(person.school, own, first, last, now))


def _count_flags(
    school: int, found: Sequence[Flag], first: date, last: date, now: datetime
) -> FlagCounts:
    today = SchoolToday(school, now)
    counted = [
        flag
        for flag in found
        if flag.reached_on and first <= flag.reached_on <= last and not flag.is_good_news
    ]
    ends = Counter(_end_of(flag, today) for flag in counted)
    steps = Counter(_steps_of(counted))
    return FlagCounts(
        raised=len(counted),
        in_time=ends["in time"],
        late=ends["late"],
        waiting=ends["waiting"],
        no_deadline=ends["no deadline"],
        closed=sum(flag.is_closed for flag in counted),
        steps=tuple((step, steps[step]) for step in (*COUNTED, *COUNTED_TOO)),
    )


def _end_of(flag: Flag, today: SchoolToday) -> str:
    """Tell whether a flag was first taken up in time, by the structure in force."""
    structure = today.structure
    step = structure.step_for(flag.pattern, flag.strength) if structure else None
    if step is None or flag.reached_on is None:
        return "no deadline"
    turn = Turn(step.owner, flag.reached_on)
    due = deadlines_of(
        turn, step.school_days, None, lambda day: today.school_days_after(flag.classroom, day)
    ).due
    if due is None:
        return "no deadline"
    taken = [
        today.day_of(e.at) for e in flag.events if e.step in TAKING_UP or e.step is Step.CLOSED
    ]
    if taken:
        return "in time" if min(taken) <= due else "late"
    return "late" if due < today.today else "waiting"


def _steps_of(found: Iterable[Flag]) -> Iterable[Step]:
    return (event.step for flag in found for event in flag.events)


def _count_talks(school: int, first: date, last: date) -> TalkCounts | None:
    if not talk_settings.setting_of(school).adults:
        return None
    found = [one for one in talks.list_requests(school) if first <= one.asked.day <= last]
    return TalkCounts(
        asked=len(found),
        seen=sum(one.state is not State.ASKED for one in found),
        closed=sum(one.state is State.CLOSED for one in found),
    )
