"""What each step shows beside its fields."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from checkin.domain.cards import CardSet, Style
from checkin.domain.release import FLOOR
from checkin.domain.school_years import Region, school_year_of, shipped_for
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.domain.words import LANGUAGES
from checkin.services.passwords import SHORTEST
from checkin.web.clock import now
from checkin.web.language import ZONE
from checkin.web.opening_words import opening_lines
from checkin.web.pictures import picture_of
from checkin.web.setup.reading import (
    Fields,
    group_in,
    problems_of,
    school_in,
    week_in,
    you_in,
)
from checkin.web.size_words import size_told
from checkin.web.structure.words import deadline

EXAMPLES = (4, 7, 12, 20)
"""Sizes of a class of which it is said what they mean."""

Whole = Mapping[str, Fields | None]


def shown_of(step: str, whole: Whole) -> dict[str, Any]:
    """Return what the page of a step needs."""
    return {
        "school": _school,
        "class": _group,
        "times": _times,
        "care": _care,
        "you": _you,
    }[step](whole)


def _school(whole: Whole) -> dict[str, Any]:
    year = school_year_of(now().astimezone(ZoneInfo(ZONE)).date())
    holidays = {region: shipped_for(region, year) for region in Region}
    return {
        "school": school_in(_fields(whole, "school")),
        "regions": tuple(Region),
        "year": year,
        "holidays": holidays,
        "is_known": any(holidays.values()),
        "next_is_known": bool(shipped_for(Region.MIDDEN, year + 1)),
    }


def _group(whole: Whole) -> dict[str, Any]:
    return {
        "group": group_in(_fields(whole, "class")),
        "card_sets": tuple(CardSet),
        "styles": tuple(Style),
        "picture_of": picture_of,
        "known": LANGUAGES,
        "sizes": [(pupils, size_told(pupils, FLOOR)) for pupils in EXAMPLES],
    }


def _times(whole: Whole) -> dict[str, Any]:
    group = group_in(_fields(whole, "class"))
    has_size = not problems_of("class", whole["class"])
    told = size_told(int(group.pupils), FLOOR) if has_size else ""
    return {"rhythm": week_in(whole["times"]), "zone": ZONE, "group": group, "told": told}


def _care(_whole: Whole) -> dict[str, Any]:
    return {"structure": DEFAULT_STRUCTURE, "deadline": deadline}


def _you(whole: Whole) -> dict[str, Any]:
    return {
        "you": you_in(_fields(whole, "you")),
        "school": school_in(_fields(whole, "school")),
        "group": group_in(_fields(whole, "class")),
        "openings": opening_lines(week_in(whole["times"]).openings),
        "shortest": SHORTEST,
    }


def _fields(whole: Whole, step: str) -> Fields:
    return whole[step] or MultiDict()
