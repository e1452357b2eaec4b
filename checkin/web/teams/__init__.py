"""The team's own check-in: what is set for it, its devices, and its trend for its members."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

from checkin.web.teams import devices, plans, trend  # noqa: E402, F401  # the routes
