"""What the pupil's screen is made of, whatever its class has chosen: kept on the tablet."""

from flask import url_for

from checkin.domain.cards import CardSet, Coping, Style
from checkin.web.fonts import FONTS
from checkin.web.pictures import picture_of

STYLES = (
    "tokens",
    "fonts",
    "tablet",
    "tablet-strip",
    "tablet-cards",
    "tablet-over",
    "tablet-listen",
)
MODULES = (
    "main",
    "breathing",
    "cards",
    "clock",
    "guard",
    "idle",
    "language",
    "offline",
    "press",
    "queue",
    "safe",
    "schedule",
    "screens",
    "sender",
    "told",
    "undo",
    "waiting",
)
LATER = ("listen", "sounds", "voice", "talk", "talk-queue")
"""Modules that the page fetches when it has all that a tap needs."""

TALK_STYLE = "tablet-talk"
NEEDS = ("needs/pain", "needs/talk-request")

SIGNS = (
    "asleep",
    "check-in",
    "check-out",
    "ear",
    "favicon",
    "heard",
    "language",
    "undo",
    "unseen",
    "waiting",
)


def addresses() -> list[str]:
    """Return the address of every file, with its version."""
    cards = {picture_of(feeling, style) for feeling in CardSet.EIGHT.feelings for style in Style}
    coping = {f"coping/{way.value}" for way in Coping}
    names = [
        *(f"css/{name}.css" for name in (*STYLES, TALK_STYLE)),
        *(f"fonts/{name}.woff2" for name in FONTS),
        *(f"js/tablet/{name}.js" for name in (*MODULES, *LATER)),
        *(f"icons/{name}.svg" for name in sorted({*SIGNS, *cards, *coping, *NEEDS})),
    ]
    return [url_for("static", filename=name) for name in names]
