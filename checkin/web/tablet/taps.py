"""Taps on their way in; nothing of them is logged, whatever happens."""

import json

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue

from checkin.domain.taps import Malformed, Result, read_batch
from checkin.services import tapping
from checkin.web.access import this_tablet
from checkin.web.clock import now
from checkin.web.limits import TapsOfTheMinute
from checkin.web.tablet import blueprint


@blueprint.post("/tablet/taps")
def tap() -> ResponseReturnValue:
    """Store a batch of taps; a 200 means that they are durable on disk."""
    try:
        body = json.loads(request.get_data())
        batch = read_batch(body)
    except Malformed as wrong:
        return jsonify(error=str(wrong)), 400
    except (ValueError, RecursionError):
        return jsonify(error="the body must be JSON"), 400
    if seconds := _seconds_to_wait(len(batch.taps)):
        busy = jsonify(error="this tablet sends more than a class can tap")
        return busy, 503, {"Retry-After": str(seconds)}
    results = tapping.store(this_tablet(), batch, now())
    sent = (tap["key"] for tap in body["taps"])
    return jsonify(results=[_told(key, r) for key, r in zip(sent, results, strict=True)])


def _seconds_to_wait(taps: int) -> int:
    """Hold back a tablet whose token is misused; the demo is there to be pushed hard."""
    if current_app.extensions["checkin_config"].is_demo:
        return 0
    limit: TapsOfTheMinute = current_app.extensions["checkin_taps_of_the_minute"]
    return limit.wait_for(this_tablet().id, taps, now())


def _told(key: str, result: Result) -> dict[str, str]:
    told = {"key": key, "status": result.status.value}  # the key as it was sent
    if result.reason:
        told["reason"] = result.reason
    return told
