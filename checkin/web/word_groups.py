"""The words of the pupils' screen as staff see them: in groups, each beside its picture."""

from typing import NamedTuple

from flask_babel import gettext as _

from checkin.domain.words import (
    ADULT_WORDS,
    COPING_WORDS,
    FEELING_WORDS,
    NEED_WORDS,
    SAYINGS,
    SYMBOL_WORDS,
    TALK_WORDS,
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
    "my symbol": "symbols/fox",
    "no symbol": "talk/none",
    "was it seen": "talk/eyes",
    "waits": "talk/hourglass",
    "seen": "talk/eyes",
    "come to me": "talk/come",
    "nothing here": "talk/nothing",
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
        _group("symbols", _("The class symbols"), SYMBOL_WORDS, "symbols/"),
        _group("talks", _("On the way of a talk request"), TALK_WORDS),
        _group("sayings", _("What a screen reader says"), SAYINGS),
    )


def _group(name: str, heading: str, ids: tuple[str, ...], folder: str = "") -> Group:
    return Group(name, heading, tuple(Pictured(id, _icon(id, folder)) for id in ids))


def _icon(id: str, folder: str) -> str:
    return "pass" if id == "not today" else _SAID_WITH.get(id, f"{folder}{id}")
