"""The page of the calendar."""

from typing import Any

from babel.dates import get_day_names, get_month_names
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from checkin.domain.access import may_keep_school
from checkin.domain.calendar_days import ADDED_BY_HAND, LONGEST_LABEL
from checkin.services import calendars
from checkin.services.classrooms import get_school_of
from checkin.web.access import signed_in
from checkin.web.calendar import blueprint
from checkin.web.calendar.words import clock_of, kind_words
from checkin.web.clock import now
from checkin.web.language import locale

YEARS_AROUND = range(-1, 3)
LEGEND = ("holiday", "public-holiday", "study-day", "early", "extra")


@blueprint.get("/calendar")
def show() -> ResponseReturnValue:
    """Show a school year."""
    return show_calendar()


@blueprint.get("/calendar.ics")
def export() -> ResponseReturnValue:
    """Give what the school wrote in its calendar as a file."""
    file = calendars.write_ics(signed_in(), kind_words(), now())
    name = 'attachment; filename="school.ics"'
    return Response(file, mimetype="text/calendar", headers={"Content-Disposition": name})


def show_calendar(**typed: Any) -> str:
    """Show the calendar, with what was typed where something was wrong with it."""
    person, instant = signed_in(), now()
    this_year = calendars.year_now(person, instant)
    own, public = calendars.coming_days(person, instant)
    shown: dict[str, Any] = {"given": {}, "problems": {}, "early": ()}
    return render_template(
        "calendar/show.html",
        glance=calendars.glance_of(person, _year(this_year)),
        years=[this_year + n for n in YEARS_AROUND],
        own=own,
        public=public,
        removed=calendars.removed_lately(person, instant) if may_keep_school(person) else [],
        missing=calendars.find_missing(person, instant),
        keeps_school=may_keep_school(person),
        region=get_school_of(person).region,
        kinds=kind_words(),
        legend=LEGEND,
        addable=[kind.value for kind in ADDED_BY_HAND],
        clock_of=clock_of,
        month_names=get_month_names("wide", context="stand-alone", locale=locale()),
        weekdays=get_day_names("narrow", context="stand-alone", locale=locale()),
        weekday_names=get_day_names("wide", context="stand-alone", locale=locale()),
        longest=LONGEST_LABEL,
        **(shown | typed),
    )


def _year(this_year: int) -> int:
    asked = request.args.get("year", "")
    known = {str(this_year + n): this_year + n for n in YEARS_AROUND}
    return known.get(asked, this_year)
