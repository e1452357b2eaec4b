"""The leaflet for parents: a picture and a short sentence each, a small file a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checkin.domain.words import Language, find_language

FOLDER = Path(__file__).parent.parent / "templates" / "papers" / "leaflet"
CODES = ("nl", "en", "ar", "uk", "ti", "tr")

FIRST = (
    ("tap", "explain/sees-1-tap"),
    ("box", "explain/sees-2-box"),
    ("light", "explain/sees-3-light"),
    ("nobody", "explain/sees-4-nobody"),
)
"""What happens, on the first page: the sentence and its picture."""
SECOND = (
    ("free", "pass"),
    ("nothing", "unseen"),
    ("talk", "needs/talk-request"),
    ("no-test", "heard"),
    ("ask", "adults/teacher"),
)
"""What else a parent asks, on the second."""


@dataclass(frozen=True)
class Leaflet:
    """A leaflet in one language; `reviewed` by somebody who speaks it."""

    language: Language
    words: Mapping[str, str]
    reviewed: bool


@cache
def leaflet_in(code: str) -> Leaflet:
    """Return the leaflet of a language; raises KeyError when there is none."""
    language = find_language(code)
    if code not in CODES or language is None:
        raise KeyError(code)
    read = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Leaflet(language, read["words"], read["reviewed"])


def leaflets() -> tuple[Leaflet, ...]:
    """Return every leaflet."""
    return tuple(leaflet_in(code) for code in CODES)
