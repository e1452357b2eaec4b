"""A tap on its way in: what the tablet sends, and what it is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeGuard

from checkin.domain.cards import Coping, find_coping
from checkin.domain.feelings import Feeling, find_feeling
from checkin.domain.rounds import Moment
from checkin.domain.school import Kept

MOST_TAPS_A_BATCH = 200
_VERSION = re.compile("[0-9a-z]{0,32}")


class Malformed(ValueError):
    """A batch that cannot be read; its text says what was wrong, never what was tapped."""


class Status(StrEnum):
    """What became of a tap."""

    STORED = "stored"
    KNOWN = "known"
    LATE = "late"
    REFUSED = "refused"


@dataclass(frozen=True)
class Tap:
    """One choice of one card, by nobody; `feeling` is None for a digit no card has."""

    key: bytes
    day: date
    moment: Moment
    feeling: Feeling | None
    helps: Coping | None


@dataclass(frozen=True)
class Result:
    """The answer to one tap."""

    key: bytes
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class Batch:
    """What a tablet sends at once, and what it says of itself; None where it said nothing.

    `waiting` is how many taps it still holds, `downloaded` and `kept` are as of a Tablet.
    """

    taps: tuple[Tap, ...]
    waiting: int | None
    downloaded: str | None = None
    kept: Kept | None = None


@dataclass(frozen=True)
class LateTaps:
    """How many taps came after their round was sealed, in one week."""

    kept: int = 0
    dropped: int = 0


def read_batch(body: object) -> Batch:
    """Read a batch from decoded JSON, or raise Malformed."""
    if not isinstance(body, Mapping):
        raise Malformed("the body must be a JSON object with a list 'taps'")
    taps = body.get("taps")
    if not isinstance(taps, list):
        raise Malformed("'taps' must be a list")
    if len(taps) > MOST_TAPS_A_BATCH:
        raise Malformed(f"at most {MOST_TAPS_A_BATCH} taps at once")
    return Batch(
        tuple(_read_tap(tap, n) for n, tap in enumerate(taps, start=1)),
        _read_waiting(body.get("waiting")),
        _read_downloaded(body.get("downloaded")),
        _read_kept(body.get("kept")),
    )


def _read_tap(tap: object, n: int) -> Tap:
    if not isinstance(tap, Mapping):
        raise Malformed(f"tap {n} must be an object")
    feeling, helps = tap.get("feeling"), tap.get("helps", 0)
    if not _is_digit(feeling):
        raise Malformed(f"tap {n}: 'feeling' must be one digit")
    if not _is_digit(helps) or helps > len(Coping):
        raise Malformed(f"tap {n}: 'helps' must be a digit from 0 to {len(Coping)}")
    return Tap(
        key=_read_key(tap.get("key"), n),
        day=_read_day(tap.get("day"), n),
        moment=_read_moment(tap.get("round"), n),
        feeling=find_feeling(feeling),
        helps=find_coping(helps),
    )


def _read_key(key: object, n: int) -> bytes:
    digits = "0123456789abcdef"
    if isinstance(key, str) and len(key) == 32 and all(c in digits for c in key.lower()):
        return bytes.fromhex(key)
    raise Malformed(f"tap {n}: 'key' must be 32 hexadecimal digits")


def _read_day(day: object, n: int) -> date:
    try:
        if isinstance(day, str) and (read := date.fromisoformat(day)).isoformat() == day:
            return read
    except ValueError:
        pass
    raise Malformed(f"tap {n}: 'day' must be a date such as 2026-11-23")


def _read_moment(moment: object, n: int) -> Moment:
    try:
        return Moment(moment)  # type: ignore[arg-type]  # any other type is a ValueError too
    except ValueError:
        raise Malformed(f"tap {n}: 'round' must be check-in or check-out") from None


def _read_waiting(waiting: object) -> int | None:
    if waiting is None or (_is_whole(waiting) and 0 <= waiting <= 1_000_000):
        return waiting
    raise Malformed("'waiting' must be a whole number, 0 or more")


def _read_downloaded(version: object) -> str | None:
    if version is None:
        return None
    if isinstance(version, str) and _VERSION.fullmatch(version):
        return version
    raise Malformed("'downloaded' must be the name of a version, or ''")


def _read_kept(kept: object) -> Kept | None:
    try:
        return None if kept is None else Kept(kept)  # type: ignore[arg-type]  # as above
    except ValueError:
        raise Malformed("'kept' must be disk or memory") from None


def _is_whole(number: object) -> TypeGuard[int]:
    return isinstance(number, int) and not isinstance(number, bool)


def _is_digit(number: object) -> TypeGuard[int]:
    return _is_whole(number) and 0 <= number <= 9
