"""Reads on which weekdays a class checks in and out, and when, from the form where staff set it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from babel.dates import get_day_names
from flask_babel import gettext as _

from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.services.rituals import Openings
from checkin.web.language import locale

Place = tuple[int, Moment]
WEEKDAYS = range(1, 8)
SCHOOL_WEEK = range(1, 6)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?", re.ASCII)


@dataclass(frozen=True)
class Times:
    """What stands in the two fields of one round, and what is wrong with it."""

    opens: str = ""
    closes: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Rhythm:
    """The fields of a week, and what they say where nothing is wrong with them."""

    times: Mapping[Place, Times]
    openings: Openings

    @property
    def is_wrong(self) -> bool:
        """Tell whether a field cannot be as it is."""
        return any(times.problem for times in self.times.values())

    def rows(self) -> list[tuple[int, str, list[tuple[Moment, Times]]]]:
        """Return the weekdays by name with their fields; a weekend only where it is used."""
        names = get_day_names("wide", context="stand-alone", locale=locale())
        return [
            (weekday, names[weekday - 1], [(m, self.times[weekday, m]) for m in Moment])
            for weekday in WEEKDAYS
            if weekday in SCHOOL_WEEK or any(self.times[weekday, m] != Times() for m in Moment)
        ]

    def with_problem(self, place: Place, problem: str) -> "Rhythm":
        """Return the same fields with a problem beside one round."""
        told = replace(self.times[place], problem=problem)
        return replace(self, times={**self.times, place: told})


def rhythm_of(openings: Openings) -> Rhythm:
    """Return the fields as a class has them now."""
    return Rhythm({place: _written(openings.get(place)) for place in _places()}, openings)


def read_rhythm(form: Mapping[str, str], before: Openings) -> Rhythm:
    """Read the fields; what a class has already is never called wrong."""
    typed = {place: _typed(form, place) for place in _places()}
    found = {place: _read(times) for place, times in typed.items()}
    openings = {place: its for place, its in found.items() if isinstance(its, Opening)}
    problems = {place: its for place, its in found.items() if isinstance(its, str)}
    for weekday in WEEKDAYS:
        first, last = ((weekday, moment) for moment in Moment)
        stays = all(openings.get(place) == before.get(place) for place in (first, last))
        if not stays and _overlap(openings.get(first), openings.get(last)):
            problems[last] = _(
                "On this day the check-out would open before the check-in has closed:"
                " change one of them."
            )
    if not openings and not problems:
        problems[_places()[0]] = _("Give at least one round its times, or let the class pause.")
    times = {place: replace(typed[place], problem=problems.get(place, "")) for place in typed}
    return Rhythm(times, openings)


def _places() -> list[Place]:
    return [(weekday, moment) for weekday in WEEKDAYS for moment in Moment]


def _overlap(first: Opening | None, last: Opening | None) -> bool:
    return first is not None and last is not None and first.closes > last.opens


def _typed(form: Mapping[str, str], place: Place) -> Times:
    weekday, moment = place
    opens, closes = (
        form.get(f"{moment.value}-{weekday}-{end}", "").strip()[:16] for end in ("opens", "closes")
    )
    return Times(opens, closes)


def _read(times: Times) -> Opening | str | None:
    """Return the opening, what is wrong with it, or None for a round that is not held."""
    if not times.opens and not times.closes:
        return None
    if not times.opens or not times.closes:
        return _("Fill in both times, or leave both empty.")
    opens, closes = _minutes(times.opens), _minutes(times.closes)
    if opens is None or closes is None:
        return _("Write a time such as 08:15.")
    try:
        return Opening(opens, closes or MINUTES_A_DAY)  # midnight ends the day
    except ValueError:
        return _("A round opens before it closes.")


def _minutes(time: str) -> int | None:
    found = CLOCK.fullmatch(time)
    return 60 * int(found[1]) + int(found[2]) if found else None


def _written(opening: Opening | None) -> Times:
    if opening is None:
        return Times()
    return Times(_clock(opening.opens), _clock(opening.closes % MINUTES_A_DAY))


def _clock(minutes: int) -> str:
    """Write a time as a time field holds it, in any language."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
