"""A term in figures that were released: of a class, or of the school as a whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.domain.release import Light, Why
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import week_of
from checkin.services import school_days, school_trend, trends
from checkin.services.process_figures import Process, process_of_class, process_of_school
from checkin.services.report_periods import days_within, is_week_within, period_of, weeks_back_to
from checkin.services.school_days import ClassDay
from checkin.services.timetables import calendar_of
from checkin.storage import schools


@dataclass(frozen=True)
class WeekLights:
    """The lights of a week; a week without a round that was held has none."""

    week: str
    lights: Mapping[Light, int]


@dataclass(frozen=True)
class Participation:
    """How many rounds there were, and how many children tapped in those that were held."""

    planned: int
    held: int
    withheld: tuple[tuple[Why, int], ...]
    percent: int | None


@dataclass(frozen=True)
class ClassReport:
    """A class over a term; `began` and `ended` when that was within it."""

    trend: trends.Trend
    days: tuple[ClassDay, ...]
    weeks: tuple[WeekLights, ...]
    participation: Participation
    process: Process
    began: date | None
    ended: date | None
    today: date


@dataclass(frozen=True)
class SchoolReport:
    """The school over a term."""

    first: date
    last: date
    trend: school_trend.SchoolTrend
    process: Process


def report_on_class(person: Person, classroom: int, period: str, now: datetime) -> ClassReport:
    """Return a class over a term, from its first day to its last where they are within it."""
    room, today = schools.get_classroom(classroom), calendar_of(person.school).today(now)
    asked = period_of(person.school, period, now)
    first, last = days_within(room, *asked)
    trend = trends.trend_of(classroom, first, last)
    days = school_days.days_between(classroom, first, last)
    return ClassReport(
        trend,
        days,
        _weeks(trend.rounds, days),
        _participation(trend.rounds, days, today),
        process_of_class(person, classroom, first, asked[1], now),
        began=first if asked[0] < room.started_on == first else None,
        ended=room.closed_on if room.closed_on and room.closed_on <= asked[1] else None,
        today=today,
    )


def report_on_school(person: Person, period: str, now: datetime) -> SchoolReport:
    """Return the school over a term."""
    first, last = period_of(person.school, period, now)
    trend = school_weeks_of(person, period, now)
    return SchoolReport(first, last, trend, process_of_school(person, first, last, now))


def school_weeks_of(person: Person, period: str, now: datetime) -> school_trend.SchoolTrend:
    """Return the weeks of a term that are published, and none before or after it."""
    first, last = period_of(person.school, period, now)
    today = calendar_of(person.school).today(now)
    trend = school_trend.school_trend_of(person, weeks_back_to(first, today), now)
    within = tuple(week for week in trend.weeks if is_week_within(week.week, first, last))
    to_come = trend.to_come if last == today else None
    return replace(trend, weeks=within, to_come=to_come)


def _weeks(rounds: Sequence[ReleasedRound], days: Sequence[ClassDay]) -> tuple[WeekLights, ...]:
    """Return the weeks with school, the first one with a light first."""
    held = [one for one in rounds if one.was_held]
    counts: dict[str, Counter[Light]] = {}
    began = min((one.round.day for one in held), default=None)
    for day in days:
        if began is not None and day.moments and week_of(day.day) >= week_of(began):
            counts.setdefault(week_of(day.day), Counter())
    for one in held:
        counts.setdefault(week_of(one.round.day), Counter())[one.light] += 1
    return tuple(WeekLights(week, counts[week]) for week in sorted(counts))


def _participation(
    rounds: Sequence[ReleasedRound], days: Sequence[ClassDay], today: date
) -> Participation:
    held = [one for one in rounds if one.was_held]
    planned = sum(len(day.moments) for day in days if day.day < today)
    planned += sum(one.round.day == today for one in held)
    withheld = Counter(one.released.why for one in held if one.light is Light.WITHHELD)
    pupils = sum(one.released.pupils for one in held)
    answered = sum(min(one.released.answered, one.released.pupils) for one in held)
    return Participation(
        planned=max(planned, len(held)),
        held=len(held),
        withheld=tuple(sorted(withheld.items())),
        percent=round(100 * answered / pupils) if pupils else None,
    )
