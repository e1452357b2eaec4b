"""What a tablet sends when a pupil wants to talk, read with care."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from checkin.domain.talks import SYMBOLS, Kind

_KEY = re.compile(r"[0-9a-f]{32}")


class Malformed(ValueError):
    """What came in is no wish; says what is wrong, never what was sent."""


@dataclass(frozen=True)
class Wish:
    """A wish on its way in; its key is random, made for it alone, and known to no tap."""

    key: bytes
    day: date
    kind: Kind
    adult: int
    symbol: str


def read_wish(body: Any) -> Wish:
    """Read `{"key", "day", "kind", "adult", "symbol"}`; raises Malformed."""
    if not isinstance(body, dict):
        raise Malformed("the body must be an object")
    key, kind, adult = body.get("key"), body.get("kind"), body.get("adult")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Malformed("'key' must be 32 hex digits")
    if kind not in tuple(Kind):
        raise Malformed("'kind' must be talk or pain")
    if not isinstance(adult, int) or isinstance(adult, bool) or not 0 < adult < 2**31:
        raise Malformed("'adult' must be a number")
    return Wish(
        bytes.fromhex(key), _read_day(body.get("day")), Kind(kind), adult, _read_symbol(body)
    )


def read_symbol(body: Any) -> str:
    """Read `{"symbol"}` of a pupil who looks whether it was seen; raises Malformed."""
    symbol = _read_symbol(body) if isinstance(body, dict) else ""
    if not symbol:
        raise Malformed("'symbol' must be one of the class symbols")
    return symbol


def _read_symbol(body: dict[str, Any]) -> str:
    symbol = body.get("symbol", "")
    if not isinstance(symbol, str) or symbol not in ("", *SYMBOLS):
        raise Malformed("'symbol' must be one of the class symbols, or ''")
    return symbol


def _read_day(day: Any) -> date:
    try:
        found = date.fromisoformat(day)
    except (TypeError, ValueError):
        raise Malformed("'day' must be a date such as 2026-11-23") from None
    if found.isoformat() != day:
        raise Malformed("'day' must be a date such as 2026-11-23")
    return found
