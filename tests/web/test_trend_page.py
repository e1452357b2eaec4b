"""It shows a class today and over weeks: released figures, and of an open round who tapped only."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from checkin.domain.calendar import DayOff, Span
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.storage import schools, timetables
from checkin.storage.database import db
from checkin.web import charts
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, MONDAY, add_flag, add_light, add_week, tap, words
from tests.web.page_checks import PageClient, page_of

SHARES = {"happy": "60%", "sad": "10%", "angry": "<10%", "pass": "<10%"}


def page(classroom: int) -> str:
    return f"/classrooms/{classroom}/trend"


def card(client: PageClient, classroom: int, moment: str) -> str:
    return words(client, page(classroom), f"//article[@data-round='{moment}']")


class TestToday:
    def test_says_when_a_round_opens(self, sign_in: SignIn, cast: Cast) -> None:
        assert "not yet Opens at 14:00." in card(sign_in("tess"), cast.zon, "check-out")

    def test_says_how_many_have_tapped_and_nothing_else(
        self, sign_in: SignIn, tablet: PageClient, cast: Cast
    ) -> None:
        tess = sign_in("tess")
        tap(tablet, "222222222")
        assert "open 9 of 14 have tapped" in card(tess, cast.zon, "check-in")
        assert tess.get(f"/classrooms/{cast.zon}/today.json", headers=ENGLISH).json == {
            "rounds": [
                {
                    "round": "check-in",
                    "state": "open",
                    "tapped": 9,
                    "text": "9 of 14 have tapped",
                },
                {
                    "round": "check-out",
                    "state": "not-yet",
                    "tapped": 0,
                    "text": "0 of 14 have tapped",
                },
            ]
        }

    def test_says_what_a_closed_round_waits_for(
        self, sign_in: SignIn, tablet: PageClient, cast: Cast, clock: HeldClock
    ) -> None:
        tap(tablet, "111111111", waiting=2)
        clock.pass_time(hours=1, minutes=30)
        told = card(sign_in("tess"), cast.zon, "check-in")
        assert "Waiting for Tablet 1" in told
        assert "Close the check-in" in told

    def test_says_that_a_round_was_not_held(
        self, sign_in: SignIn, cast: Cast, clock: HeldClock
    ) -> None:
        clock.pass_time(hours=2)
        assert "not held" in card(sign_in("tess"), cast.zon, "check-in")

    def test_shows_a_light_in_words_with_its_meaning(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        add_light(app, cast.zon, MONDAY, Light.MANY)
        told = card(sign_in("tess"), cast.zon, "check-in")
        assert "many heavy cards Probably about half or more chose a heavy card" in told
        assert "12 of 14 tapped" in told

    def test_says_why_a_light_is_withheld(self, app: Flask, sign_in: SignIn, cast: Cast) -> None:
        add_light(app, cast.zon, MONDAY, Light.WITHHELD)
        assert "withheld Fewer than 7 cards" in card(sign_in("tess"), cast.zon, "check-in")

    def test_names_a_holiday_and_the_next_school_day(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        off = Span(MONDAY, MONDAY + timedelta(days=4), DayOff.HOLIDAY, "Lichtweek")
        with app.app_context():
            timetables.add_days_off(cast.school, [off])
            db.session.commit()
        told = words(sign_in("tess"), page(cast.zon), "//section[@data-today]")
        assert "Lichtweek. The next school day is Monday 30 November." in told

    def test_tells_of_cards_that_came_late(
        self, sign_in: SignIn, tablet: PageClient, cast: Cast
    ) -> None:
        tess = sign_in("tess")
        tap(tablet, "111111111")
        tess.post(f"/classrooms/{cast.zon}/rounds/2026-11-23/check-in/seal")
        assert tap(tablet, "11", first_key=50) == ["late", "late"]
        assert tap(tablet, "1", day=date(2026, 11, 2), first_key=60) == ["late"]
        told = words(tess, page(cast.zon))
        assert "2 cards came after their round was closed; they count for the week." in told
        assert "1 card came after its week was closed and was dropped." in told

    def test_tells_of_cards_that_wait_on_a_tablet(
        self, sign_in: SignIn, tablet: PageClient, cast: Cast
    ) -> None:
        tap(tablet, "1", waiting=3)
        assert "Tablet 1 still holds 3 cards." in words(sign_in("tess"), page(cast.zon))

    def test_tells_a_small_class_that_it_has_no_lights(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        with app.app_context():
            schools.set_pupils(cast.zon, 6)
            db.session.commit()
        told = words(sign_in("tess"), page(cast.zon))
        assert "A class of fewer than 7 pupils has no daily lights" in told

    def test_tells_the_teacher_of_an_open_flag(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        id = add_flag(app, cast)
        link = page_of(sign_in("tess").get(page(cast.zon))).xpath(f"//a[@href='/flags/{id}']")
        assert len(link) == 1


class TestLights:
    def test_is_calm_about_having_nothing_to_show(self, sign_in: SignIn, cast: Cast) -> None:
        told = words(sign_in("tess"), page(cast.zon))
        assert "No lights in this period yet." in told
        assert "No week picture in this period yet." in told
        assert "comes at the end of Monday 30 November" in told

    def test_says_when_the_picture_of_the_week_before_comes(
        self, sign_in: SignIn, cast: Cast, clock: HeldClock
    ) -> None:
        told = words(sign_in("tess"), page(cast.zon))
        assert "picture of week 47 comes at the end of Monday 23 November" in told
        clock.pass_time(days=1)
        assert "picture of week 47" not in words(sign_in("tess"), page(cast.zon))

    def test_has_a_named_picture_and_a_table_row_for_each_round(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        add_light(app, cast.zon, date(2026, 11, 19), Light.SOME)
        add_light(app, cast.zon, date(2026, 11, 19), Light.FEW, Moment.CHECK_OUT)
        tess = sign_in("tess")
        names = [
            t.text for t in page_of(tess.get(page(cast.zon), headers=ENGLISH)).xpath("//svg/title")
        ]
        assert "Thu 19 Nov, check-in: some heavy cards" in names
        assert "Thu 19 Nov, check-out: few heavy cards" in names
        assert "Fri 20 Nov, check-in: no light" in names
        assert "Mon 23 Nov, check-out: still to come" in names
        rows = words(tess, page(cast.zon), "//details[@class='as-table']//tbody/tr")
        assert "Thu 19 Nov Check-in some heavy cards 12" in rows

    def test_shows_a_whole_holiday_once_and_a_free_day_as_a_gap(
        self, app: Flask, sign_in: SignIn, cast: Cast
    ) -> None:
        with app.app_context():
            weeks = Span(date(2026, 10, 17), date(2026, 11, 1), DayOff.HOLIDAY, "Herfst")
            study = Span(date(2026, 11, 4), date(2026, 11, 4), DayOff.STUDY_DAY)
            timetables.add_days_off(cast.school, [weeks, study])
            db.session.commit()
        add_light(app, cast.zon, date(2026, 10, 12), Light.FEW)
        tess = sign_in("tess")
        assert words(tess, page(cast.zon), "//li[@class='lights-holiday']") == "Herfst"
        gap = words(tess, page(cast.zon), "//li[@class='is-off']//title")
        assert gap == "Wed 4 Nov: Study day"

    def test_has_a_year_in_weeks(self, app: Flask, sign_in: SignIn, cast: Cast) -> None:
        add_light(app, cast.zon, date(2026, 9, 1), Light.FEW)
        tess = sign_in("tess")
        assert "Tue 1 Sep" not in words(tess, page(cast.zon))
        assert "Tue 1 Sep" in words(tess, f"{page(cast.zon)}?weeks=40")
        assert "Tue 1 Sep" in words(tess, f"{page(cast.zon)}?weeks=9999")
        assert "Tue 1 Sep" in words(tess, f"{page(cast.zon)}?from=2026-08-31&to=2026-09-04")


class TestWeeks:
    def test_has_a_table_beside_the_chart(self, app: Flask, sign_in: SignIn, cast: Cast) -> None:
        add_week(app, cast.zon, "2026-W46", SHARES)
        add_week(app, cast.zon, "2026-W47", None)
        tess = sign_in("tess")
        rows = words(tess, page(cast.zon), "//table[@class='shares']//tbody/tr")
        assert rows.startswith("week 46 60% 10% <10%")
        assert rows.endswith("week 47 too few cards this week")
        assert page_of(tess.get(page(cast.zon))).xpath("//script[@id='week-figure']")

    def test_has_no_chart_without_a_picture(self, app: Flask, sign_in: SignIn, cast: Cast) -> None:
        add_week(app, cast.zon, "2026-W47", None)
        assert not page_of(sign_in("tess").get(page(cast.zon))).xpath("//*[@data-week-chart]")

    def test_draws_the_ends_as_open_bars(self, app: Flask) -> None:
        from checkin.domain.released import ReleasedWeek

        weeks = [ReleasedWeek("2026-W46", {"happy": ">90%", "sad": "<20%"}, None)]
        with app.test_request_context():
            figure = charts.week_figure(weeks, {"happy": "happy", "sad": "sad"})
        assert [trace["y"] for trace in figure["traces"]] == [[90], [10], [0], [20]]

    def test_serves_plotly_packed_and_to_keep(self, sign_in: SignIn, client: PageClient) -> None:
        address = f"/plotly.min.js?v={charts.plotly_version()}"
        answer = sign_in("tess").get(address, headers=ENGLISH | {"Accept-Encoding": "gzip"})
        assert answer.content_encoding == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        source = gzip.decompress(answer.data)
        assert source.startswith(b"/**\n* plotly.js v")
        assert charts.STYLE_ELEMENT.encode() in source, "Plotly now adds its map styles inline"
        assert client.get("/plotly.min.js").status_code == 303


class TestJson:
    def test_has_exactly_what_was_released(self, app: Flask, sign_in: SignIn, cast: Cast) -> None:
        add_light(app, cast.zon, date(2026, 11, 20), Light.MANY, Moment.CHECK_OUT)
        add_week(app, cast.zon, "2026-W47", SHARES)
        add_week(app, cast.zon, "2026-W46", None)
        address = f"/classrooms/{cast.zon}/trend.json?from=2026-11-09&to=2026-11-23"
        assert sign_in("tess").get(address).json == {
            "classroom": cast.zon,
            "from": "2026-11-09",
            "to": "2026-11-23",
            "rounds": [
                {"day": "2026-11-20", "round": "check-out", "answered": 12, "light": "many"}
            ],
            "weeks": [
                {"week": "2026-W46", "shares": None},
                {"week": "2026-W47", "shares": SHARES},
            ],
        }

    def test_leaves_open_rounds_out(self, sign_in: SignIn, tablet: PageClient, cast: Cast) -> None:
        tap(tablet, "222222222")
        answer = sign_in("inge").get(f"/classrooms/{cast.zon}/trend.json").json
        assert (answer["rounds"], answer["weeks"]) == ([], [])
        assert (answer["from"], answer["to"]) == ("2026-09-21", "2026-11-23")

    @pytest.mark.parametrize(
        "query",
        [
            "from=2026-11-23&to=2026-11-22",
            "from=yesterday",
            "to=2026-13-01",
            "from=2020-01-01&to=2026-11-23",
            "to=20261123",
        ],
    )
    def test_refuses_days_that_cannot_be(self, sign_in: SignIn, cast: Cast, query: str) -> None:
        tess = sign_in("tess")
        refused = tess.get(f"/classrooms/{cast.zon}/trend.json?{query}")
        assert refused.status_code == 400
        assert refused.json["error"]
        assert tess.get(f"{page(cast.zon)}?{query}").status_code == 400

    def test_survives_the_ends_of_the_calendar(self, sign_in: SignIn, cast: Cast) -> None:
        tess = sign_in("tess")
        for day in ("0001-01-01", "9999-12-31"):
            for address in (f"{page(cast.zon)}.json", page(cast.zon)):
                assert tess.get(f"{address}?from={day}&to={day}").status_code == 200
            assert tess.get(f"{page(cast.zon)}.json?to={day}").status_code in (200, 400)


@pytest.mark.parametrize("end", ["trend", "trend.json", "today.json"])
def test_does_not_exist_for_another_school(sign_in: SignIn, cast: Cast, end: str) -> None:
    assert sign_in("otto").get(f"/classrooms/{cast.zon}/{end}", headers=JSON).status_code == 404
    assert sign_in("omar").get(f"/classrooms/{cast.zon}/{end}", headers=JSON).status_code == 403


def test_is_the_same_at_any_time_of_a_weekend(
    sign_in: SignIn, cast: Cast, clock: HeldClock
) -> None:
    clock.instant = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
    told = words(sign_in("tess"), page(cast.zon), "//section[@data-today]")
    assert "Weekend. The next school day is Monday 30 November." in told
