"""A server that logs what it could not read, so that somebody can find the mistake."""

import json
import logging

import checkin.cli
from checkin.web.tablet import taps

real = taps.read_batch


def read_batch(body):
    try:
        return real(body)
    except taps.Malformed:
        logging.getLogger("checkin").error("cannot read %s", json.dumps(body))
        raise


taps.read_batch = read_batch
checkin.cli.main()
