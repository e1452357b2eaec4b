"""Lights on a calendar: a block for each week, a column for each school day, two lights high."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from checkin.domain.calendar import DayOff, Span
from checkin.domain.release import Light
from checkin.domain.released import ReleasedRound
from checkin.domain.rounds import Moment, week_of
from checkin.services.school_days import ClassDay
from checkin.web.language import day as day_in_words
from checkin.web.language import week as week_in_words
from checkin.web.round_words import light_word, moment_word

NO_LIGHT, TO_COME = "none", "to-come"


class Cell(NamedTuple):
    """One light, or why there is none; `name` says it in words."""

    kind: str
    name: str


class Column(NamedTuple):
    """A day of a class; `off` names a free day, which has no cells."""

    day: date
    off: str
    cells: tuple[Cell, ...]


class Block(NamedTuple):
    """A week, or a whole holiday, which has no columns."""

    label: str
    name: str
    columns: tuple[Column, ...]


def build_grid(
    rounds: Sequence[ReleasedRound], days: Sequence[ClassDay], today: date
) -> tuple[Block, ...]:
    """Lay released rounds on the days of a class, from its first round on."""
    lights = {(r.round.day, r.round.moment): r.light for r in rounds if r.was_held}
    began = min((day for day, _moment in lights), default=today)
    shown = [day for day in days if week_of(day.day) >= week_of(began)]
    blocks = [
        _block(list(days_of_week), lights, today)
        for _week, days_of_week in groupby(shown, key=lambda day: week_of(day.day))
    ]
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
    }[off.kind]


def _block(days: list[ClassDay], lights: dict[tuple[date, Moment], Light], today: date) -> Block:
    columns = tuple(_column(day, lights, today) for day in days if _is_shown(day, lights))
    if all(column.off for column in columns):
        return Block(columns[0].off if columns else "", "", ())
    first = days[0].day
    name = _("%(week)s, from %(day)s", week=week_in_words(first), day=day_in_words(first))
    return Block(format_date(first, "d MMM", rebase=False), name, columns)


def _is_shown(day: ClassDay, lights: dict[tuple[date, Moment], Light]) -> bool:
    """Leave a weekend out unless there was school."""
    if day.off is None:
        return bool(day.moments)
    if any((day.day, moment) in lights for moment in Moment):
        return True
    return day.off.kind is not DayOff.WEEKEND and day.day.isoweekday() <= 5


def _column(day: ClassDay, lights: dict[tuple[date, Moment], Light], today: date) -> Column:
    written = format_date(day.day, "EEE d MMM", rebase=False)
    found = [moment for moment in Moment if (day.day, moment) in lights]
    if day.off is not None and not found:
        return Column(day.day, off_word(day.off), ())
    return Column(
        day.day,
        "",
        tuple(
            _cell(written, moment, lights.get((day.day, moment)), day.day >= today)
            for moment in Moment
        ),
    )


def _cell(written: str, moment: Moment, light: Light | None, may_come: bool) -> Cell:
    kind: str = light.value if light else (TO_COME if may_come else NO_LIGHT)
    told = light_word(light) if light else (_("still to come") if may_come else _("no light"))
    return Cell(kind, f"{written}, {moment_word(moment).lower()}: {told}")


def _joined(blocks: Iterable[Block]) -> Iterable[Block]:
    """Make one block of a holiday that lasts for weeks."""
    earlier: Block | None = None
    for block in blocks:
        is_same = earlier is not None and not block.columns and block == earlier
        if not is_same and (block.columns or block.label):
            yield block
        earlier = block
