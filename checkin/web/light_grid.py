"""Lights on a calendar: a block for each week, a column for each school day, two lights high."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from flask_babel import gettext as _

from checkin.domain.calendar import DayOff, Span
from checkin.domain.release import Light
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import Moment
from checkin.services.school_days import ClassDay
from checkin.web.language import day as day_in_words
from checkin.web.language import short_day, written
from checkin.web.language import week as week_in_words
from checkin.web.round_words import light_word, moment_word

Lights = Mapping[tuple[date, Moment], Light]
NO_LIGHT, TO_COME = "none", "to-come"


class GridWords:
    """What lights, rounds and days are called; looked up once, because a year has many."""

    def __init__(self) -> None:
        """Look the words up in the reader's language."""
        self.lights = {light: light_word(light) for light in Light}
        self.moments = {moment: moment_word(moment) for moment in Moment}
        self.to_come, self.no_light = _("still to come"), _("no light")
        self._days: dict[date, str] = {}

    def written(self, day: date) -> str:
        """Write a day short."""
        if day not in self._days:
            self._days[day] = short_day(day)
        return self._days[day]


class Cell(NamedTuple):
    """One light, or why there is none; `name` says it in words."""

    kind: str
    name: str


class Column(NamedTuple):
    """A day of a class; `off` names a free day, which has no cells."""

    day: str
    off: str
    cells: tuple[Cell, ...]


class Block(NamedTuple):
    """A week, or a whole holiday, which has no columns."""

    label: str
    name: str
    columns: tuple[Column, ...]


def build_grid(
    rounds: Sequence[ReleasedRound], days: Sequence[ClassDay], today: date, words: GridWords
) -> tuple[Block, ...]:
    """Lay released rounds on the days of a class, from its first round on."""
    lights = {(r.round.day, r.round.moment): r.light for r in rounds if r.was_held}
    began = min((day for day, _moment in lights), default=today)
    began -= timedelta(days=began.weekday())
    weeks = groupby((d for d in days if d.day >= began), key=lambda d: d.day.isocalendar()[:2])
    blocks = (_block(list(found), lights, today, words) for _week, found in weeks)
    return tuple(_joined(blocks))


def off_word(off: Span) -> str:
    """Name a span without school by its own label, else by its kind."""
    if off.label:
        return off.label
    return {
        DayOff.HOLIDAY: _("Holiday"),
        DayOff.PUBLIC_HOLIDAY: _("Public holiday"),
        DayOff.STUDY_DAY: _("Study day"),
        DayOff.WEEKEND: _("Weekend"),
        DayOff.PAUSE: _("Pause"),
        DayOff.CLOSED: _("The class has ended"),
    }[off.kind]


def _block(days: list[ClassDay], lights: Lights, today: date, words: GridWords) -> Block:
    columns = tuple(_column(day, lights, today, words) for day in days if _is_shown(day, lights))
    if all(column.off for column in columns):
        return Block(columns[0].off if columns else "", "", ())
    first = days[0].day
    name = _("%(week)s, from %(day)s", week=week_in_words(first), day=day_in_words(first))
    return Block(written(first, "d MMM"), name, columns)


def _is_shown(day: ClassDay, lights: Lights) -> bool:
    """Leave a weekend out unless there was school."""
    if day.off is None:
        return bool(day.moments)
    if any((day.day, moment) in lights for moment in Moment):
        return True
    return day.off.kind is not DayOff.WEEKEND and day.day.isoweekday() <= 5


def _column(day: ClassDay, lights: Lights, today: date, words: GridWords) -> Column:
    written = words.written(day.day)
    found = {moment: lights.get((day.day, moment)) for moment in Moment}
    if day.off is not None and not any(found.values()):
        return Column(written, off_word(day.off), ())
    may_come = day.day >= today
    return Column(
        written, "", tuple(_cell(written, m, light, may_come, words) for m, light in found.items())
    )


def _cell(
    written: str, moment: Moment, light: Light | None, may_come: bool, words: GridWords
) -> Cell:
    if light is not None:
        kind, told = light.value, words.lights[light]
    elif may_come:
        kind, told = TO_COME, words.to_come
    else:
        kind, told = NO_LIGHT, words.no_light
    return Cell(kind, f"{written}, {words.moments[moment].lower()}: {told}")


def _joined(blocks: Iterable[Block]) -> Iterable[Block]:
    """Make one block of a holiday that lasts for weeks."""
    earlier: Block | None = None
    for block in blocks:
        is_same = earlier is not None and not block.columns and block == earlier
        if not is_same and (block.columns or block.label):
            yield block
        earlier = block
