"""Who is away: noted by themselves, or by the care team or an administrator for them."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_note_absence_of
from checkin.services import presence, structuring
from checkin.services.presence import AbsenceProblem, NotAnAbsence
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.structure import blueprint
from checkin.web.structure.fields import Wrong, day_of

Typed = dict[str, str]
NOBODY = 0


@blueprint.get("/structure/absences")
def absences() -> ResponseReturnValue:
    """Show who is or will be away."""
    person = signed_in()
    today = presence.today_of(person.school, now()).isoformat()
    return _show({"staff": str(person.id), "first": today, "last": today}, {})


@blueprint.post("/structure/absences")
def note_absence() -> ResponseReturnValue:
    """Note that somebody is away."""
    person = signed_in()
    typed = {name: request.form.get(name, "").strip()[:20] for name in ("staff", "first", "last")}
    typed["staff"] = typed["staff"] or str(person.id)
    days, problems = _days(typed)
    if problems:
        return _show(typed, problems), 400
    known = {str(one.id): one.id for one in structuring.list_people(person.school)}
    staff = known.get(typed["staff"], NOBODY)
    try:
        presence.note_absence(person, staff, days["first"], days["last"], now())
    except NotAnAbsence as wrong:
        return _show(typed, _problem_words(wrong.problem)), 400
    except PermissionError:
        abort(403)
    name = structuring.names_of(person.school)[staff]
    _tell(name, presence.left_without(staff, days["first"], days["last"], now()))
    return redirect(url_for("structure.absences"), 303)


@blueprint.post("/structure/absences/<int:id>/removal")
def take_back_absence(id: int) -> ResponseReturnValue:
    """Take an absence back."""
    person = signed_in()
    absence = presence.find_absence(person, id)
    if absence is None:
        abort(404)
    try:
        presence.take_back(person, absence, now())
    except PermissionError:
        abort(403)
    flash(_("%(name)s is not away on these days.", name=absence.name), "done")
    return redirect(url_for("structure.absences"), 303)


def _tell(name: str, without: tuple[str, ...]) -> None:
    """Say that it is noted, and truly who acts."""
    if not without:
        flash(_("Noted: %(name)s is away. The deputy acts on these days.", name=name), "done")
        return
    told = _(
        "Noted: %(name)s is away. Nobody who is there stands in for: %(roles)s. What comes to them"
        " shows as 'with nobody' in the weekly review; name a deputy in the care structure.",
        name=name,
        roles=", ".join(without),
    )
    flash(told, "look")


def _show(typed: Typed, problems: dict[str, str]) -> str:
    person, instant = signed_in(), now()
    people = structuring.list_people(person.school)
    return render_template(
        "structure/absences.html",
        coming=presence.coming(person, instant),
        offered=[one for one in people if may_note_absence_of(person, one.id)],
        today=presence.today_of(person.school, instant),
        typed=typed,
        problems=problems,
    )


def _days(typed: Typed) -> tuple[dict[str, date], dict[str, str]]:
    days, problems = {}, {}
    for name in ("first", "last"):
        try:
            days[name] = day_of(typed[name])
        except Wrong:
            problems[name] = _("Choose a day.")
    return days, problems


def _problem_words(problem: AbsenceProblem) -> dict[str, str]:
    return {
        AbsenceProblem.BACKWARDS: {"last": _("The last day is the first day or a later one.")},
        AbsenceProblem.OVER: {"last": _("This day is over. Choose today or a later day.")},
        AbsenceProblem.LONG: {"last": _("At most a year. Give the role to somebody else then.")},
        AbsenceProblem.UNKNOWN: {"staff": _("Choose somebody who works here.")},
    }[problem]
