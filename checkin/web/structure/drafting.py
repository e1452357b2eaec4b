"""The draft of the next structure: begun, looked at as a whole, approved or given up."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import presence, structure_versions, structuring
from checkin.services.structuring import ChangedMeanwhile, NoDraft, NotADay, StructureVersion
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import long_day
from checkin.web.structure import blueprint
from checkin.web.structure.change_words import compare
from checkin.web.structure.fields import Wrong, day_of
from checkin.web.structure.gap_words import gap_lines
from checkin.web.structure.people import people_of
from checkin.web.structure.reading import shown_with
from checkin.web.structure.section_forms import FORMS
from checkin.web.structure.words import section_word


@blueprint.get("/structure/draft")
def draft() -> ResponseReturnValue:
    """Show what the draft lacks and changes, and what can be done with it."""
    found = structuring.find_draft(signed_in().school)
    return _show(found) if found else no_draft()


@blueprint.post("/structure/draft")
def begin_draft() -> ResponseReturnValue:
    """Begin a draft; where there is one already, go on with it."""
    structuring.begin_draft(signed_in(), now())
    return redirect(url_for("structure.draft"), 303)


@blueprint.get("/structure/draft/whole")
def whole_draft() -> ResponseReturnValue:
    """Show the draft as it will be read."""
    person, instant = signed_in(), now()
    found = structuring.find_draft(person.school)
    if found is None:
        return no_draft()
    people = people_of(person, instant)
    return render_template("structure/whole.html", version=found, **shown_with(people))


@blueprint.post("/structure/draft/approval")
def approve() -> ResponseReturnValue:
    """Put the draft in force from a day on."""
    person, typed = signed_in(), request.form.get("valid_from", "").strip()[:20]
    found = structuring.find_draft(person.school)
    if found is None:
        return _gone()
    if not structuring.may_approve(person):
        abort(403)
    try:
        approved = structuring.approve(person, _edition(), day_of(typed), now())
    except (Wrong, NotADay):
        told = _("Choose today or a later day, within a year.")
        return _show(found, typed=typed, problem=told), 400
    except ChangedMeanwhile as changed:
        return _show(changed.theirs, typed=typed, told=_changed_words(changed.theirs)), 409
    except NoDraft:
        return _gone()
    flash(
        _(
            "Version %(version)s is approved and holds from %(day)s.",
            version=approved.version,
            day=long_day(approved.valid_from),
        ),
        "done",
    )
    return redirect(url_for("structure.show"), 303)


@blueprint.post("/structure/draft/removal")
def give_up_draft() -> ResponseReturnValue:
    """Give the draft up."""
    try:
        structuring.give_up_draft(signed_in(), _edition(), now())
    except ChangedMeanwhile as changed:
        return _show(changed.theirs, told=_changed_words(changed.theirs)), 409
    except NoDraft:
        return _gone()
    flash(_("The draft is given up. The structure in force stays as it is."), "done")
    return redirect(url_for("structure.show"), 303)


def no_draft() -> str:
    """Offer to begin a draft, as there is none."""
    return render_template("structure/no_draft.html")


def _show(
    found: StructureVersion, typed: str | None = None, problem: str = "", told: str = ""
) -> str:
    person, instant = signed_in(), now()
    people, held = people_of(person, instant), structure_versions.in_force(person.school, instant)
    gaps = gap_lines(structuring.gaps_of(person.school, found.structure, instant), person)
    today: date = presence.today_of(person.school, instant)
    return render_template(
        "structure/draft.html",
        version=found,
        held=held,
        people=people,
        told=told,
        gaps=gaps,
        changes=compare(held.structure, found.structure, people) if held else [],
        parts=[
            (section, section_word(section), sum(g.count for g in gaps if g.section is section))
            for section in FORMS
        ],
        section_word=section_word,
        may_approve=structuring.may_approve(person),
        valid_from=today.isoformat() if typed is None else typed,
        problem=problem,
    )


def _gone() -> ResponseReturnValue:
    flash(_("There is no draft any more: somebody approved it or gave it up."), "look")
    return redirect(url_for("structure.show"), 303)


def _edition() -> int:
    text = request.form.get("edition", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _changed_words(theirs: StructureVersion) -> str:
    names = structuring.names_of(signed_in().school)
    return _(
        "%(name)s changed the draft since you read it. Nothing was done: look at it again.",
        name=names.get(theirs.changed_by or 0, "?"),
    )
