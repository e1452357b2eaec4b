"""The service worker: lets the cards open without network."""

import json
from pathlib import Path

from flask import Response, current_app

from checkin.web.tablet import blueprint
from checkin.web.tablet.files import addresses


@blueprint.get("/sw.js")
def worker() -> Response:
    """Serve the worker, with the version and the files it is to keep; the same to everybody."""
    told = {"version": current_app.extensions["static_version"], "files": addresses()}
    program = Path(current_app.static_folder or "", "js", "worker.js").read_text(encoding="utf-8")
    response = Response(f"const told = {json.dumps(told)};\n{program}", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
