"""The holiday region of the school: what another would change is shown before it is chosen."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.school_years import Region, find_region
from checkin.services import calendars
from checkin.services.classrooms import get_school_of
from checkin.web import meanwhile
from checkin.web.access import signed_in
from checkin.web.calendar import blueprint
from checkin.web.clock import now
from checkin.web.setup.words import region_help, region_word


@blueprint.get("/calendar/region")
def region() -> ResponseReturnValue:
    """Show the region, and what each other one would change."""
    return _show()


@blueprint.post("/calendar/region")
def choose_region() -> ResponseReturnValue:
    """Move the school to another region."""
    chosen = find_region(request.form.get("region", ""))
    if chosen is None:
        return _show(_("Choose a region.")), 400
    page = url_for("calendar.region")
    if meanwhile.is_older("region", page, lambda: _facts(_here()), _facts(chosen)):
        return _show(chosen=chosen), 409
    calendars.move_to(signed_in(), chosen, now())
    told = _(
        "The school is in region %(region)s. What was taken out can be put back below.",
        region=region_word(chosen),
    )
    flash(told, "done")
    return redirect(url_for("calendar.show"), 303)


def _show(problem: str = "", chosen: Region | None = None) -> str:
    return render_template(
        "calendar/region.html",
        here=_here(),
        moves=calendars.moves_of(signed_in(), now()),
        region_word=region_word,
        region_help=region_help,
        chosen=chosen,
        problem=problem,
        seen=meanwhile.seen_of("region", _facts(_here())),
    )


def _here() -> Region | None:
    return find_region(get_school_of(signed_in()).region)


def _facts(region: Region | None) -> list[meanwhile.Fact]:
    return [meanwhile.Fact(_("Region"), region_word(region) if region else "", region)]
