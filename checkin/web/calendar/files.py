"""Reading a calendar of another program: choose the file, choose from its days, add them."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.calendar import DayOff
from checkin.domain.calendar_days import LONGEST_SPAN, Day, NotADay, make_day
from checkin.services import calendars
from checkin.services.calendars import LARGEST_FILE, MOST_EVENTS, MOST_FOUND, NotACalendar
from checkin.web.access import signed_in
from checkin.web.calendar import blueprint
from checkin.web.calendar.words import kind_words, problem_words
from checkin.web.clock import now
from checkin.web.language import day as day_in_words
from checkin.web.school.change_words import read_day, whole_number

FORM_ROOM = 64 * 1024
CHOICES = (DayOff.STUDY_DAY, DayOff.HOLIDAY)


@blueprint.url_value_preprocessor
def _let_a_file_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one form be as large as a calendar."""
    if endpoint == "calendar.preview":
        request.max_content_length = LARGEST_FILE + FORM_ROOM


@blueprint.get("/calendar/import")
def upload() -> ResponseReturnValue:
    """Ask for a file; of one that was too large, say how large it may be."""
    return _ask(_why_not("large") if request.args.get("problem") == "large" else "")


@blueprint.post("/calendar/import")
def preview() -> ResponseReturnValue:
    """Show what of a file would become a free day; nothing is kept yet."""
    file = request.files.get("file")
    data = file.read(LARGEST_FILE + 1) if file else b""
    if not data.strip():
        return _ask(_why_not("empty" if file else "none")), 400
    try:
        found = calendars.find_in_file(signed_in(), data, now())
    except NotACalendar as wrong:
        return _ask(_why_not(wrong.why)), 400
    return render_template(
        "calendar/preview.html",
        found=found,
        kinds=kind_words(),
        choices=CHOICES,
        longest=LONGEST_SPAN,
        most=MOST_FOUND,
    )


@blueprint.post("/calendar/import/days")
def keep_import() -> ResponseReturnValue:
    """Add the chosen days, all of them or none."""
    days = _chosen()
    if days is None:
        flash(_("The list is not as we made it. Choose the file once more."), "wrong")
        return redirect(url_for("calendar.upload"), 303)
    if not days:
        flash(_("No day was chosen, so nothing is added."), "look")
        return redirect(url_for("calendar.show"), 303)
    try:
        calendars.add_days(signed_in(), days, now())
    except NotADay as wrong:
        about = ", ".join(day.span.label or day_in_words(day.span.first) for day in days[:3])
        told = _("Nothing was added (%(about)s, …).", about=about)
        flash(f"{problem_words(wrong.problem)[1]} {told}", "wrong")
        return redirect(url_for("calendar.upload"), 303)
    told = ngettext(
        "%(num)s free day or period is added.",
        "%(num)s free days or periods are added.",
        len(days),
    )
    flash(told, "done")
    return redirect(url_for("calendar.show", _anchor="coming"), 303)


def _chosen() -> list[Day] | None:
    """Return the days that were ticked, or None when a field of one is not as we wrote it."""
    days: list[Day] = []
    for row in range(min(whole_number(request.form.get("rows", "")), MOST_FOUND)):
        if f"take-{row}" not in request.form:
            continue
        spans, kind = _spans(row), request.form.get(f"kind-{row}", "")
        if not spans or kind not in CHOICES:
            return None
        label = request.form.get(f"label-{row}", "").strip()
        days += [make_day(DayOff(kind), first, last, label) for first, last in spans]
    return days if len(days) <= MOST_FOUND else None


def _spans(row: int) -> list[tuple[date, date]] | None:
    """Return the days of a line, more than once where it repeats; None when one is no day."""
    spans = []
    for text in request.form.get(f"days-{row}", "").split():
        first, last = (read_day(day) for day in text.partition("/")[::2])
        if first is None or last is None:
            return None
        spans.append((first, last))
    return spans


def _why_not(why: str) -> str:
    return {
        "none": _("Choose a file."),
        "empty": _("This file is empty. Export the calendar once more, and choose that file."),
        "large": _(
            "This file is larger than %(most)s kB. Export only this school year, and try again.",
            most=LARGEST_FILE // 1024,
        ),
        "many": _(
            "This file holds more than %(most)s lines. Export only this school year.",
            most=MOST_EVENTS,
        ),
        "unreadable": _(
            "This is not a calendar that can be read. Export it as iCalendar (a file that ends in"
            " .ics) and try again."
        ),
    }[why]


def _ask(problem: str = "") -> str:
    return render_template("calendar/upload.html", problem=problem, most=LARGEST_FILE // 1024)
