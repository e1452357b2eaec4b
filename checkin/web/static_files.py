"""Static files: their address holds a hash of them all, so that browsers may keep them."""

import hashlib
import mimetypes
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app

A_YEAR = 365 * 24 * 3600
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""What our files are, whatever the machine says: on Windows any program may have told it that a
script is plain text, and browsers would then run none."""


def attach(app: Flask) -> None:
    """Serve static files under a folder named after what is in them.

    One name for all of them, so that a script or a style sheet that asks for its neighbour gets
    the one it was written with.
    """
    for suffix, kind in KINDS.items():
        mimetypes.add_type(kind, suffix)
    version = version_of(Path(app.static_folder or ""))
    app.extensions["static_version"] = version

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and not values["filename"].startswith(f"{version}/"):
            values["filename"] = f"{version}/{values['filename']}"

    app.view_functions["static"] = _send


def version_of(folder: Path) -> str:
    """Return a short hash of every file in a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).digest()
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def _send(filename: str) -> Response:
    """Send a file: to keep under its full address, to ask for again under its plain one."""
    folder, _, rest = filename.partition("/")
    if folder != current_app.extensions["static_version"]:
        response = current_app.send_static_file(filename)
        response.cache_control.no_cache = True
        return response
    response = current_app.send_static_file(rest)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
