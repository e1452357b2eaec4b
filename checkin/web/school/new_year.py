"""A new school year: which classes go on, under which name and with how many pupils."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from checkin.domain.school import MOST_PUPILS
from checkin.services import class_years
from checkin.services import classrooms as classroom_service
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange, NextClass, Proposal, Trouble
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.plain_text import plain_name
from checkin.web.school import blueprint
from checkin.web.school.change_words import (
    place_of,
    problem_of,
    read_day,
    refusal,
    trouble_word,
    whole_number,
)
from checkin.web.school.changes import CONFLICTS, planned
from checkin.web.size_words import size_told

Form = ImmutableMultiDict[str, str]


@dataclass(frozen=True)
class Row:
    """A class with what was chosen for it; `what` is go-on, end or leave."""

    proposal: Proposal
    what: str
    name: str
    pupils: str
    keeps_tablets: bool
    size: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/classrooms/new-year")
def new_year() -> ResponseReturnValue:
    """Show what a new year would copy, to choose from."""
    first, proposals = class_years.propose_year(signed_in(), now())
    rows = [_row(one, None) for one in proposals]
    return _show(rows, first.isoformat())


@blueprint.post("/classrooms/new-year")
def begin_year() -> ResponseReturnValue:
    """Plan the new year as it was chosen, all of it or nothing."""
    _first, proposals = class_years.propose_year(signed_in(), now())
    rows = [_row(one, request.form) for one in proposals]
    typed = request.form.get("day", "")[:16]
    day = read_day(typed)
    try:
        if day is None:
            raise CannotChange(Trouble.DAY)
        change = class_years.plan_year(signed_in(), [_next(row) for row in rows], day, now())
    except CannotChange as wrong:
        rows = [_row(r.proposal, request.form, wrong) for r in rows]
        status = 409 if wrong.trouble in CONFLICTS else 400
        return _show(rows, typed, wrong), status
    return planned(change)


def _row(proposal: Proposal, form: Form | None, wrong: CannotChange | None = None) -> Row:
    room = proposal.classroom
    floor = classroom_service.get_school_of(signed_in()).floor
    if form is None:
        told = size_told(room.pupils, floor)
        return Row(proposal, "go-on", room.name, str(room.pupils), True, told)
    pupils = form.get(f"pupils-{room.id}", "")[:8]
    is_here = wrong is not None and wrong.classroom == room.id
    return Row(
        proposal,
        form.get(f"what-{room.id}", "leave"),
        plain_name(form.get(f"name-{room.id}", ""))[:80],
        pupils,
        f"tablets-{room.id}" in form,
        size_told(whole_number(pupils), floor) if 0 < whole_number(pupils) <= MOST_PUPILS else "",
        problem_of(wrong) if wrong is not None and is_here else {},
    )


def _next(row: Row) -> NextClass:
    return NextClass(
        row.proposal.classroom.id,
        row.what == "go-on",
        row.what == "end",
        row.name,
        whole_number(row.pupils),
        row.keeps_tablets,
    )


def _show(rows: list[Row], day: str, wrong: CannotChange | None = None) -> str:
    about_day = wrong is not None and wrong.trouble is Trouble.DAY
    elsewhere = wrong is not None and not about_day
    if wrong is not None and wrong.trouble in (Trouble.NAME, Trouble.TAKEN, Trouble.PUPILS):
        elsewhere = wrong.classroom is None
    return render_template(
        "school/new_year.html",
        rows=rows,
        day=day,
        day_problem=trouble_word(Trouble.DAY) if about_day else "",
        problem=refusal(wrong) if wrong is not None and elsewhere else "",
        place=place_of(wrong) if wrong is not None else "",
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
    )
