"""Does it run?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from checkin.services.housekeeping import check_storage

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> ResponseReturnValue:
    """Answer 200 when storage can be written."""
    check_storage()
    return jsonify(status="ok")
