"""Taps on their way in; nothing of them is logged, whatever happens."""

import json

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from checkin.domain.taps import Malformed, Result, read_batch
from checkin.services import tapping
from checkin.web.access import this_tablet
from checkin.web.clock import now
from checkin.web.tablet import blueprint


@blueprint.post("/tablet/taps")
def tap() -> ResponseReturnValue:
    """Store a batch of taps; a 200 means that they are durable on disk."""
    try:
        batch = read_batch(json.loads(request.get_data()))
    except Malformed as wrong:
        return jsonify(error=str(wrong)), 400
    except (ValueError, RecursionError):
        return jsonify(error="the body must be JSON"), 400
    results = tapping.store(this_tablet(), batch, now())
    return jsonify(results=[_told(result) for result in results])


def _told(result: Result) -> dict[str, str]:
    told = {"key": result.key.hex(), "status": result.status.value}
    if result.reason:
        told["reason"] = result.reason
    return told
