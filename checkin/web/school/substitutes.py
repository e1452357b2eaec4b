"""Who stands in for the teacher of a class, from day to day."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import class_years
from checkin.services.class_years import CannotStandIn, StandInProblem
from checkin.services.rituals import today_of
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import day as day_in_words
from checkin.web.school import blueprint
from checkin.web.school.change_words import read_day, whole_number
from checkin.web.school.classroom import show_classroom
from checkin.web.school.places import get_classroom


@blueprint.post("/classrooms/<int:classroom>/substitutes")
def add_substitute(classroom: int) -> ResponseReturnValue:
    """Let a colleague stand in from one day to another."""
    found, instant = get_classroom(classroom), now()
    given = {n: request.form.get(n, "").strip()[:16] for n in ("staff", "first", "last")}
    first, last = read_day(given["first"]), read_day(given["last"])
    if first is None or last is None:
        told = _("Choose a day.")
        wrong = {end: told for end, day in (("first", first), ("last", last)) if day is None}
        return show_classroom(found, substitute=given, problems=wrong), 400
    try:
        today, who = today_of(found, instant), whole_number(given["staff"])
        class_years.stand_in(signed_in(), found, who, (first, last), today, instant)
    except CannotStandIn as refused:
        wrong = _problem_words(refused.problem)
        return show_classroom(found, substitute=given, problems=wrong), 400
    told = _(
        "The class opens on %(first)s and closes after %(last)s, by itself.",
        first=day_in_words(first),
        last=day_in_words(last),
    )
    flash(told, "done")
    return redirect(url_for("school.classroom", classroom=found.id, _anchor="substitutes"), 303)


@blueprint.post("/classrooms/<int:classroom>/substitutes/<int:substitution>/end")
def end_substitute(classroom: int, substitution: int) -> ResponseReturnValue:
    """End a substitution at once."""
    found = get_classroom(classroom)
    which = class_years.find_substitution(found, substitution) or abort(404)
    class_years.end_substitution(signed_in(), which, now())
    flash(_("This class is closed for the substitute from now on."), "done")
    return redirect(url_for("school.classroom", classroom=found.id, _anchor="substitutes"), 303)


def _problem_words(problem: StandInProblem) -> dict[str, str]:
    return {
        StandInProblem.BACKWARDS: {
            "last": _("The last day is the first day or a later one."),
        },
        StandInProblem.OVER: {"last": _("This day is over. Choose today or a later day.")},
        StandInProblem.LONG: {
            "last": _("Who stands in for more than a year is a teacher of the class."),
        },
        StandInProblem.UNKNOWN: {"staff": _("Choose a colleague who is a teacher here.")},
        StandInProblem.TEACHES: {"staff": _("This colleague teaches the class already.")},
    }[problem]
