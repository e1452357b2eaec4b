"""Does it run? For the head and administrators, who are no engineers."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from checkin.services import running
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.running_words import lines_of

blueprint = Blueprint("running", __name__)


@blueprint.get("/running")
def show() -> ResponseReturnValue:
    """Show what runs by itself and what somebody has to look at."""
    at, config = now(), current_app.extensions["checkin_config"]
    found = running.look(signed_in().school, config, at)
    lines = lines_of(found)
    return render_template(
        "running/show.html",
        lines=lines,
        trouble=sum(line.level == "wrong" for line in lines),
        looks=sum(line.level == "look" for line in lines),
        version=found.version,
    )
