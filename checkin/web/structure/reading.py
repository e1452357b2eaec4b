"""Reading the structure: the one in force, the sheet to print, the versions before."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from checkin.domain.access import may_draft_structure
from checkin.domain.structure import Structure
from checkin.services import classrooms, structure_versions, structuring
from checkin.services.structure_versions import Standing
from checkin.services.structuring import StructureVersion
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.structure import blueprint
from checkin.web.structure.change_words import compare
from checkin.web.structure.gap_words import GapLine, gap_lines
from checkin.web.structure.people import People, people_of
from checkin.web.structure.referrals_form import kind_word
from checkin.web.structure.sheet import layout_of
from checkin.web.structure.words import deadline, rhythm_word, standing_word

PAPER_LANGUAGE = "nl"
"""The sheet hangs in a Dutch school, and its labels are Dutch: it is Dutch as a whole."""


@blueprint.get("/structure")
def show() -> ResponseReturnValue:
    """Show the structure in force; `?print=1` is the one sheet to print."""
    person, instant = signed_in(), now()
    version = structure_versions.in_force(person.school, instant)
    people = people_of(person, instant)
    if version is not None and request.args.get("print") == "1":
        return _sheet(version, people)
    draft = structuring.find_draft(person.school) if may_draft_structure(person) else None
    return render_template(
        "structure/show.html",
        version=version,
        gaps=_gaps(version.structure) if version else [],
        may_draft=may_draft_structure(person),
        draft=draft,
        own=_own_roles(version, person.id),
        **shown_with(people),
    )


@blueprint.get("/structure/versions")
def versions() -> ResponseReturnValue:
    """List the versions there are and were."""
    person, instant = signed_in(), now()
    return render_template(
        "structure/versions.html",
        stored=structure_versions.history(person.school, instant),
        standing_word=standing_word,
        people=people_of(person, instant),
    )


@blueprint.get("/structure/versions/<int:number>")
def version(number: int) -> ResponseReturnValue:
    """Show one version, and what it changed."""
    person, instant = signed_in(), now()
    known = structure_versions.history(person.school, instant)
    stored = next((one for one in known if one.version.version == number), None)
    if stored is None:
        abort(404)
    before = next((one.version for one in known if one.version.version < number), None)
    people = people_of(person, instant)
    changes = compare(before.structure, stored.version.structure, people) if before else []
    return render_template(
        "structure/version.html",
        stored=stored,
        version=stored.version,
        is_in_force=stored.standing is Standing.IN_FORCE,
        standing_word=standing_word,
        before=before,
        changes=changes,
        **shown_with(people),
    )


def shown_with(people: People) -> dict[str, object]:
    """Return what the templates of a whole structure need beside it."""
    return {
        "people": people,
        "deadline": deadline,
        "rhythm_word": rhythm_word,
        "kind_word": kind_word,
    }


def _sheet(version: StructureVersion, people: People) -> str:
    school = classrooms.get_school_of(signed_in())
    with force_locale(PAPER_LANGUAGE):
        return render_template(
            "structure/sheet.html",
            version=version,
            school=school,
            layout=layout_of(version.structure, people),
            **shown_with(people),
        )


def _gaps(structure: Structure) -> list[GapLine]:
    person = signed_in()
    if not may_draft_structure(person):
        return []
    return gap_lines(structuring.gaps_of(person.school, structure, now()), person)


def _own_roles(version: StructureVersion | None, staff: int) -> dict[str, list[str]]:
    """Return the roles a person has, and those they stand in for."""
    roles = version.structure.roles if version else ()
    return {
        "has": [role.label for role in roles if staff in role.holders],
        "stands_in": [role.label for role in roles if staff == role.deputy],
    }
