"""The page of a class: name, pupils, teachers, substitutes, and what becomes of the class."""

from collections.abc import Callable

import pytest
from flask import Flask

from checkin.services import class_years
from checkin.storage import flags, schools, tablets, teaching
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

Post = Callable[..., object]
TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def post(client: PageClient, address: str, **form: object):
    return client.post(address, data=form, headers=ENGLISH)


class TestPupils:
    def test_one_more_is_one_press_in_the_list(
        self, app: Flask, cast: Cast, adam: PageClient
    ) -> None:
        answer = post(adam, f"/classrooms/{cast.zon}/pupils", pupils="14", step="more")
        assert answer.status_code == 303
        assert answer.location.endswith(f"#class-{cast.zon}")
        post(adam, f"/classrooms/{cast.maan}/pupils", pupils="14", step="fewer")
        with app.app_context():
            sizes = [schools.get_classroom(id).pupils for id in (cast.zon, cast.maan)]
        assert sizes == [15, 13]

    def test_no_class_gets_smaller_than_one(self, app: Flask, cast: Cast, adam) -> None:
        post(adam, f"/classrooms/{cast.zon}/pupils", pupils="1")
        assert post(adam, f"/classrooms/{cast.zon}/pupils", step="fewer").status_code == 400

    def test_what_the_size_means_is_said(self, cast: Cast, adam: PageClient) -> None:
        post(adam, f"/classrooms/{cast.zon}/pupils", pupils="6", **{"from": "class"})
        told = words(adam, f"/classrooms/{cast.zon}")
        assert "With fewer than 7 pupils there are no daily lights" in told


class TestAdding:
    def test_sets_it_up_like_another(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        answer = post(adam, "/classrooms", name="Ster", pupils="9", like=str(cast.zon))
        assert answer.status_code == 303
        new = int(answer.location.rpartition("/")[2])
        with app.app_context():
            made, like = schools.get_classroom(new), schools.get_classroom(cast.zon)
        assert (made.name, made.pupils, made.table) == ("Ster", 9, like.table)
        assert made.closed_on is None
        assert "Ster" in words(adam, "/classrooms")

    def test_keeps_what_was_typed_beside_what_is_wrong(self, cast: Cast, adam) -> None:
        answer = post(adam, "/classrooms", name="Zon", pupils="9", like=str(cast.elsewhere))
        assert answer.status_code == 400
        page = page_of(answer)
        assert page.xpath("//input[@name='name']/@value") == ["Zon"]
        assert "Another class has this name already" in answer.text

    @pytest.mark.parametrize(
        "form", [{}, {"name": "A" * 41, "pupils": "3"}, {"name": "x", "pupils": "99"}]
    )
    def test_bad_input_is_told(self, adam: PageClient, form: dict[str, str]) -> None:
        assert post(adam, "/classrooms", **form).status_code == 400


def test_a_number_of_pupils_that_cannot_be_is_told_on_the_page_of_the_class(
    cast: Cast, adam: PageClient
) -> None:
    answer = post(adam, f"/classrooms/{cast.zon}/pupils", pupils="99", **{"from": "class"})
    assert answer.status_code == 400
    page = page_of(answer)
    assert page.xpath("string(//h1)") == "Zon"
    assert page.xpath("//input[@name='pupils'][@autofocus]/@value") == ["99"]
    assert "is a whole number from 1 to" in page.xpath("string(//*[@id='pupils-told'])")


def test_a_class_is_renamed(cast: Cast, adam: PageClient) -> None:
    assert post(adam, f"/classrooms/{cast.zon}/name", name="Zonnetje").status_code == 303
    assert "Zonnetje" in words(adam, f"/classrooms/{cast.zon}")
    assert post(adam, f"/classrooms/{cast.zon}/name", name="Maan").status_code == 400
    assert post(adam, f"/classrooms/{cast.elsewhere}/name", name="Hier").status_code == 404


def test_the_teachers_are_those_that_are_ticked(
    app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn
) -> None:
    omar, tess = sign_in("omar"), sign_in("tess")
    chosen = [str(cast.people["omar"]), str(cast.people["fatma"]), "x"]
    assert post(adam, f"/classrooms/{cast.zon}/teachers", teachers=chosen).status_code == 303
    with app.app_context():
        assert teaching.teachers_of(cast.zon) == {cast.people["omar"]}
    assert omar.get(f"/classrooms/{cast.zon}/trend").status_code == 200
    assert tess.get(f"/classrooms/{cast.zon}/trend").status_code == 403


class TestSubstitutes:
    def add(self, adam: PageClient, cast: Cast, first: str, last: str):
        form = {"staff": cast.people["omar"], "first": first, "last": last}
        return post(adam, f"/classrooms/{cast.zon}/substitutes", **form)

    def test_the_class_opens_and_closes_by_itself(
        self, cast: Cast, adam: PageClient, sign_in: SignIn, clock: HeldClock
    ) -> None:
        assert self.add(adam, cast, TUESDAY, TUESDAY).status_code == 303
        trend, seen = f"/classrooms/{cast.zon}/trend", []
        for _ in range(3):
            seen.append(sign_in("omar").get(trend).status_code)
            clock.pass_time(days=1)
        assert seen == [403, 200, 403]

    def test_can_be_ended_at_once(self, cast: Cast, adam: PageClient, sign_in: SignIn) -> None:
        self.add(adam, cast, "2026-11-23", WEDNESDAY)
        omar, trend = sign_in("omar"), f"/classrooms/{cast.zon}/trend"
        assert omar.get(trend).status_code == 200
        page = page_of(adam.get(f"/classrooms/{cast.zon}"))
        (end,) = page.xpath("//form[contains(@action, '/end')]/@action")
        assert post(adam, end).status_code == 303
        assert omar.get(trend).status_code == 403
        assert post(adam, end).status_code == 404

    @pytest.mark.parametrize(
        ("first", "last", "told"),
        [
            ("", "", "Choose a day."),
            (WEDNESDAY, TUESDAY, "The last day is the first day or a later one."),
            ("2026-11-20", "2026-11-20", "This day is over."),
        ],
    )
    def test_days_that_cannot_be_are_told(
        self, cast: Cast, adam: PageClient, first: str, last: str, told: str
    ) -> None:
        answer = self.add(adam, cast, first, last)
        assert answer.status_code == 400
        assert told in answer.text


class TestChanges:
    def test_a_split_is_planned_shown_and_called_off(
        self, app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn, clock: HeldClock
    ) -> None:
        form = {"name": "Komeet", "stay": "8", "pupils": "6", "day": WEDNESDAY}
        assert post(adam, f"/classrooms/{cast.zon}/split", **form).status_code == 303
        told = words(adam, "/classrooms")
        assert "Splitting: Wednesday 25 November" in told
        assert "A change of Zon is planned for Wednesday 25 November" in words(
            adam, f"/classrooms/{cast.zon}"
        )
        again = post(adam, f"/classrooms/{cast.zon}/split", **form)
        assert again.status_code == 409
        page = page_of(adam.get("/classrooms", headers=ENGLISH))
        (undo,) = page.xpath("//form[contains(@action, '/undo')]/@action")
        post(adam, undo)
        with app.app_context():
            clock.pass_time(days=3)
            assert class_years.carry_out_due(clock.instant) == 0
        assert "Komeet" not in words(sign_in("adam"), "/classrooms")

    def test_a_split_keeps_what_was_typed(self, cast: Cast, adam: PageClient) -> None:
        form = {"name": "", "stay": "8", "pupils": "6", "day": WEDNESDAY}
        answer = post(adam, f"/classrooms/{cast.zon}/split", **form)
        assert answer.status_code == 400
        page = page_of(answer)
        assert page.xpath("//input[@name='stay']/@value") == ["8"]

    def test_closing_waits_for_the_care_team(self, app: Flask, cast: Cast, adam) -> None:
        with app.app_context():
            now = MONDAY_MORNING
            flags.add_flag(cast.school, cast.zon, "sudden-day", now.date(), 3.0, {}, now)
            db.session.commit()
        answer = post(adam, f"/classrooms/{cast.zon}/closure", day=WEDNESDAY)
        assert answer.status_code == 409
        assert "Ask the care team: they may have something to finish first." in answer.text

    def test_a_closed_class_is_among_those_that_have_ended(
        self, app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        adam = sign_in("adam")
        assert post(adam, f"/classrooms/{cast.zon}/closure", day=TUESDAY).status_code == 303
        with app.app_context():
            clock.pass_time(days=1)
            class_years.carry_out_due(clock.instant)
            assert tablets.tablets_of(cast.zon) == ()
        assert tablet.get("/tablet/today").status_code == 401
        adam = sign_in("adam")
        told = words(adam, "/classrooms", "//section[@aria-labelledby='archived']")
        assert "Zon from 31 August 2026, ended on 24 November 2026" in told
        assert adam.get(f"/classrooms/{cast.zon}/split").status_code == 404

    def test_a_merger_takes_another_class(self, cast: Cast, adam: PageClient) -> None:
        form = {"name": "Hemel", "pupils": "28", "day": WEDNESDAY}
        assert post(adam, f"/classrooms/{cast.zon}/merger", **form).status_code == 400
        form["others"] = str(cast.maan)
        assert post(adam, f"/classrooms/{cast.zon}/merger", **form).status_code == 303
        assert "Merging: Wednesday 25 November" in words(adam, "/classrooms")

    def test_the_new_year_copies_what_is_ticked(
        self, app: Flask, cast: Cast, adam: PageClient, clock: HeldClock
    ) -> None:
        page = page_of(adam.get("/classrooms/new-year"))
        assert page.xpath("//input[@name='day']/@value") == ["2027-08-02"]  # no holidays here
        form = {
            "day": WEDNESDAY,
            f"what-{cast.zon}": "go-on",
            f"name-{cast.zon}": "Zon",
            f"pupils-{cast.zon}": "18",
            f"tablets-{cast.zon}": "on",
            f"what-{cast.maan}": "leave",
        }
        assert post(adam, "/classrooms/new-year", **form).status_code == 303
        clock.pass_time(days=2)
        with app.app_context():
            class_years.carry_out_due(clock.instant)
            names = {one.name: one for one in schools.list_classrooms(cast.school)}
        assert set(names) == {"Zon", "Maan"}
        assert names["Zon"].id != cast.zon
        assert names["Zon"].pupils == 18

    @pytest.mark.parametrize(
        ("change", "status"),
        [({"day": "x"}, 400), ({"what": "leave"}, 400), ({"pupils": "0"}, 400)],
    )
    def test_a_new_year_that_cannot_be_changes_nothing(
        self, cast: Cast, adam: PageClient, change: dict[str, str], status: int
    ) -> None:
        given = {"day": WEDNESDAY, "what": "go-on", "name": "Zon", "pupils": "18"} | change
        form = {k if k == "day" else f"{k}-{cast.zon}": v for k, v in given.items()}
        assert post(adam, "/classrooms/new-year", **form).status_code == status
        assert "New school year:" not in words(adam, "/classrooms")
