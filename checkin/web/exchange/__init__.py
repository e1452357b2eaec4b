"""What comes in and goes out as a file: classes and staff, released figures, term reports."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from checkin.web.exchange import exports, imports, reports  # noqa: E402, F401  # the routes
