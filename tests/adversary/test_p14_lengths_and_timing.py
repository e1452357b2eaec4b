"""P14: somebody weighs what leaves the tablet, times it, and looks over a shoulder.

Who: whoever sits on the school's network and sees encrypted messages, their lengths, their number
and their times; the operator of the server, who sees the same from the other end; and somebody
who watches the tablet or films it from the moment the finger is up.

The attack: tap every card, and every picture of what helps, each on a tablet that was just opened,
with its clock held, so that time is exact. Compare for all of them
    the requests: which, in what order, how many bytes of head and body, and of the reply, as the
    browser's own network events tell them and as the server counts them;
    the screens: which follow, after how many milliseconds, by steps of 50;
    the pixels of each screen, at fixed moments of its animations;
    the sounds and the shaking of the device.
What differs gives a card away.

The promise: nothing differs. The one exception is chosen by the child and comes after all that is
measured here: who asked for rest may see a picture that breathes (docs/decisions/0007).

An ordinary run tries some cards and wishes, a thorough one each of them, and `make adversary` all
63 pairs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from tests.adversary.tablets import Choice
from tests.adversary.weighing import what_gives_a_card_away
from tests.often import first

WISHES: tuple[Coping | None, ...] = (None, *Coping)
EACH_ONCE = [
    *((feeling, Coping.TALK) for feeling in Feeling),
    *((Feeling.SAD, wish) for wish in (None, Coping.REST, Coping.STRENGTH)),
]
SOME = [
    (Feeling.HAPPY, Coping.TALK),
    (Feeling.SAD, None),
    (Feeling.ANGRY, Coping.REST),
    (Feeling.PASS, Coping.TALK),
]
EVERY_PAIR = list(product(Feeling, WISHES))
A_FEW = [(Feeling.HAPPY, None), (Feeling.SAD, Coping.REST), (Feeling.PASS, Coping.TALK)]


def what_gives_it_away_each_time(
    folder: Path, chromium: Browser, choices: Sequence[Choice], asks: bool = True
) -> list[str]:
    """Look again where something was found: a card that tells, tells each time."""
    found = what_gives_a_card_away(folder / "once", chromium, choices, asks=asks)
    if found:
        again = what_gives_a_card_away(folder / "again", chromium, choices, asks=asks)
        found = sorted(set(found) & set(again))
    return found


def test_no_card_and_no_wish_weighs_or_lasts_more_than_another(
    tmp_path: Path, chromium: Browser
) -> None:
    assert what_gives_it_away_each_time(tmp_path, chromium, SOME) == []


@pytest.mark.thorough
def test_nor_does_any_card_or_any_wish(tmp_path: Path, chromium: Browser) -> None:
    assert what_gives_it_away_each_time(tmp_path, chromium, EACH_ONCE) == []


@pytest.mark.thorough
def test_nor_does_a_card_where_nobody_asks_what_helps(tmp_path: Path, chromium: Browser) -> None:
    assert what_gives_it_away_each_time(tmp_path, chromium, A_FEW, asks=False) == []


@pytest.mark.long
def test_nor_does_any_pair_of_them(tmp_path: Path, chromium: Browser) -> None:
    assert what_gives_it_away_each_time(tmp_path, chromium, EVERY_PAIR) == []


# The canaries: tablets and servers that tell. Each differs in one place.

TELLS_THE_WORD = (
    "cards",
    "feeling: Number(target.dataset.feeling),",
    "feeling: Number(target.dataset.feeling), word: target.innerText,",
)
LASTS_LONGER_FOR_THE_SAD = (
    "cards",
    "layTable()), ENDING_MS);",
    "layTable()), ENDING_MS + (choice.feeling === 2 ? 300 : 0));",
)
MARKS_THE_CARD = (
    "cards",
    "const choice = takeBack();",
    "target.querySelector('.back').style.opacity = 0.5; const choice = takeBack();",
)
SPEAKS_THE_WORD = (
    "cards",
    'show("heard");',
    'show("heard"); if (choice.feeling) speechSynthesis.speak(new SpeechSynthesisUtterance("x"));',
)
REPORTS_THE_SAD_TWICE = (
    "cards",
    'show("heard");',
    'show("heard"); '
    'if (choice.feeling === 2) fetch("/tablet/today").then((answer) => answer.text());',
)
BROKEN_TABLETS = {
    "tells the word": TELLS_THE_WORD,
    "lasts longer for the sad": LASTS_LONGER_FOR_THE_SAD,
    "marks the card": MARKS_THE_CARD,
    "speaks the word": SPEAKS_THE_WORD,
    "reports the sad twice": REPORTS_THE_SAD_TWICE,
}


@pytest.mark.parametrize("broken", first(BROKEN_TABLETS))
def test_it_catches_a_tablet_that(broken: str, tmp_path: Path, chromium: Browser) -> None:
    assert what_gives_a_card_away(tmp_path, chromium, A_FEW[1:], BROKEN_TABLETS[broken]) != []


@contextmanager
def a_reply_that_thanks_the_happy(app: Flask) -> Iterator[None]:
    """The server says one word more for one card."""
    view = app.view_functions["tablet.tap"]

    def thank() -> Any:
        from flask import request

        reply = app.make_response(view())
        if any(tap["feeling"] == Feeling.HAPPY.digit for tap in request.get_json()["taps"]):
            reply.headers["X-Thanks"] = "yes"
        return reply

    app.view_functions["tablet.tap"] = thank
    yield


def test_it_catches_a_server_that_answers_one_card_at_more_length(
    tmp_path: Path, chromium: Browser
) -> None:
    variant = a_reply_that_thanks_the_happy
    found = what_gives_a_card_away(tmp_path, chromium, A_FEW[:2], variant=variant)
    assert {"the requests", "what the server counted"} <= set(found)
