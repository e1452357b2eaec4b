"""State as plain values and back: what the nightly run keeps of a classroom is JSON."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Return the value as JSON can hold it; a dataclass becomes the list of its fields."""
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [to_plain(getattr(value, name)) for name in _names(type(value))]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """Build the value of the type again; raises ValueError or TypeError if it does not fit."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        parts = zip(hints, plain, strict=True)
        return kind(*[from_plain(hint, part) for hint, part in parts])
    origin = get_origin(kind)
    if origin is list:
        [item] = get_args(kind)
        return [from_plain(item, part) for part in plain]
    if origin is UnionType:
        [present] = [part for part in get_args(kind) if part is not type(None)]
        return None if plain is None else from_plain(present, plain)
    if kind is date:
        return date.fromisoformat(plain)
    if not isinstance(plain, kind if kind is not float else float | int):
        raise TypeError(f"{plain!r} is not {kind.__name__}")
    return plain


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[name] for name in _names(kind))
