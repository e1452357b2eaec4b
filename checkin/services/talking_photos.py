"""A photo of an adult: looked at, drawn anew small and square, and nothing else of it kept."""

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256
LARGEST = 8 * 1024 * 1024
"""Bytes of the file that is sent: what a telephone makes."""
MOST_PIXELS = 50_000_000
KINDS = ("JPEG", "PNG")


class NotAPhoto(ValueError):
    """What was sent cannot be used as a photo."""


def clean(file: bytes) -> bytes:
    """Return a photo as a small square JPEG without place, time or camera; raises NotAPhoto."""
    if not file or len(file) > LARGEST:
        raise NotAPhoto
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a file that is not as it should be
            return _drawn_anew(file)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotAPhoto from None


def version_of(photo: bytes) -> str:
    """Return a name for a photo: another has another name."""
    return hashlib.sha256(photo).hexdigest()[:16]


def _drawn_anew(file: bytes) -> bytes:
    """Copy nothing but the pixels, so that whatever else was in the file stays behind."""
    with Image.open(io.BytesIO(file), formats=KINDS) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            raise NotAPhoto
        photo.draft("RGB", (SIDE * 2, SIDE * 2))  # a large JPEG is read small at once
        upright = ImageOps.exif_transpose(photo)
        small = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
    paper = Image.new("RGB", (SIDE, SIDE), "white")
    paper.paste(small, mask=small.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=82)
    return written.getvalue()
