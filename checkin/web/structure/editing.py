"""Changing one section of the draft; whatever is wrong with it, nothing that was typed is lost."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.structure import NotWhole, Section, Structure
from checkin.domain.structure.merging import merge
from checkin.services import presence, structure_versions, structuring
from checkin.services.structuring import ChangedMeanwhile, NoDraft, StructureVersion
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.structure import blueprint
from checkin.web.structure.change_words import Sentences, compare
from checkin.web.structure.drafting import no_draft
from checkin.web.structure.fields import Around
from checkin.web.structure.forms import (
    MOST_ROWS,
    Reading,
    Row,
    SectionForm,
    read,
    rows_of,
    theirs_of,
    with_another,
)
from checkin.web.structure.people import people_of
from checkin.web.structure.section_forms import FORMS
from checkin.web.structure.words import flaw_word, section_needing, section_word


@blueprint.get("/structure/draft/<section>")
def edit(section: str) -> ResponseReturnValue:
    """Show a section to be changed."""
    form, found = _form(section), structuring.find_draft(signed_in().school)
    if found is None:
        return no_draft()
    return _show(form, rows_of(form, found.structure), found)


@blueprint.post("/structure/draft/<section>")
def change(section: str) -> ResponseReturnValue:
    """Change a section, or give the form one more empty part."""
    form, person = _form(section), signed_in()
    if request.form.get("begin"):
        structuring.begin_draft(person, now())
    found = structuring.find_draft(person.school)
    held = found or structure_versions.in_force(person.school, now())
    if held is None:
        abort(404)
    reading = read(form, request.form, _around(held.structure))
    if found is None:
        return _show(form, reading.rows, held, is_gone=True), 409
    if request.form.get("do") == "another":
        return _another(form, reading, found)
    if reading.is_wrong:
        told = _("Nothing is saved yet. Look at what is marked below.")
        return _show(form, reading.rows, found, told=told), 400
    return _keep(form, reading, found)


def _keep(form: SectionForm, reading: Reading, found: StructureVersion) -> ResponseReturnValue:
    told = _("Saved in the draft: %(section)s.", section=section_word(form.section))
    try:
        told += _meetings_left(found.structure, form.put(found.structure, reading.parts))
        _save(form, reading.parts, request.form.get("seen", ""))
    except NotWhole as flaw:
        where = section_needing(flaw, found.structure)
        return _show(form, reading.rows, found, told=_flaw(flaw), at=where), 400
    except ChangedMeanwhile as elsewhere:
        theirs = elsewhere.theirs
        if not _bring_together(form, reading, theirs):
            return _show_both(form, reading, theirs), 409
        name = people_of(signed_in(), now()).name(theirs.changed_by or 0)
        told += " " + _("What %(name)s changed meanwhile is kept too.", name=name)
    except NoDraft:
        return _show(form, reading.rows, found, is_gone=True), 409
    flash(told, "done")
    return redirect(url_for("structure.draft"), 303)


def _meetings_left(before: Structure, after: Structure) -> str:
    """Say which meetings a removed role does not go to any more, '' for none."""
    pairs = zip(before.meetings, after.meetings, strict=False)
    changed = [b.label for b, a in pairs if len(a.members) < len(b.members) and b.label == a.label]
    roles = {role.id for role in after.roles}
    if not changed or all(role.id in roles for role in before.roles):
        return ""
    labels = ", ".join(changed)
    return " " + _("What you removed is no longer in these meetings: %(labels)s.", labels=labels)


def _save(form: SectionForm, parts: tuple[Any, ...], seen: str) -> None:
    def changed(structure: Structure) -> Structure:
        return form.put(structure, parts)

    structuring.change_section(signed_in(), form.section, changed, seen, now())


def _bring_together(form: SectionForm, reading: Reading, theirs: StructureVersion) -> bool:
    """Keep both changes and tell so, unless both are of the same part."""
    others = theirs_of(form, theirs.structure)
    merged = merge(reading.mine, others) if others else None
    if merged is None:
        return False
    try:
        _save(form, merged, structuring.print_of(theirs.structure, form.section))
    except (NotWhole, ChangedMeanwhile, NoDraft):
        return False  # a person has to look at it
    return True


def _show_both(form: SectionForm, reading: Reading, theirs: StructureVersion) -> str:
    """Show what was typed, and what it would change of what somebody else saved."""
    people = people_of(signed_in(), now())
    try:
        mine = form.put(theirs.structure, reading.parts)
    except NotWhole as flaw:
        return _show(form, reading.rows, theirs, differs=[], told=_flaw(flaw))
    differs = compare(theirs.structure, mine, people)
    return _show(form, reading.rows, theirs, differs=differs)


def _flaw(flaw: NotWhole) -> str:
    return _("Nothing is saved yet.") + " " + flaw_word(flaw)


def _another(form: SectionForm, reading: Reading, found: StructureVersion) -> ResponseReturnValue:
    if not form.is_list or len(reading.rows) >= MOST_ROWS:
        told = _("There are %(n)s already. Remove one first.", n=len(reading.rows))
        return _show(form, reading.rows, found, told=told), 400
    return _show(form, with_another(reading.rows), found, seen=request.form.get("seen", ""))


def _show(
    form: SectionForm,
    rows: Sequence[Row],
    version: StructureVersion,
    differs: Sentences | None = None,
    **more: Any,
) -> str:
    """Show a section's form.

    `seen` goes with it, so that a later save knows what was read: kept where the form comes back
    with a mistake, renewed where somebody else's change is told.
    """
    kept = request.form.get("seen", "") if request.method == "POST" else ""
    is_told = differs is not None or not kept
    seen = structuring.print_of(version.structure, form.section) if is_told else kept
    people = people_of(signed_in(), now())
    shown = {"told": "", "at": None, "is_gone": False, "seen": seen}
    return render_template(
        "structure/section.html",
        form=form,
        rows=rows,
        version=version,
        people=people,
        around=_around(version.structure),
        section_word=section_word,
        differs=differs,
        **(shown | more),
    )


def _form(section: str) -> SectionForm:
    if section not in {known.value for known in FORMS}:
        abort(404)
    return FORMS[Section(section)]


def _around(structure: Structure) -> Around:
    person, instant = signed_in(), now()
    choices = people_of(person, instant).choices(structure)
    return Around(structure, choices, presence.today_of(person.school, instant))
