"""P15: somebody replays, guesses or swaps the key of a tap.

The attack: whoever overheard a tap, or holds the tablet (or the tablet of another class), sends its
key again, with the same card and with every other, for the same round and for another. If the
answer, or any counter, depends on which card the key came with first, the key tells the card. The
same with keys that nobody used.

The promise: a key that was stored is `known`, whatever comes with it; nothing is counted, and the
answer is the same to the byte whichever card it was.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from flask import Flask

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.taps import Result, Status
from checkin.services import enrolling, tapping
from checkin.storage.open_rounds import FILE, OpenTransaction
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, SmallSchool, a_tap

CARDS = [feeling.digit for feeling in Feeling]
REPLAYS = list(product(CARDS, (0, Coping.REST.digit), ("check-in", "check-out")))


def what_keys_tell(place: Place, variant: Variant = the_product) -> list[str]:
    """Store one tap of every card, send each key again in every guise, and return what differs."""
    told = []
    with place.opened() as school, variant(school.app):
        keys = {digit: secrets.token_hex(16) for digit in CARDS}
        stored = {_post(school, school.token, [_sent(keys[d], d)], keys[d]) for d in CARDS}
        if len(stored) != 1:
            told.append("the first answer")
        counted = _counters(place)
        for whose, token in _tablets(school).items():
            answers = {d: _replay(school, token, keys[d]) for d in CARDS}
            if len(set(answers.values())) != 1:
                told.append(f"the answer to a replay from {whose}")
        if _counters(place) != counted:
            told.append("a replay is counted")
        unused = _post(school, school.token, [_sent(f := secrets.token_hex(16), 1)], f)
        if unused not in stored:
            told.append("the answer to a key that nobody used")
    return told


def _replay(school: SmallSchool, token: str, key: str) -> str:
    """Send a key in every guise, one by one and all in one batch."""
    again = [_sent(key, digit, helps, moment) for digit, helps, moment in REPLAYS]
    one_by_one = "".join(_post(school, token, [tap], key) for tap in again[:: len(CARDS)])
    return one_by_one + _post(school, token, again, key)


def _post(school: SmallSchool, token: str, sent: list[dict[str, object]], key: str) -> str:
    answer = school.app.test_client().post(
        "/tablet/taps",
        data=json.dumps({"taps": sent}),
        headers={"Authorization": f"Bearer {token}"},
    )
    return f"{answer.status_code} {answer.get_data(as_text=True)}".replace(key, "(key)")


def _sent(key: str, digit: int, helps: int = 0, moment: str = "check-in") -> dict[str, object]:
    return {
        "key": key,
        "day": MONDAY.isoformat(),
        "round": moment,
        "feeling": digit,
        "helps": helps,
    }


def _tablets(school: SmallSchool) -> dict[str, str]:
    """Return the token of the class's own tablet and of another class's."""
    code = enrolling.make_code(school.id, school.classrooms[1], 1, school.clock.now)
    return {"its own tablet": school.token, "another": enrolling.enrol(code, school.clock.now)}


def _counters(place: Place) -> list[tuple[object, ...]]:
    with sqlite3.connect(place.folder / FILE) as copy:
        tables = ("open_round", "open_week", "spent_key", "late_taps")
        return [row for table in tables for row in copy.execute(f"SELECT * FROM {table}")]


def test_a_key_tells_nothing_of_its_card(place: Place) -> None:
    assert what_keys_tell(place) == []


def test_the_first_card_counts_and_no_other(place: Place) -> None:
    with place.opened() as school:
        key = secrets.token_bytes(16)
        school.tap(a_tap(Feeling.HAPPY, key=key))
        counted = _counters(place)
        answers = school.tap(
            a_tap(Feeling.SAD, key=key), a_tap(Feeling.SAD, Moment.CHECK_OUT, key=key)
        )
        assert {answer.status for answer in answers} == {Status.KNOWN}
        assert _counters(place) == counted


# The canaries.


@contextmanager
def says_that_it_was_another_card(app: Flask) -> Iterator[None]:
    """A replay with another card is refused 'for safety', which tells which card it was not."""
    first: dict[bytes, Feeling | None] = {}

    def store(tablet, batch, now, real=tapping.store):
        results = []
        for tap, result in zip(batch.taps, real(tablet, batch, now), strict=True):
            if first.setdefault(tap.key, tap.feeling) is not tap.feeling:
                result = Result(tap.key, Status.REFUSED, "this key came with another card")
            results.append(result)
        return results

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "store", store)
        yield


@contextmanager
def forgets_keys(app: Flask) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenTransaction, "spend", lambda *_: None)
        yield


@contextmanager
def has_a_word_for_heavy_cards(app: Flask) -> Iterator[None]:
    """A reason that is given for some cards only."""

    def store(tablet, batch, now, real=tapping.store):
        return [
            Result(
                r.key, r.status, "look after this child" if t.feeling and t.feeling.heavy else ""
            )
            for t, r in zip(batch.taps, real(tablet, batch, now), strict=True)
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "store", store)
        yield


@pytest.mark.parametrize(
    "canary",
    [says_that_it_was_another_card, forgets_keys, has_a_word_for_heavy_cards],
)
def test_it_catches(canary: Variant, place: Place) -> None:
    assert what_keys_tell(place, canary) != []
