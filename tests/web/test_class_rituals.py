"""It sets on which days and at what times a class checks in and out."""

import pytest
from flask import Flask

from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.storage import timetables
from checkin.storage.database import db
from tests.web.conftest import OPENINGS, Cast, SignIn
from tests.web.living import ENGLISH, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.rituals import CHECK_IN, CHECK_OUT, field, openings, rounds_told, save, week


class TestDaysAndTimes:
    def test_shows_what_is_set_now(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in("tess").get(f"/classrooms/{cast.zon}/rituals", headers=ENGLISH)
        assert field(page, "check-in-1-opens").get("value") == "08:00"
        assert field(page, "check-out-5-closes").get("value") == "16:00"
        assert not page_of(page).xpath("//input[@name='check-in-6-opens']")
        assert "All times are those of the Netherlands." in words_in(page)

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
            timetables.set_openings(cast.zon, OPENINGS | all_day)
            db.session.commit()
        form = {f"check_{m}_1_{end}": "00:00" for m in ("in", "out") for end in ("opens", "closes")}
        assert save(sign_in("tess"), cast.zon, **form).status_code == 303
        assert openings(app, cast.zon) == OPENINGS | all_day

    def test_is_for_those_who_keep_the_class(self, cast: Cast, sign_in: SignIn) -> None:
        for name, status in [("hanna", 303), ("omar", 403), ("inge", 403), ("anna", 404)]:
            assert save(sign_in(name), cast.zon).status_code == status, name


def test_a_teacher_finds_the_rituals_from_the_page_of_the_class(
    cast: Cast, sign_in: SignIn
) -> None:
    trend = page_of(sign_in("tess").get(f"/classrooms/{cast.zon}/trend"))
    assert trend.xpath(f"//a[@href='/classrooms/{cast.zon}/rituals']")
    listed = page_of(sign_in("adam").get("/classrooms"))
    assert listed.xpath(f"//a[@href='/classrooms/{cast.zon}/rituals']")
