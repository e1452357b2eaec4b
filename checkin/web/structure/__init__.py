"""The school's care structure: read by all staff, drawn up in drafts, and who is away."""

from flask import Blueprint

blueprint = Blueprint("structure", __name__)

from checkin.web.structure import (  # noqa: E402
    absences,  # noqa: F401  # the routes
    drafting,  # noqa: F401
    editing,  # noqa: F401
    reading,  # noqa: F401
)
