"""A round of today follows the times that are set; a light that was given stays."""

from flask import Flask

from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import JSON, MONDAY, tap, words, words_in
from tests.web.page_checks import PageClient
from tests.web.rituals import TWELVE, end_pause, field, lights, pause, save, seal_by_clock


class TestARoundOfToday:
    def test_stays_open_until_its_new_closing_time(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tap(tablet, TWELVE[:6])
        save(sign_in("tess"), cast.zon, check_in_1_closes="11:00")
        clock.pass_time(minutes=90)  # 10:30, after the old closing time
        assert seal_by_clock(app, clock) == 0
        assert set(tap(tablet, TWELVE[6:], first_key=100)) == {"stored"}
        clock.pass_time(minutes=31)
        tap(tablet, "")
        assert seal_by_clock(app, clock) == 1
        assert [(day, m) for day, _, m in lights(app, cast.zon)] == [("2026-11-23", 12)]

    def test_closes_at_its_new_closing_time_with_the_taps_it_has(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tap(tablet, TWELVE)
        save(sign_in("tess"), cast.zon, check_in_1_closes="08:30")  # half an hour ago
        assert set(tap(tablet, "1", first_key=100)) == {"stored"}  # still on its way
        assert seal_by_clock(app, clock) == 1
        assert [m for _, _, m in lights(app, cast.zon)] == [13]

    def test_cannot_open_later_once_it_holds_taps(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient
    ) -> None:
        tess = sign_in("tess")
        later = {"check_in_1_opens": "09:30"}
        assert save(tess, cast.zon, **later).status_code == 303  # nobody has tapped
        assert save(tess, cast.zon).status_code == 303
        tap(tablet, "1")
        refused = save(tess, cast.zon, **later)
        assert refused.status_code == 409
        told = words_in(refused, "//*[@id='check-in-1-problem']")
        assert "Cards were tapped in this round today" in told
        assert field(refused, "check-in-1-opens").get("value") == "09:30"
        assert set(tap(tablet, "2", first_key=100)) == {"stored"}

    def test_cannot_open_later_while_a_tablet_holds_taps(
        self, cast: Cast, sign_in: SignIn, tablet: PageClient
    ) -> None:
        tap(tablet, "", waiting=3)
        assert save(sign_in("tess"), cast.zon, check_in_1_opens="09:30").status_code == 409

    def test_that_is_taken_out_is_sealed_and_later_taps_count_for_the_week(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tap(tablet, TWELVE)
        save(sign_in("tess"), cast.zon, check_in_1_opens="", check_in_1_closes="")
        assert set(tap(tablet, "12", first_key=100)) == {"late"}
        assert seal_by_clock(app, clock) == 1
        assert [m for _, _, m in lights(app, cast.zon)] == [12]
        assert "2 cards came after their round was closed" in words(
            sign_in("tess"), f"/classrooms/{cast.zon}/trend"
        )

    def test_that_was_sealed_never_opens_again_whatever_is_changed(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        tess, seal = sign_in("tess"), f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal"
        tap(tablet, TWELVE)
        tess.post(seal, headers=JSON)
        given = lights(app, cast.zon)
        key = 1000
        for change in (
            lambda: save(tess, cast.zon, check_in_1_opens="10:15", check_in_1_closes="11:00"),
            lambda: save(tess, cast.zon, check_in_1_opens="", check_in_1_closes=""),
            lambda: save(tess, cast.zon),
            lambda: pause(tess, cast.zon, MONDAY, MONDAY),
            lambda: end_pause(tess, cast.zon),
        ):
            assert change().status_code == 303
            clock.pass_time(minutes=20)
            key += 100
            assert set(tap(tablet, "222222222222", first_key=key)) <= {"late", "refused"}
            seal_by_clock(app, clock)
            tess.post(seal, headers=JSON)
            assert lights(app, cast.zon) == given
