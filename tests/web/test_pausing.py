"""A class that pauses holds no rounds, and everybody is told until when."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from checkin.domain.school import Pause
from checkin.services import reviewing
from checkin.storage import schools
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, MONDAY, tap, words, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.rituals import (
    TWELVE,
    end_pause,
    field,
    lights,
    pause,
    pause_of,
    rounds_told,
    seal_by_clock,
)


class TestPause:
    def test_holds_no_rounds_and_says_so_everywhere(
        self, cast: Cast, sign_in: SignIn, tablet: PageClient
    ) -> None:
        tess = sign_in("tess")
        assert pause(tess, cast.zon, MONDAY, "2026-11-27").status_code == 303
        assert rounds_told(tablet) == []
        assert page_of(tablet.get("/tablet")).xpath("//*[@data-screen='asleep'][not(@hidden)]")
        trend = words(tess, f"/classrooms/{cast.zon}/trend")
        assert "Pause. This class pauses until Friday 27 November" in trend
        assert "next school day" not in trend
        assert "This class pauses until Friday 27 November" in words(tess, "/home")
        assert "This class pauses until Friday 27 November" in words(
            tess, f"/classrooms/{cast.zon}/rituals"
        )
        assert "Pause Monday 23 November to Friday 27 November" in words(
            sign_in("hanna"), "/classrooms"
        )

    def test_leaves_other_classes_alone(self, cast: Cast, sign_in: SignIn) -> None:
        pause(sign_in("tess"), cast.zon, MONDAY, "2026-11-27")
        assert "open, 0 of 14 have tapped" in words(sign_in("omar"), "/home")

    def test_from_today_seals_the_round_that_is_open(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tap(tablet, TWELVE, waiting=2)
        pause(sign_in("tess"), cast.zon, MONDAY, "2026-11-27")
        assert set(tap(tablet, "12", first_key=100)) == {"late"}
        assert seal_by_clock(app, clock) == 1
        assert [m for _, _, m in lights(app, cast.zon)] == [12]
        titles = page_of(sign_in("tess").get(f"/classrooms/{cast.zon}/trend", headers=ENGLISH))
        assert titles.xpath("//title[contains(., 'Mon 23 Nov, check-in:')]")

    def test_is_no_missing_day_to_the_patterns(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tap(tablet, TWELVE)
        tess = sign_in("tess")
        tess.post(f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal", headers=JSON)
        pause(tess, cast.zon, "2026-11-24", "2026-11-27")
        clock.instant = datetime(2026, 11, 30, 8, tzinfo=UTC)
        seal_by_clock(app, clock)
        with app.app_context():
            seen = reviewing.observations_of(schools.get_classroom(cast.zon), clock())
        assert [(one.day, one.answered) for one in seen] == [(MONDAY, 12)]

    def test_ends_early_and_the_day_goes_on(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tess = sign_in("tess")
        pause(tess, cast.zon, MONDAY, "2026-12-04")
        clock.pass_time(days=2)
        tess = sign_in("tess")
        assert end_pause(tess, cast.zon).status_code == 303
        assert pause_of(app, cast.zon) == Pause(MONDAY, date(2026, 11, 24))
        wednesday = date(2026, 11, 25)
        assert rounds_told(tablet, wednesday) == ["check-in", "check-out"]
        assert set(tap(tablet, TWELVE, day=wednesday)) == {"stored"}
        assert end_pause(tess, cast.zon).status_code == 303  # a second time changes nothing
        assert pause_of(app, cast.zon) == Pause(MONDAY, date(2026, 11, 24))

    def test_that_has_not_begun_is_called_off(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        tess = sign_in("tess")
        pause(tess, cast.zon, "2026-12-01", "2026-12-04")
        assert "pauses from Tuesday 1 December to Friday 4 December" in words(
            tess, f"/classrooms/{cast.zon}/rituals"
        )
        end_pause(tess, cast.zon)
        assert pause_of(app, cast.zon) is None

    def test_is_made_longer_while_it_goes_on(
        self, app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
    ) -> None:
        tess = sign_in("tess")
        pause(tess, cast.zon, MONDAY, "2026-11-25")
        clock.pass_time(days=1)
        assert pause(sign_in("tess"), cast.zon, MONDAY, "2026-11-27").status_code == 303
        assert pause_of(app, cast.zon) == Pause(MONDAY, date(2026, 11, 27))

    @pytest.mark.parametrize(
        ("first", "last", "beside", "told"),
        [
            ("", "2026-11-27", "first", "Choose a day."),
            ("2026-11-23", "soon", "last", "Choose a day."),
            ("2026-W48-1", "2026-11-27", "first", "Choose a day."),
            ("2026-11-22", "2026-11-27", "first", "today or later"),
            ("2026-11-27", "2026-11-26", "last", "the first day or a later one"),
            ("2026-11-10", "2026-11-12", "last", "This day is over"),
            ("2026-11-27", "2027-11-30", "last", "a year at most"),
            ("2026-11-27", "9999-12-31", "last", "a year at most"),
        ],
    )
    def test_says_what_is_wrong_beside_the_day_and_keeps_what_was_typed(
        self,
        app: Flask,
        cast: Cast,
        sign_in: SignIn,
        first: str,
        last: str,
        beside: str,
        told: str,
    ) -> None:
        refused = pause(sign_in("tess"), cast.zon, first, last)
        assert refused.status_code == 400
        assert told in words_in(refused, f"//*[@id='pause-{beside}-problem']")
        assert [field(refused, end).get("value") for end in ("first", "last")] == [first, last]
        first_wrong = page_of(refused).xpath("//input[@autofocus]/@name")[0]
        assert first_wrong == beside  # the page opens there
        assert pause_of(app, cast.zon) is None

    def test_is_for_those_who_keep_the_class(self, cast: Cast, sign_in: SignIn) -> None:
        for name, status in [("hanna", 303), ("omar", 403), ("inge", 403), ("anna", 404)]:
            client = sign_in(name)
            assert pause(client, cast.zon, MONDAY, MONDAY).status_code == status, name
            assert end_pause(client, cast.zon).status_code == status, name
