"""Pages, styles, scripts and pictures go out gzipped; JSON never.

The length of an answer to a tap must not depend on what it says, and a compressed one would.
"""

from flask import Flask
from flask_compress import Compress

COMPRESSED = ["text/html", "text/css", "text/javascript", "image/svg+xml"]


def attach(app: Flask) -> None:
    """Compress what is worth it and tells nothing."""
    app.config.update(
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_STREAMS=False,
        COMPRESS_ALGORITHM_STREAMING=[],
        COMPRESS_MIN_SIZE=400,
    )
    Compress(app)
