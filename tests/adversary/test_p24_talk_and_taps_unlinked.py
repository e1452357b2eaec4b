"""P24: somebody ties a talk request to a tap, by row, order or time.

Who: whoever has the server's disk and a teacher's memory.

The attack: let children tap and ask in other orders, with other cards, at other
minutes, and compare everything that is kept: a difference is a thread from the wish to the tap.
Look for the key of one in the files of the other. Let many ask in a known order, and put them in
order again by their ids, and by where they lie.

The promise: nothing of it can be told. A wish comes alone, with a key of its own, at a time of its
own (what leaves the tablet is watched in test_p24_on_the_tablet.py); the server keeps half a day
of its arrival.

What remains: whoever is root on the server and watches while it happens, in a class where no other
child taps in the minute before, sees one tap and, within that minute, one wish.
"""

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask

from checkin.domain.feelings import Feeling
from checkin.domain.talks import SYMBOLS
from checkin.services import talking
from checkin.storage import audit, talks
from checkin.storage.database import db
from tests.adversary.places import SAME_SITE, Place, Variant, signed_in, the_product
from tests.adversary.polling import all_of_database
from tests.school import MONDAY, HeldClock, SmallSchool, at
from tests.talks import let_pupils_ask, people_of

WISH_KEY, TAP_KEY = "c0ffee" + "0" * 26, "decade" + "1" * 26
SECONDS = re.compile(r"\d\d:\d\d:\d\d")


def _tap(school: SmallSchool, feeling: Feeling, key: str = TAP_KEY) -> None:
    tap = {"key": key, "day": str(MONDAY), "round": "check-in", "feeling": feeling.digit}
    _post(school, "/tablet/taps", {"taps": [tap], "waiting": 0})


def _ask(school: SmallSchool, symbol: str = "fox", key: str = WISH_KEY) -> None:
    adult = people_of(school)["tess"].id
    wish = {"key": key, "day": str(MONDAY), "kind": "talk", "adult": adult, "symbol": symbol}
    _post(school, "/tablet/talks", wish)


def _post(school: SmallSchool, address: str, body: dict[str, Any]) -> None:
    headers = SAME_SITE | {"Authorization": f"Bearer {school.token}"}
    answer = school.app.test_client().post(address, json=body, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)


# The disk.

Story = tuple[datetime, bool, Feeling]
"""When it was asked, whether before the tap, and which card was tapped."""

FIRST: Story = (at(8, 31), False, Feeling.HAPPY)
STORIES: dict[str, Story] = {
    "the minute of asking": (at(9, 47) + timedelta(seconds=13), False, Feeling.HAPPY),
    "asking before the tap": (at(8, 31), True, Feeling.HAPPY),
    "the card that was tapped": (at(8, 31), False, Feeling.SAD),
}


def what_is_kept(place: Place, folder: Path, story: Story, variant: Variant) -> list[str]:
    """Let one child tap and ask, and return all of the main database and what its adult reads."""
    asked, is_first, card = story
    clock = HeldClock(at(8, 30))
    with place.copied_to(folder).opened(clock) as school, variant(school.app):
        let_pupils_ask(school)
        tess = signed_in(school, "tess")
        for step in ("ask", "tap") if is_first else ("tap", "ask"):
            clock.now = asked if step == "ask" else at(8, 30)
            if step == "ask":
                _ask(school)
            else:
                _tap(school, card)
        clock.now = at(10)
        page = tess.get("/talk").get_data(as_text=True)
        return [page, *(row for row in all_of_database() if "staff_session" not in row)]


def threads_on_disk(place: Place, folder: Path, variant: Variant = the_product) -> list[str]:
    """Name what can be told from the files of a school where a child tapped and asked."""
    usual = what_is_kept(place, folder / "usual", FIRST, variant)
    stories = enumerate(STORIES.items())
    found = [
        f"tells {name}"
        for n, (name, story) in stories
        if what_is_kept(place, folder / str(n), story, variant) != usual
    ]
    keys = {WISH_KEY: "main", TAP_KEY: "open"}
    for file in (folder / "usual").rglob("*"):
        held = file.read_bytes() if file.is_file() else b""
        for key, where in keys.items():
            if bytes.fromhex(key) in held or key.encode() in held:
                found += [f"the key of a wish in {file.name}"] if where == "main" else []
                is_of_taps = "open" in file.name
                found += [] if where == "main" or is_of_taps else [f"a tap's key in {file.name}"]
    return found


def order_recovered(place: Place, variant: Variant = the_product) -> bool:
    """Tell whether 24 wishes can be put in order by their ids, or by where they lie."""
    with place.opened() as school, variant(school.app):
        let_pupils_ask(school)
        for name in SYMBOLS:
            _ask(school, name, secrets.token_hex(16))
        by_id = db.text("SELECT symbol FROM talk_request ORDER BY id")
        as_they_lie = db.text("SELECT symbol FROM talk_request")
        orders = [list(db.session.scalars(asked)) for asked in (by_id, as_they_lie)]
        db.session.rollback()
    return any(_is_in_order(order) for order in orders)


def _is_in_order(found: Sequence[str]) -> bool:
    ranks = [SYMBOLS.index(name) for name in found]
    beside = sum(abs(a - b) == 1 for a, b in pairwise(ranks))
    return beside > len(ranks) / 2  # by chance 2 of 23


def test_no_file_ties_a_wish_to_a_tap(place: Place, tmp_path: Path) -> None:
    assert threads_on_disk(place, tmp_path / "stories") == []


def test_wishes_cannot_be_put_in_order(place: Place) -> None:
    assert not order_recovered(place)


def test_no_row_of_a_wish_holds_a_time(place: Place) -> None:
    with place.opened() as school:
        let_pupils_ask(school)
        _ask(school)
        rows = [row for row in all_of_database() if re.search('INTO "?talk_(request|step)', row)]
        assert rows
        assert not [row for row in rows if SECONDS.search(row)]


# The canaries: servers that keep too much.


@contextmanager
def notes_when_it_came(app: Flask) -> Iterator[None]:
    """Add a line to the audit, as is done for flags."""
    ask = talking.ask

    def noted(tablet: Any, wish: Any, now: datetime) -> str:
        audit.add(tablet.school, now, None, "asked", "talk")
        return ask(tablet, wish, now)

    with mock.patch.object(talking, "ask", noted):
        yield


@contextmanager
def counts_up(app: Flask) -> Iterator[None]:
    """Number wishes one after the other."""
    add, numbers = talks.add_request, iter(range(1000))

    def numbered(request: Any) -> bool:
        return add(replace(request, id=f"{next(numbers):032x}"))

    with mock.patch.object(talks, "add_request", numbered):
        yield


@contextmanager
def keeps_the_key(app: Flask) -> Iterator[None]:
    """Keep the key itself, so that whoever has the tablet's traffic finds its row."""
    ask = talking.ask

    def kept(tablet: Any, wish: Any, now: datetime) -> str:
        add = talks.add_request
        plain = lambda request: add(replace(request, id=wish.key.hex()))  # noqa: E731
        with mock.patch.object(talks, "add_request", plain):
            return ask(tablet, wish, now)

    with mock.patch.object(talking, "ask", kept):
        yield


@contextmanager
def remembers_the_last_card(app: Flask) -> Iterator[None]:
    """Let the wish know which card was tapped before it."""
    view, last = app.view_functions["tablet.tap"], []

    def watched() -> Any:
        from flask import request

        last[:] = [tap["feeling"] for tap in json.loads(request.get_data())["taps"]]
        return view()

    add = talks.add_request

    def tied(request: Any) -> bool:
        tied_to = SYMBOLS[last[0]] if last else request.symbol
        return add(replace(request, symbol=tied_to))

    with (
        mock.patch.dict(app.view_functions, {"tablet.tap": watched}),
        mock.patch.object(talks, "add_request", tied),
    ):
        yield


@pytest.mark.parametrize("variant", [notes_when_it_came, keeps_the_key, remembers_the_last_card])
def test_it_catches_a_server_that(variant: Variant, place: Place, tmp_path: Path) -> None:
    assert threads_on_disk(place, tmp_path / "stories", variant) != []


def test_it_catches_a_server_that_counts_up(place: Place) -> None:
    assert order_recovered(place, counts_up)
