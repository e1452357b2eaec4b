"""A tap on its way in: what the tablet sends, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeGuard

from checkin.domain.cards import Coping, find_coping
from checkin.domain.feelings import Feeling, find_feeling
from checkin.domain.rounds import Moment

MOST_TAPS_A_BATCH = 200


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
    """What a tablet sends at once, and how many taps it still holds (None: it did not say)."""

    taps: tuple[Tap, ...]
    waiting: int | None


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
    waiting = body.get("waiting")
    if waiting is not None and (not _is_whole(waiting) or not 0 <= waiting <= 1_000_000):
        raise Malformed("'waiting' must be a whole number, 0 or more")
    return Batch(tuple(_read_tap(tap, n) for n, tap in enumerate(taps, start=1)), waiting)


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


def _is_whole(number: object) -> TypeGuard[int]:
    return isinstance(number, int) and not isinstance(number, bool)


def _is_digit(number: object) -> TypeGuard[int]:
    return _is_whole(number) and 0 <= number <= 9
