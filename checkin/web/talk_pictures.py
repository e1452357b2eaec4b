"""Pictures as addresses that hold the picture itself: they open without network, in one piece."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import current_app

from checkin.domain.talk_setting import Adult
from checkin.services.talking_settings import find_photo

UNTOUCHED = " =:/,;()'"
"""What such an address may hold as it is; the shorter, the sooner it is there."""


def icon(name: str) -> str:
    """Return a drawn picture as an address."""
    return _icon(Path(current_app.static_folder or "") / "icons" / f"{name}.svg")


def picture_of_adult(school: int, adult: Adult) -> str:
    """Return an adult's photo as an address, or the symbol where there is none."""
    photo = find_photo(school, adult.staff) if adult.photo else None
    if photo is None:
        return icon(f"adults/{adult.symbol}")
    return f"data:image/jpeg;base64,{b64encode(photo).decode()}"


@lru_cache(maxsize=128)
def _icon(path: Path) -> str:
    drawn = " ".join(path.read_text(encoding="utf-8").replace('"', "'").split())
    return f"data:image/svg+xml,{quote(drawn, safe=UNTOUCHED)}"
