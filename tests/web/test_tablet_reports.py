"""What a tablet says of itself is written down when it changes, and at no other time."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from checkin.storage.database import db
from tests.web.conftest import HeldClock
from tests.web.living import tap
from tests.web.page_checks import PageClient


@pytest.fixture
def writes(app: Flask) -> Iterator[list[str]]:
    """Every statement that writes to the main database."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def report(tablet: PageClient, **said: object) -> int:
    return tablet.post("/tablet/taps", json={"taps": [], "waiting": 0, **said}).status_code


def test_taps_write_nothing_about_their_tablet_after_the_first_of_a_day(
    tablet: PageClient, clock: HeldClock, writes: list[str]
) -> None:
    tap(tablet, "1", first_key=9)  # the school notes with its first tap where its rounds are
    writes.clear()
    report(tablet, downloaded="0123456789ab", kept="disk")
    assert len(writes) == 1
    for n in range(5):
        clock.pass_time(minutes=1)
        tap(tablet, "1", first_key=n + 1)
        report(tablet, downloaded="0123456789ab", kept="disk")
    assert len(writes) == 1


@pytest.mark.parametrize("change", [{"downloaded": ""}, {"kept": "memory"}])
def test_a_change_is_written_once(
    tablet: PageClient, writes: list[str], change: dict[str, str]
) -> None:
    said = {"downloaded": "0123456789ab", "kept": "disk"}
    for news in (said, said | change, said | change):
        report(tablet, **news)
    assert len(writes) == 2


@pytest.mark.parametrize("nonsense", [{"downloaded": 7}, {"kept": "paper"}])
def test_nonsense_is_refused_with_its_reason_and_written_nowhere(
    tablet: PageClient, writes: list[str], nonsense: dict[str, object]
) -> None:
    (name,) = nonsense
    answer = tablet.post("/tablet/taps", json={"taps": [], "waiting": 0, **nonsense})
    assert (answer.status_code, writes) == (400, [])
    assert f"'{name}' must be" in answer.json["error"]
