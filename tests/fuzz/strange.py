"""Strange input, made of what is known: pieces cut out, doubled, swapped and put between."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.parsers import Parser

BYTES = (b"\0", b"\xff", b"\r\n", b" ", b'"', b"%", b"\xf0\x9f\xa6\x8a", b"\xed\xa0\x80", b"1" * 40)
CHANGES = ("cut", "put", "double", "swap", "over")
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([-1, 0, 7, 9, 10, 2**31, 2**63, 10**30, 3.0, 1e308]),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(["", "check-in", "2026-11-23", "\ud800", "\0", "g" * 32, "A" * 32, "٣" * 32]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def strange_bytes(parser: Parser) -> st.SearchStrategy[bytes]:
    """Return a strategy for what somebody may send to a parser."""
    words = st.sampled_from((*parser.words, *BYTES))
    piece = st.one_of(words, words, st.binary(max_size=8))
    place = st.floats(0, 1)
    change = st.tuples(st.sampled_from(CHANGES), place, place, piece)
    changed = st.builds(
        _changed, st.sampled_from(parser.seeds), st.lists(change, min_size=1, max_size=6)
    )
    ways = [changed, changed, changed, st.binary(max_size=200)]
    if places := [(seed, where) for seed in parser.seeds for where in _places(_json_of(seed))]:
        other = st.builds(_with, st.sampled_from(places), VALUES)
        ways += [other, other, other]
    return st.one_of(ways)


def _changed(seed: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    for how, one, other, piece in changes:
        first, last = sorted((int(one * len(seed)), int(other * len(seed))))
        before, part, after = seed[:first], seed[first:last], seed[last:]
        if how == "cut":
            seed = before + after
        elif how == "put":
            seed = before + piece + part + after
        elif how == "double":
            seed = before + part + part + after
        elif how == "swap":
            seed = before + after + part
        else:
            seed = before + piece + part[len(piece) :] + after
    return seed[:200_000]


def _json_of(seed: bytes) -> Any:
    try:
        return json.loads(seed)
    except ValueError:
        return None


def _places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value within a value."""
    if not isinstance(value, dict | list):
        return
    for name, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*here, name)
        yield from _places(part, (*here, name))


def _with(place: tuple[bytes, tuple[Any, ...]], value: Any) -> bytes:
    """Return JSON that is as it should be, but for one value."""
    seed, where = place
    whole = inner = json.loads(seed)
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value
    return json.dumps(whole).encode()
