"""How much a request may ask of us; more is a mistake of whoever asks, and answered as one."""

import json
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number a row can have on either database."""


class RowNumber(IntegerConverter):
    """A number in an address; one that no row can have is no such page."""

    def __init__(self, map: Map, max: int = LARGEST) -> None:
        super().__init__(map, max=max)


class Json(DefaultJSONProvider):
    """JSON that can be stored: neither nested without end nor half a character in its text."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON; raise ValueError where it cannot be used."""
        try:
            value = super().loads(s, **kwargs)
            json.dumps(value, ensure_ascii=False).encode()
        except RecursionError:
            raise ValueError("nested too deeply") from None
        return value


def attach(app: Flask) -> None:
    """Set the limits; before any page is added."""
    app.url_map.converters["int"] = RowNumber
    app.json = Json(app)
