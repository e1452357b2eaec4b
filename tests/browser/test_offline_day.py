"""The server is away for a school day, and the tablet is restarted in between: no tap is lost.

Back in time (R2), every tap is in its own round; back after the rounds were sealed, in its week.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hands import expect_nothing_kept, wait_until
from tests.browser.lasting_tablet import LastingTablet, a_profile
from tests.faults.school_day import SCHOOL_OPENS, SchoolDay
from tests.school import MONDAY, at

UNTIL_THE_CHECK_OUT = 345
"""Minutes from twenty past eight to five past two."""
HOW_MANY = [16, pytest.param(200, marks=pytest.mark.long)]


@pytest.fixture
def day(tmp_path: Path) -> Iterator[SchoolDay]:
    made = SchoolDay(tmp_path / "school")
    yield made
    made.server.kill()


@pytest.fixture
def tablet(day: SchoolDay, chromium: Browser, tmp_path: Path) -> Iterator[LastingTablet]:
    """The tablet, heard on Monday morning and ready to do without network."""
    day.serve_at(SCHOOL_OPENS)
    program = os.environ.get("CHECKIN_CHROMIUM") or shutil.which("chromium")
    token = day.school.tokens[0]
    made = LastingTablet(chromium.browser_type, program, a_profile(tmp_path), day.url, token)
    made.wait_until_it_needs_no_network()
    yield made
    made.shut()


def take_the_server_away(day: SchoolDay) -> None:
    day.server.kill()
    with pytest.raises((OSError, HTTPException)):
        day.server.ask("GET", "/healthz")


def live_through_a_day_without_server(tablet: LastingTablet, taps: int) -> None:
    """Half of the taps in the check-in, half in the check-out; a restart amid each of them."""
    quarter = taps // 4
    tablet.tap(quarter, "check-in")
    tablet.restart(minutes_later=5)
    tablet.expect_waiting(quarter)
    tablet.tap(quarter, "check-in")
    tablet.expect_waiting(2 * quarter)
    tablet.restart(minutes_later=UNTIL_THE_CHECK_OUT)
    tablet.tap(quarter, "check-out")
    tablet.restart()
    tablet.tap(quarter, "check-out")
    tablet.expect_waiting(taps)


@pytest.mark.parametrize("taps", HOW_MANY)
def test_back_within_the_waiting_time_every_tap_is_once_in_its_round(
    day: SchoolDay, tablet: LastingTablet, taps: int
) -> None:
    take_the_server_away(day)
    live_through_a_day_without_server(tablet, taps)

    tablet.context.set_offline(True)
    day.serve_at(at(14, 30))
    day.seal_what_is_due()
    assert day.answered() == {}  # the check-in waits for a tablet that was heard this morning
    tablet.find_network()
    tablet.expect_waiting(0)
    assert day.tapped() == {"check-in": taps // 2, "check-out": taps // 2}
    assert len(day.spent_keys()) == taps
    assert day.taps_of_the_week() == taps
    assert day.late() == (0, 0)

    day.seal_what_is_due()
    assert day.answered() == {"check-in": taps // 2}  # the tablet has nothing more of it
    day.set_clock(at(14, 50))
    day.seal_what_is_due()
    assert day.answered() == {"check-in": taps // 2}  # not heard since the check-out closed
    with tablet.page.expect_response("**/tablet/taps"):
        tablet.page.clock.fast_forward(31_000)
    day.seal_what_is_due()
    assert day.answered() == {"check-in": taps // 2, "check-out": taps // 2}


@pytest.mark.thorough
@pytest.mark.parametrize("taps", HOW_MANY)
def test_back_after_the_rounds_were_sealed_every_tap_is_once_in_its_week(
    day: SchoolDay, tablet: LastingTablet, taps: int
) -> None:
    tablet.tap(8, "check-in")
    wait_until(tablet.page, lambda: len(day.spent_keys()) == 8)
    expect_nothing_kept(tablet.page)
    take_the_server_away(day)
    live_through_a_day_without_server(tablet, taps)

    tablet.context.set_offline(True)
    day.serve_at(at(8, 20, MONDAY + timedelta(days=1)))
    day.seal_what_is_due()
    assert day.answered() == {"check-in": 8}
    tablet.find_network()
    tablet.expect_waiting(0)
    assert day.late() == (taps, 0)
    assert day.taps_of_the_week() == 8 + taps
    assert len(day.spent_keys()) == 8 + taps
    assert day.answered() == {"check-in": 8}
    assert day.tapped() == {"check-in": 0, "check-out": 0}  # nothing of it fell into Tuesday
