"""The list of staff: who works at the school, who is invited, who left."""

from flask import render_template
from flask.typing import ResponseReturnValue

from checkin.domain.access import may_keep_sign_in
from checkin.services import classrooms, staffing
from checkin.services.factors import keeping
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.staff import blueprint


@blueprint.get("/staff")
def show() -> ResponseReturnValue:
    """List everybody."""
    viewer = signed_in()
    listed = staffing.list_members(viewer.school, now())
    here = [one for one in listed if one.is_here]
    return render_template(
        "staff/show.html",
        here=here,
        invited=[one for one in listed if one.is_invited],
        left=[one for one in listed if not one.is_here and not one.is_invited],
        has_factor={one.member.id: keeping.has_factor(one.member.id) for one in here},
        rooms={one.id: one.name for one in classrooms.list_classrooms(viewer)},
        keeps_accounts=may_keep_sign_in(viewer),
    )
