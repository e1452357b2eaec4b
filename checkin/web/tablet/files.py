"""What the pupil's screen is made of, whatever its class has chosen: kept on the tablet."""

from flask import url_for

from checkin.domain.cards import CardSet, Coping, Style
from checkin.web.pictures import picture_of

STYLES = ("tokens", "tablet")
MODULES = (
    "main",
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
SIGNS = ("asleep", "check-in", "check-out", "favicon", "heard", "undo", "unseen", "waiting")


def addresses() -> list[str]:
    """Return the address of every file, with its version."""
    cards = {picture_of(feeling, style) for feeling in CardSet.EIGHT.feelings for style in Style}
    coping = {f"coping/{way.value}" for way in Coping}
    names = [
        *(f"css/{name}.css" for name in STYLES),
        *(f"js/tablet/{name}.js" for name in MODULES),
        *(f"icons/{name}.svg" for name in sorted({*SIGNS, *cards, *coping})),
    ]
    return [url_for("static", filename=name) for name in names]
