"""State as plain values and back: what the nightly run keeps of a classroom is JSON.

How a type is built is worked out once: the nightly run of a board builds thousands of states.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

Build = Callable[[Any], Any]
"""Makes a value plain, or builds it again."""


def to_plain(value: Any) -> Any:
    """Return the value as JSON can hold it; a dataclass becomes the list of its fields."""
    kind: Any = type(value)
    return _writer(kind)(value)


def from_plain(kind: Any, plain: Any) -> Any:
    """Build the value of the type again; raises ValueError or TypeError if it does not fit."""
    return _builder(kind)(plain)


@cache
def _writer(kind: Any) -> Build:
    if isinstance(kind, type) and is_dataclass(kind):
        return _from_parts(kind)
    origin = get_origin(kind)
    if origin in (list, tuple):
        item = _writer(get_args(kind)[0])
        return lambda value: [item(part) for part in value]
    if origin is UnionType:
        [present] = [_writer(part) for part in get_args(kind) if part is not type(None)]
        return lambda value: None if value is None else present(value)
    return date.isoformat if kind is date else _as_it_is


def _from_parts(kind: type) -> Build:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    writers = [_writer(hints[name]) for name in names]
    steps = [None if writer is _as_it_is else writer for writer in writers]
    get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    if not any(steps):
        return lambda value: list(get(value))
    pairs = tuple(enumerate(steps))

    def write(value: Any) -> list[Any]:
        parts = list(get(value))
        for n, step in pairs:
            if step is not None:
                parts[n] = step(parts[n])
        return parts

    return write


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _builder(kind: Any) -> Build:
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_parts(kind)
    origin = get_origin(kind)
    if origin is list:
        [item] = map(_builder, get_args(kind))
        return lambda plain: [item(part) for part in plain]
    if origin is tuple:
        item = _builder(get_args(kind)[0])
        return lambda plain: tuple(item(part) for part in plain)
    if origin is UnionType:
        [present] = [_builder(part) for part in get_args(kind) if part is not type(None)]
        return lambda plain: None if plain is None else present(plain)
    if kind is date:
        return date.fromisoformat
    return _checked(kind)


def _of_parts(kind: type) -> Build:
    hints = get_type_hints(kind)
    builders = [_builder(hints[field.name]) for field in fields(kind)]

    def build(plain: Any) -> Any:
        return kind(*[make(part) for make, part in zip(builders, plain, strict=True)])

    return build


def _checked(kind: type) -> Build:
    allowed = (float, int) if kind is float else (kind,)

    def build(plain: Any) -> Any:
        if type(plain) not in allowed:
            raise TypeError(f"{plain!r} is not {kind.__name__}")
        return plain

    return build
