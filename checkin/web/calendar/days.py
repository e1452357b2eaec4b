"""Adding days to the calendar, taking them out, and putting them back."""

import re

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.calendar import DayOff
from checkin.domain.calendar_days import (
    ADDED_BY_HAND,
    Day,
    DayKind,
    NotADay,
    OtherDay,
    kind_named,
    make_day,
)
from checkin.services import calendars
from checkin.web.access import signed_in
from checkin.web.calendar import blueprint
from checkin.web.calendar.words import clock_of, kind_words, problem_words
from checkin.web.calendar.year import show_calendar
from checkin.web.clock import now
from checkin.web.language import day as day_in_words
from checkin.web.plain_text import plain_name
from checkin.web.school.change_words import read_day, whole_number

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?", re.ASCII)
KNOWN_YEARS = range(2020, 2100)
FIELDS = ("kind", "first", "last", "label", "closes")


@blueprint.post("/calendar/days")
def add_day() -> ResponseReturnValue:
    """Add free days, a day that ends earlier, or an extra day."""
    given = {name: plain_name(request.form.get(name, ""))[:80] for name in FIELDS}
    kind = _kind(given["kind"])
    first = read_day(given["first"])
    last = read_day(given["last"]) if given["last"] else first
    if first is None or last is None:
        told = {"first" if first is None else "last": _("Choose a day.")}
        return show_calendar(given=given, problems=told), 400
    day = make_day(kind, first, last, given["label"], _minutes(given["closes"]))
    try:
        calendars.add_days(signed_in(), [day], now())
    except NotADay as wrong:
        field, told_why = problem_words(wrong.problem)
        return show_calendar(given=given, problems={field: told_why}), 400
    flash(_told(day), "done")
    return redirect(url_for("calendar.show", year=_year_of(day), _anchor="coming"), 303)


@blueprint.post("/calendar/days/<int:line>/removal")
def remove_day(line: int) -> ResponseReturnValue:
    """Take a line out of the calendar."""
    found = _get_day(line)
    try:
        calendars.remove_days(signed_in(), [found], now())
    except NotADay as wrong:
        flash(problem_words(wrong.problem)[1], "wrong")
    else:
        flash(_("It is out of the calendar. You can put it back below."), "done")
    return redirect(url_for("calendar.show", _anchor="coming"), 303)


@blueprint.post("/calendar/days/<int:line>/return")
def put_back_day(line: int) -> ResponseReturnValue:
    """Put a line that was taken out back."""
    found = _get_day(line)
    try:
        calendars.put_back(signed_in(), found, now())
    except NotADay as wrong:
        flash(problem_words(wrong.problem)[1], "wrong")
    else:
        flash(_("It is back in the calendar."), "done")
    return redirect(url_for("calendar.show", _anchor="coming"), 303)


@blueprint.post("/calendar/days/<int:line>/check")
def check_day(line: int) -> ResponseReturnValue:
    """Note that a holiday was compared with the school's own papers."""
    calendars.note_checked(signed_in(), _get_day(line), now())
    flash(_("Checked."), "done")
    return redirect(url_for("calendar.show", _anchor="coming"), 303)


@blueprint.post("/calendar/holidays")
def take_over() -> ResponseReturnValue:
    """Take over the region's holidays of a year."""
    year = whole_number(request.form.get("year", ""))
    if year not in KNOWN_YEARS:
        abort(400, _("Choose a school year."))
    try:
        added = calendars.add_shipped(signed_in(), year, now())
    except NotADay as wrong:
        flash(problem_words(wrong.problem)[1], "wrong")
        return redirect(url_for("calendar.show"), 303)
    told = ngettext("%(num)s holiday is added.", "%(num)s holidays are added.", added)
    flash(told, "done" if added else "look")
    return redirect(url_for("calendar.show", year=year), 303)


def _get_day(id: int) -> Day:
    return calendars.find_day(signed_in(), id) or abort(404)


def _kind(name: str) -> DayKind:
    known = {kind.value for kind in ADDED_BY_HAND}
    return kind_named(name) if name in known else DayOff.STUDY_DAY


def _minutes(text: str) -> int | None:
    found = CLOCK.fullmatch(text)
    return 60 * int(found[1]) + int(found[2]) if found else None


def _year_of(day: Day) -> int:
    return day.span.first.year if day.span.first.month >= 8 else day.span.first.year - 1


def _told(day: Day) -> str:
    first, last = day_in_words(day.span.first), day_in_words(day.span.last)
    if day.kind is OtherDay.EARLY and day.closes is not None:
        moved = [
            one
            for one in calendars.early_times(signed_in(), day.span.first, day.closes)
            if one.usual != one.then
        ]
        told = _("On %(day)s school ends at %(at)s.", day=first, at=clock_of(day.closes))
        lines = [
            _(
                "%(name)s: check-out %(opens)s–%(closes)s.",
                name=one.classroom,
                opens=clock_of(one.then.opens),
                closes=clock_of(one.then.closes),
            )
            if one.then
            else _("%(name)s: no check-out that day.", name=one.classroom)
            for one in moved
        ]
        return " ".join([told, *lines])
    name = day.span.label or kind_words()[day.kind.value]
    if day.span.first == day.span.last:
        return _("%(name)s is added: %(day)s.", name=name, day=first)
    return _("%(name)s is added: %(first)s to %(last)s.", name=name, first=first, last=last)
