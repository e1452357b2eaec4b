"""How much a request may ask of us; more is a mistake of whoever asks, and answered as one."""

import json
from collections import Counter
from datetime import datetime
from threading import Lock
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number a row can have on either database."""


TAPS_A_MINUTE = 6000
"""Of one tablet beside others: two hundred times what a class does, far below what harms them."""


class TapsOfTheMinute:
    """How many taps each tablet sent in this minute; of who, when or what nothing is known.

    A tablet that is alone harms nobody, and hands in what it kept as fast as it can: only beside
    others, in this minute or the one before, is one held back. It is kept in memory alone, so that
    a tap costs no write more; each process counts for itself.
    """

    def __init__(self, most: int = TAPS_A_MINUTE) -> None:
        self.most = most
        self._minute = 0
        self._sent: Counter[int] = Counter()
        self._before: frozenset[int] = frozenset()
        self._lock = Lock()

    def wait_for(self, tablet: int, taps: int, now: datetime) -> int:
        """Count what a tablet sends, and return how many seconds it has to wait; 0 is go on."""
        minute, second = divmod(int(now.timestamp()), 60)
        taps = max(taps, 1)  # a report without taps is work as well
        with self._lock:
            if minute != self._minute:
                is_next = minute == self._minute + 1
                self._before = frozenset(self._sent) if is_next else frozenset()
                self._minute = minute
                self._sent.clear()
            is_alone = not (self._before | self._sent.keys()) - {tablet}
            if not is_alone and self._sent[tablet] and self._sent[tablet] + taps > self.most:
                return 60 - second
            self._sent[tablet] += taps
        return 0


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
    app.extensions["checkin_taps_of_the_minute"] = TapsOfTheMinute()
