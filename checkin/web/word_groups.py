"""The words of the pupils' screen as staff see them: in groups, each beside its picture."""

from typing import NamedTuple

from flask_babel import gettext as _

from checkin.domain.words import (
    ADULT_WORDS,
    COPING_WORDS,
    FEELING_WORDS,
    NEED_WORDS,
    SAYINGS,
)

_SAID_WITH = {
    "hello": "check-in",
    "goodbye": "check-out",
    "languages": "language",
    "listen": "ear",
    "what helps": "coping/strength",
    "back": "undo",
    "thank you": "heard",
    "nobody sees": "unseen",
    "later": "asleep",
    "grown-up": "adults/someone",
    "breathe": "coping/rest",
}


class Pictured(NamedTuple):
    """A word by its id, and the name of the picture it goes with."""

    id: str
    icon: str


class Group(NamedTuple):
    """Words that belong together, under a heading; `name` is for anchors."""

    name: str
    heading: str
    words: tuple[Pictured, ...]


def word_groups() -> tuple[Group, ...]:
    """Return every word, in the order in which a pupil may meet them."""
    return (
        _group("feelings", _("How are you?"), FEELING_WORDS),
        _group("coping", _("What helps me today?"), COPING_WORDS, "coping/"),
        _group("needs", _("I need something"), NEED_WORDS, "needs/"),
        _group("adults", _("Whom I want to talk to"), ADULT_WORDS, "adults/"),
        _group("sayings", _("What a screen reader says"), SAYINGS),
    )


def _group(name: str, heading: str, ids: tuple[str, ...], folder: str = "") -> Group:
    return Group(name, heading, tuple(Pictured(id, _icon(id, folder)) for id in ids))


def _icon(id: str, folder: str) -> str:
    return "pass" if id == "not today" else _SAID_WITH.get(id, f"{folder}{id}")
