"""A server that notes every request, as most do."""

import sys

from flask import request

import checkin.cli
from checkin.web.tablet import blueprint


@blueprint.after_request
def note(response):
    print(request.remote_addr, request.method, request.path, file=sys.stderr, flush=True)
    return response


checkin.cli.main()
