"""It sets when a class checks in and out, and when it pauses; a light that was given stays."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.domain.school import Pause
from checkin.services import reviewing, sealing
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.web.conftest import OPENINGS, Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, MONDAY, tap, words, words_in
from tests.web.page_checks import PageClient, page_of

CHECK_IN, CHECK_OUT = Moment.CHECK_IN, Moment.CHECK_OUT
TWELVE = "122331233112"


def week(**changes: str) -> dict[str, str]:
    """Return the form of the cast's week; `check_in_1_opens` names a field."""
    form = {}
    for (weekday, moment), opening in OPENINGS.items():
        for end in ("opens", "closes"):
            minutes = getattr(opening, end)
            form[f"{moment.value}-{weekday}-{end}"] = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return form | {
        name.replace("check_", "check-").replace("_", "-"): text for name, text in changes.items()
    }


def save(client: PageClient, classroom: int, **changes: str) -> TestResponse:
    return client.post(f"/classrooms/{classroom}/rhythm", data=week(**changes), headers=ENGLISH)


def pause(client: PageClient, classroom: int, first: Any, last: Any) -> TestResponse:
    form = {"first": str(first), "last": str(last)}
    return client.post(f"/classrooms/{classroom}/pause", data=form, headers=ENGLISH)


def end_pause(client: PageClient, classroom: int) -> TestResponse:
    return client.post(f"/classrooms/{classroom}/pause/end", headers=ENGLISH)


def openings(app: Flask, classroom: int) -> dict[tuple[int, Moment], Opening]:
    with app.app_context():
        return schools.openings_of(classroom)


def pause_of(app: Flask, classroom: int) -> Pause | None:
    with app.app_context():
        return schools.get_classroom(classroom).pause


def seal_by_clock(app: Flask, clock: HeldClock) -> int:
    with app.app_context():
        return sealing.seal_due(clock()).rounds


def lights(app: Flask, classroom: int) -> list[tuple[str, str, int]]:
    with app.app_context():
        found = released.rounds_between(classroom, date(2026, 1, 1), date(2027, 12, 31))
        return [(str(r.round.day), r.light.value, r.released.answered) for r in found]


def rounds_told(tablet: PageClient, day: date = MONDAY) -> list[str]:
    """Return which rounds of a day a tablet is told of."""
    told = tablet.get("/tablet/today").json["rounds"]
    return [one["round"] for one in told if one["day"] == day.isoformat()]


def field(answer: TestResponse, name: str) -> Any:
    return page_of(answer).xpath(f"//input[@name='{name}']")[0]


class TestDaysAndTimes:
    def test_shows_what_is_set_now(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in("tess").get(f"/classrooms/{cast.zon}/rituals", headers=ENGLISH)
        assert field(page, "check-in-1-opens").get("value") == "08:00"
        assert field(page, "check-out-5-closes").get("value") == "16:00"
        assert not page_of(page).xpath("//input[@name='check-in-6-opens']")
        assert "Europe/Amsterdam" in words_in(page)

    def test_changes_a_day_and_takes_a_round_out(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        noon = {"check_out_3_opens": "12:00", "check_out_3_closes": "12:30"}
        none = {"check_in_5_opens": "", "check_in_5_closes": ""}
        assert save(sign_in("tess"), cast.zon, **noon, **none).status_code == 303
        now = openings(app, cast.zon)
        assert now[3, CHECK_OUT] == Opening(12 * 60, 12 * 60 + 30)
        assert (5, CHECK_IN) not in now
        assert len(now) == 9
        assert openings(app, cast.maan) == OPENINGS

    def test_reads_midnight_as_the_end_of_a_day(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        assert save(sign_in("tess"), cast.zon, check_out_1_closes="00:00").status_code == 303
        assert openings(app, cast.zon)[1, CHECK_OUT].closes == MINUTES_A_DAY

    def test_tells_the_tablet_at_once(
        self, cast: Cast, sign_in: SignIn, tablet: PageClient
    ) -> None:
        assert rounds_told(tablet) == ["check-in", "check-out"]
        save(sign_in("adam"), cast.zon, check_out_1_opens="", check_out_1_closes="")
        assert rounds_told(tablet) == ["check-in"]

    @pytest.mark.parametrize(
        ("changes", "beside", "told"),
        [
            ({"check_in_2_closes": ""}, "check-in-2", "Fill in both times"),
            ({"check_in_2_opens": "11:00"}, "check-in-2", "opens before it closes"),
            ({"check_in_2_opens": "noon"}, "check-in-2", "a time such as 08:15"),
            ({"check_in_2_opens": "25:00"}, "check-in-2", "a time such as 08:15"),
            ({"check_in_2_opens": "٠٨:00"}, "check-in-2", "a time such as 08:15"),
            ({"check_in_2_closes": "14:30"}, "check-out-2", "before the check-in has closed"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(
        self,
        app: Flask,
        cast: Cast,
        sign_in: SignIn,
        changes: dict[str, str],
        beside: str,
        told: str,
    ) -> None:
        refused = save(sign_in("tess"), cast.zon, check_in_4_opens="08:20", **changes)
        assert refused.status_code == 400
        assert told in words_in(refused, f"//*[@id='{beside}-problem']")
        assert len(page_of(refused).xpath("//*[@class='problem']")) == 1
        assert field(refused, "check-in-4-opens").get("value") == "08:20"
        assert openings(app, cast.zon) == OPENINGS

    def test_wants_one_round_or_a_pause(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        empty = dict.fromkeys(week(), "")
        refused = sign_in("tess").post(
            f"/classrooms/{cast.zon}/rhythm", data=empty, headers=ENGLISH
        )
        assert refused.status_code == 400
        assert "at least one round" in words_in(refused)
        assert openings(app, cast.zon) == OPENINGS

    def test_never_calls_wrong_what_a_class_has_already(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        """A demo keeps both rounds open all day."""
        all_day = {(1, moment): Opening(0, MINUTES_A_DAY) for moment in Moment}
        with app.app_context():
            schools.set_openings(cast.zon, OPENINGS | all_day)
            db.session.commit()
        form = {f"check_{m}_1_{end}": "00:00" for m in ("in", "out") for end in ("opens", "closes")}
        assert save(sign_in("tess"), cast.zon, **form).status_code == 303
        assert openings(app, cast.zon) == OPENINGS | all_day

    def test_is_for_those_who_keep_the_class(self, cast: Cast, sign_in: SignIn) -> None:
        for name, status in [("hanna", 303), ("omar", 403), ("inge", 403), ("anna", 404)]:
            assert save(sign_in(name), cast.zon).status_code == status, name


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


@pytest.mark.parametrize(
    ("pupils", "told"),
    [
        (4, "no lights and no week pictures"),
        (5, "only a week picture"),
        (7, "about 62 of every 100 rounds"),
        (8, "about 28 of every 100 rounds"),
        (24, "a light in nearly every round"),
    ],
)
def test_says_what_the_size_of_a_class_means_when_it_is_set(
    cast: Cast, sign_in: SignIn, pupils: int, told: str
) -> None:
    adam = sign_in("adam")
    adam.post(f"/classrooms/{cast.zon}/pupils", data={"pupils": pupils}, headers=ENGLISH)
    page = adam.get("/classrooms", headers=ENGLISH)
    assert told in words_in(page, f"//*[@id='pupils-{cast.zon}-told']")
    assert told in words_in(page, "//*[contains(@class, 'is-done')]")


def test_a_teacher_finds_the_rituals_from_the_page_of_the_class(
    cast: Cast, sign_in: SignIn
) -> None:
    trend = page_of(sign_in("tess").get(f"/classrooms/{cast.zon}/trend"))
    assert trend.xpath(f"//a[@href='/classrooms/{cast.zon}/rituals']")
    listed = page_of(sign_in("adam").get("/classrooms"))
    assert listed.xpath(f"//a[@href='/classrooms/{cast.zon}/rituals']")
