"""The language of staff pages, and how it writes days and times."""

from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, format_time, get_locale, gettext

from checkin.domain.rounds import days_of
from checkin.domain.school_years import school_year_of
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.navigation import here, sections

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"
ZONE = "Europe/Amsterdam"


def attach(app: Flask) -> None:
    """Give the app its languages, and the templates what they need of them."""
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone=ZONE,
        default_translation_directories=str(translations_folder()),
        locale_selector=choose_language,
    )
    # As in pyproject.toml, so that what is looked up is what was extracted.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(
        day=day, short_day=short_day, long_day=long_day, week=week, clock=clock
    )
    app.context_processor(_for_templates)


def translations_folder() -> Path:
    """Return the catalogues: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    inside = package / "translations"
    return inside if inside.is_dir() else package.parent / "translations"


def choose_language() -> str:
    """Return a person's own choice, else the browser's: its cookie, then what it accepts."""
    if not has_request_context():
        return DEFAULT
    person = g.get("person")
    for chosen in (person.locale if person else None, cookies.LANGUAGE.read()):
        if chosen in LANGUAGES:
            return str(chosen)
    # Not `best_match`: for it nl-BE is not Dutch where another language is there by its full name.
    accepted = (tag.partition("-")[0].lower() for tag, q in request.accept_languages if q > 0)
    return next((language for language in accepted if language in LANGUAGES), DEFAULT)


def locale() -> Locale:
    """Return the locale of this page."""
    return get_locale() or Locale(DEFAULT)


def day(value: date, tells_year: bool = True) -> str:
    """Write a day in words, such as 'maandag 23 november'; of another school year with its year."""
    return written(value, _with_year("EEEE d MMMM", value) if tells_year else "EEEE d MMMM")


def short_day(value: date, tells_year: bool = True) -> str:
    """Write a day short, such as 'ma 23 nov'; of another school year with its year."""
    return written(value, _with_year("EEE d MMM", value) if tells_year else "EEE d MMM")


def long_day(value: date) -> str:
    """Write a day with its year, such as '23 november 2026'."""
    return written(value, "d MMMM y")


def written(value: date, pattern: str) -> str:
    """Write a day after one of CLDR's patterns, in the language of this page."""
    return _written(value, pattern, str(locale()))


def _with_year(pattern: str, value: date) -> str:
    """Return a pattern that cannot be read as another year: nine months old is not this week."""
    return pattern if _is_of_this_year(value) else f"{pattern} y"


def _is_of_this_year(value: date) -> bool:
    return not has_app_context() or school_year_of(value) == school_year_of(now())


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, locale: str) -> str:
    """Write a day; a year of lights names hundreds, which are the same on every page."""
    return format_date(value, pattern, locale)


def week(value: date | str) -> str:
    """Write a week, given by a day or as '2026-W47'; of another school year with its year."""
    first = days_of(value)[0] if isinstance(value, str) else value
    number, year = first.isocalendar().week, first.isocalendar().year
    if _is_of_this_year(first):
        return gettext("week %(number)s", number=number)
    return gettext("week %(number)s of %(year)s", number=number, year=year)


def clock(value: datetime | time) -> str:
    """Write the time of day where the school is, such as '08:30'."""
    return format_time(value, "HH:mm", rebase=isinstance(value, datetime))


def _for_templates() -> dict[str, Any]:
    person = g.get("person")
    return {
        "person": person,
        "tablet": g.get("tablet"),
        "sections": sections(person),
        "here": here(),
        "lang": str(locale().language),
        "dir": locale().text_direction,
        "languages": tuple(LANGUAGES.items()),
    }
