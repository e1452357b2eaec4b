"""The weekly page of the care team: what asks for a decision, and every class as a strip."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkin.domain.flags import Flag, FlagState
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import week_of
from checkin.domain.school import Classroom
from checkin.services.caring.flag_pages import what_it_follows
from checkin.services.caring.reopening import LATELY
from checkin.services.caring.today import SchoolToday, Standing
from checkin.storage import class_loops, flags, released, schools
from checkin.storage.class_loops import ClassLine

A_WEEK = timedelta(days=7)
STRIP = timedelta(days=27)
"""How far back a strip reaches."""


@dataclass(frozen=True)
class ReviewItem:
    """A flag with where it stands."""

    flag: Flag
    standing: Standing
    follows: Flag | None = None


@dataclass(frozen=True)
class Strip:
    """A class in a few lights, check-in above check-out, and what it did with its week."""

    classroom: Classroom
    rounds: tuple[ReleasedRound, ...]
    flags: tuple[Flag, ...]
    line: ClassLine | None


@dataclass(frozen=True)
class Review:
    """The weekly page: what is with nobody, overdue, new, in hand, and each class as a strip.

    `listed` did not reach the reviewers: the week was full, or a class was in its first days.
    """

    with_nobody: tuple[ReviewItem, ...]
    overdue: tuple[ReviewItem, ...]
    new: tuple[ReviewItem, ...]
    in_hand: tuple[ReviewItem, ...]
    listed: tuple[ReviewItem, ...]
    good_news: tuple[ReviewItem, ...]
    closed_lately: tuple[Flag, ...]
    strips: tuple[Strip, ...]


def review_of(school: int, now: datetime) -> Review:
    """Return the weekly page of a school."""
    known, today = flags.list_current(school, now - 2 * A_WEEK), SchoolToday(school, now)
    items = [_item(flag, today) for flag in known if not flag.is_closed]
    worries = [item for item in items if not item.flag.is_good_news]
    of = _groups([item for item in worries if not item.flag.is_listed])
    return Review(
        with_nobody=of("with-nobody"),
        overdue=of("overdue"),
        new=of("new"),
        in_hand=of("in-hand"),
        listed=tuple(
            sorted((i for i in worries if i.flag.is_listed), key=lambda i: -i.flag.strength)
        ),
        good_news=tuple(i for i in items if i.flag.is_good_news and _is_news(i.flag, today.today)),
        closed_lately=tuple(
            f for f in known if f.closing and today.today - today.day_of(f.closing.at) <= LATELY
        ),
        strips=_strips(school, worries, today.today),
    )


def group_of(item: ReviewItem) -> str:
    """Return where a flag belongs on the page: what nobody has comes before all else."""
    if item.standing.is_with_nobody:
        return "with-nobody"
    if item.standing.is_overdue:
        return "overdue"
    is_new = item.flag.state is FlagState.RAISED or item.flag.is_given_back
    return "new" if is_new else "in-hand"


def _groups(items: Sequence[ReviewItem]) -> Callable[[str], tuple[ReviewItem, ...]]:
    return lambda name: tuple(item for item in items if group_of(item) == name)


def _item(flag: Flag, today: SchoolToday) -> ReviewItem:
    others = flags.flags_of(flag.classroom) if flag.is_good_news else []
    before = [other for other in others if other.id != flag.id]
    return ReviewItem(flag, today.standing_of(flag), what_it_follows(flag, before))


def _is_news(flag: Flag, today: date) -> bool:
    """Tell whether good news was not read yet, or came this week."""
    return flag.state is FlagState.RAISED or today - flag.raised_on <= A_WEEK


def _strips(school: int, items: Sequence[ReviewItem], today: date) -> tuple[Strip, ...]:
    lines = {
        line.classroom: line
        for line in class_loops.lines_in(school, {week_of(today - A_WEEK), week_of(today)})
    }
    return tuple(_strip(c, items, lines, today) for c in schools.list_classrooms(school))


def _strip(
    classroom: Classroom,
    items: Sequence[ReviewItem],
    lines: Mapping[int, ClassLine],
    today: date,
) -> Strip:
    rounds = released.rounds_between(classroom.id, today - STRIP, today)
    mine = tuple(item.flag for item in items if item.flag.classroom == classroom.id)
    return Strip(classroom, tuple(rounds), mine, lines.get(classroom.id))
