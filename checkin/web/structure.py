"""The school's care structure, for all staff."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from checkin.domain.structure import Structure
from checkin.services import caring
from checkin.web.access import signed_in
from checkin.web.clock import now

blueprint = Blueprint("structure", __name__)


@blueprint.get("/structure")
def show() -> ResponseReturnValue:
    """Show the structure in force; `?print=1` leaves out what paper does not need."""
    version = caring.structure_of(signed_in().school, now())
    return render_template(
        "structure/show.html",
        version=version,
        nobody=_without_holder(version.structure) if version else 0,
        is_print=request.args.get("print") == "1",
    )


def _without_holder(structure: Structure) -> int:
    return sum(not role.holders for role in structure.roles)
