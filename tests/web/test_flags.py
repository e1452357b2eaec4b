"""It takes a flag from new to closed; each person sees their own part, and each look is noted."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from checkin.domain.flags import KeptBack
from checkin.domain.release import Light
from checkin.storage import flags
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, JSON, NUMBERS, about, add_flag, add_light, words, words_in
from tests.web.page_checks import page_of


@pytest.fixture
def flag(app: Flask, cast: Cast) -> int:
    return add_flag(app, cast)


class TestList:
    def test_says_in_words_that_nothing_waits(self, sign_in: SignIn) -> None:
        assert "Nothing waits." in words(sign_in("inge"), "/flags")

    def test_groups_by_state_newest_first(
        self, app: Flask, cast: Cast, sign_in: SignIn, flag: int
    ) -> None:
        older = add_flag(app, cast, date(2026, 11, 16), "sudden-day")
        closed = add_flag(app, cast, date(2026, 10, 5), "sudden-day")
        inge = sign_in("inge")
        inge.post(f"{about(closed)}/closure", data={"outcome": "no-cause"})
        page = page_of(inge.get("/flags", headers=ENGLISH))
        assert page.xpath("//section[@aria-labelledby='raised']//h3/a/@href") == [
            about(flag),
            about(older),
        ]
        assert page.xpath("//section[@aria-labelledby='closed']//h3/a/@href") == [about(closed)]

    def test_answers_a_program(self, sign_in: SignIn, cast: Cast, flag: int) -> None:
        answer = sign_in("inge").get("/flags.json", headers=ENGLISH)
        assert answer.json == {
            "flags": [
                {
                    "id": flag,
                    "classroom": cast.zon,
                    "pattern": "sustained-rise",
                    "state": "raised",
                    "raised_on": "2026-11-23",
                    "text": "From Tuesday 17 November to Monday 23 November, over 4 school days, "
                    "about 60% of the cards were heavy; usual in this class is about 20%.",
                }
            ]
        }

    def test_holds_nothing_of_another_school(self, sign_in: SignIn, flag: int) -> None:
        assert sign_in("otto").get("/flags.json").json == {"flags": []}


class TestPage:
    def test_gives_the_rule_its_numbers_and_what_it_cannot_tell(
        self, app: Flask, cast: Cast, sign_in: SignIn, flag: int
    ) -> None:
        add_light(app, cast.zon, date(2026, 11, 18), Light.MANY)
        told = words(sign_in("inge"), about(flag))
        assert "Heavy cards then about 60%" in told
        assert "Usual in this class about 20%, over the 30 school days before" in told
        assert "It cannot see one child." in told
        assert "Wed 18 Nov, check-in: many heavy cards" in told

    def test_says_the_ends_as_ends(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        numbers = {"share_now": 0.8, "share_usual": 0.2, "days": 1, "usual_days": 30}
        flag = add_flag(app, cast, pattern="sudden-day", numbers=numbers)
        told = words(sign_in("inge"), about(flag))
        assert "80% or more of the cards were heavy; usual in this class is 20% or less." in told

    def test_shows_a_rule_it_has_no_words_for(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        flag = add_flag(app, cast, pattern="new-rule", numbers={})
        assert "A rule noticed something on Monday 23 November." in words(
            sign_in("inge"), about(flag)
        )

    def test_notes_each_look(self, sign_in: SignIn, flag: int) -> None:
        words(sign_in("tess"), about(flag))
        seen = words(sign_in("inge"), about(flag), "//section[@aria-labelledby='seen']")
        assert "Tess Monday 23 November, 09:00" in seen
        assert "Inge Monday 23 November, 09:00" in seen

    def test_shows_the_teacher_the_steps_but_not_the_notes(
        self, sign_in: SignIn, flag: int
    ) -> None:
        inge, tess = sign_in("inge"), sign_in("tess")
        inge.post(f"{about(flag)}/notes", data={"note": "Sprak met het team."})
        assert "Sprak met het team." in words(inge, about(flag))
        told = words(tess, about(flag))
        assert "A first step" in told
        assert "What was done Raised by the rule" in told
        assert "Sprak" not in told
        assert not page_of(tess.get(about(flag))).xpath("//main//form")
        assert tess.post(f"{about(flag)}/notes", data={"note": "x"}).status_code == 403

    @pytest.mark.parametrize("name", ["omar", "hanna", "adam"])
    def test_is_closed_to_others_of_the_school(self, sign_in: SignIn, flag: int, name: str) -> None:
        assert sign_in(name).get(about(flag)).status_code == 403

    @pytest.mark.parametrize("name", ["fatma", "otto", "anna"])
    def test_does_not_exist_for_another_school(self, sign_in: SignIn, flag: int, name: str) -> None:
        assert sign_in(name).get(about(flag)).status_code == 404
        assert sign_in(name).post(f"{about(flag)}/notes", data={"note": "x"}).status_code == 404

    def test_does_not_exist_when_it_was_never_raised(self, sign_in: SignIn) -> None:
        assert sign_in("inge").get("/flags/99").status_code == 404


class TestSteps:
    def test_acknowledges_once(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        for _ in range(2):
            answer = inge.post(f"{about(flag)}/acknowledgement")
            assert (answer.status_code, answer.location) == (303, about(flag))
        assert words(inge, about(flag), "//ol[@class='steps']").count("Acknowledged") == 1

    def test_answers_a_program_with_the_flag(self, sign_in: SignIn, flag: int) -> None:
        answer = sign_in("inge").post(f"{about(flag)}/acknowledgement", headers=JSON)
        assert answer.status_code == 200
        assert (answer.json["flag"]["id"], answer.json["flag"]["state"]) == (flag, "acknowledged")

    def test_leads_back_within_the_site_only(self, sign_in: SignIn, flag: int) -> None:
        inge, address = sign_in("inge"), f"{about(flag)}/acknowledgement"
        assert inge.post(address, data={"next": "/review"}).location == "/review"
        assert inge.post(address, data={"next": "//evil.example"}).location == about(flag)

    def test_gives_it_to_somebody_who_then_sees_and_notes(
        self, sign_in: SignIn, cast: Cast, flag: int
    ) -> None:
        inge, omar = sign_in("inge"), sign_in("omar")
        inge.post(f"{about(flag)}/notes", data={"note": "Kijk je mee?"})
        inge.post(f"{about(flag)}/assignment", data={"person": cast.people["omar"]})
        told = words(omar, about(flag))
        assert "in the hands of Omar" in told
        assert "Kijk je mee?" in told
        assert omar.post(f"{about(flag)}/notes", data={"note": "Doe ik."}).status_code == 303
        assert omar.post(f"{about(flag)}/closure", data={"outcome": "talked"}).status_code == 403

    def test_tells_whoever_has_it_in_hand_on_the_first_page(
        self, sign_in: SignIn, cast: Cast, flag: int
    ) -> None:
        inge, omar = sign_in("inge"), sign_in("omar")
        assert about(flag) not in omar.get("/home").text
        inge.post(f"{about(flag)}/assignment", data={"person": cast.people["omar"]})
        assert f'href="{about(flag)}"' in omar.get("/home").text
        inge.post(f"{about(flag)}/closure", data={"outcome": "talked"})
        assert f'href="{about(flag)}"' not in omar.get("/home").text

    @pytest.mark.parametrize("name", ["hanna", "adam"])
    def test_gives_it_to_nobody_who_sees_no_mood(
        self, sign_in: SignIn, cast: Cast, flag: int, name: str
    ) -> None:
        inge, person = sign_in("inge"), cast.people[name]
        assert not page_of(inge.get(about(flag))).xpath(f"//option[@value='{person}']")
        refused = inge.post(f"{about(flag)}/assignment", data={"person": person})
        assert refused.status_code == 400
        assert sign_in(name).get(about(flag)).status_code == 403

    @pytest.mark.parametrize("name", ["fatma", "nobody"])
    def test_gives_it_to_nobody_outside_the_school(
        self, sign_in: SignIn, cast: Cast, flag: int, name: str
    ) -> None:
        person = cast.people.get(name, 9999)
        refused = sign_in("inge").post(
            f"{about(flag)}/assignment", data={"person": person}, headers=ENGLISH
        )
        assert refused.status_code == 400
        assert "Choose who takes this in hand." in words_in(refused)

    def test_keeps_a_note_that_is_too_long_on_screen(self, sign_in: SignIn, flag: int) -> None:
        refused = sign_in("inge").post(f"{about(flag)}/notes", data={"note": "n" * 2001})
        assert refused.status_code == 400
        assert "n" * 2001 in page_of(refused).xpath("string(//textarea[@id='note-only'])")

    def test_refuses_an_empty_note(self, sign_in: SignIn, flag: int) -> None:
        assert sign_in("inge").post(f"{about(flag)}/notes", data={"note": " "}).status_code == 400


class TestClosing:
    def test_closes_with_an_outcome_and_a_note(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        form = {"outcome": "solved-in-class", "note": "Kringgesprek."}
        assert inge.post(f"{about(flag)}/closure", data=form).status_code == 303
        told = words(inge, about(flag))
        assert "Closed: Solved in class" in told
        assert "Kringgesprek." in told

    def test_takes_json_too(self, sign_in: SignIn, flag: int) -> None:
        answer = sign_in("inge").post(f"{about(flag)}/closure", json={"outcome": "talked"})
        assert (answer.status_code, answer.json["flag"]["state"]) == (200, "closed")

    @pytest.mark.parametrize("outcome", ["", "happy-end"])
    def test_asks_how_it_ended_and_keeps_the_note(
        self, sign_in: SignIn, flag: int, outcome: str
    ) -> None:
        form = {"outcome": outcome, "note": "Kringgesprek."}
        refused = sign_in("inge").post(f"{about(flag)}/closure", data=form, headers=ENGLISH)
        assert refused.status_code == 400
        assert "Choose how this ended." in words_in(refused)
        assert page_of(refused).xpath("string(//textarea[@id='note-close'])") == "Kringgesprek."
        assert page_of(refused).xpath("string(//textarea[@id='note-only'])") == ""

    def test_says_who_closed_it_before_and_keeps_the_note(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        inge.post(f"{about(flag)}/closure", data={"outcome": "no-cause"})
        form = {"outcome": "talked", "note": "Mijn verslag."}
        refused = inge.post(f"{about(flag)}/closure", data=form, headers=ENGLISH)
        assert refused.status_code == 409
        told = "This flag was closed by Inge on Monday 23 November at 09:00: No cause found."
        assert told in words_in(refused)
        assert "Mijn verslag." in words_in(refused, "//textarea")

    @pytest.mark.parametrize("step", ["acknowledgement", "notes", "assignment", "closure"])
    def test_takes_no_step_after_the_end(
        self, sign_in: SignIn, cast: Cast, flag: int, step: str
    ) -> None:
        inge = sign_in("inge")
        inge.post(f"{about(flag)}/closure", data={"outcome": "no-cause"})
        form = {"outcome": "talked", "note": "x", "person": cast.people["omar"]}
        refused = inge.post(f"{about(flag)}/{step}", data=form, headers=JSON)
        assert refused.status_code == 409
        assert refused.json.keys() == {"error"}


@pytest.mark.parametrize("body", ["[]", '"closed"', '{"outcome": ["talked"]}', "{"])
def test_answers_json_that_is_no_form(sign_in: SignIn, flag: int, body: str) -> None:
    answer = sign_in("inge").post(
        f"{about(flag)}/closure", data=body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json["error"]


class TestNewUsual:
    def test_is_an_ending_for_what_lasts(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        page = page_of(inge.get(about(flag)))
        assert page.xpath("//input[@name='outcome'][@value='new-usual']")
        answer = inge.post(f"{about(flag)}/closure", data={"outcome": "new-usual"})
        assert answer.status_code == 303
        assert "This is the new usual for this class" in words(inge, about(flag))

    def test_is_none_for_one_day_or_good_news(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        inge = sign_in("inge")
        for pattern in ("sudden-day", "recovery"):
            flag = add_flag(app, cast, pattern=pattern, numbers=COUNTED)
            assert not page_of(inge.get(about(flag))).xpath("//input[@value='new-usual']")
            data = {"outcome": "new-usual", "note": "Zo is het nu."}
            answer = inge.post(f"{about(flag)}/closure", data=data, headers=ENGLISH)
            assert answer.status_code == 400
            assert "Zo is het nu." in answer.text


COUNTED = {
    "share_now": 0.3,
    "share_usual": 0.2,
    "share_raised": 0.6,
    "told_on": "2026-11-16",
    "days": 3,
    "usual_days": 0,
}


class TestGoodNews:
    def test_stands_apart_and_leads_to_the_flag_it_follows(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        rise = add_flag(app, cast, date(2026, 11, 16))
        news = add_flag(app, cast, pattern="recovery", numbers=COUNTED)
        inge = sign_in("inge")
        for address in ("/flags", "/review"):
            apart = page_of(inge.get(address)).xpath("//section[@aria-labelledby='good-news']")[0]
            assert about(news) in apart.xpath(".//h3/a/@href")
            assert about(rise) not in apart.xpath(".//h3/a/@href")
        assert page_of(inge.get(about(news))).xpath(f"//main//a[@href='{about(rise)}']")
        assert page_of(inge.get(about(rise))).xpath(f"//main//a[@href='{about(news)}']")

    def test_once_read_is_not_in_hand(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        news = add_flag(app, cast, date(2026, 10, 5), "recovery", COUNTED)
        inge = sign_in("inge")
        assert "Good news" in words(inge, "/review")
        inge.post(f"{about(news)}/acknowledgement")
        told = words(inge, "/review")
        assert "Nothing is in hand." in told
        assert "Good news" not in told


class TestListed:
    def test_stands_apart_says_why_and_can_be_taken_up(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        with app.app_context():
            numbers = {**NUMBERS, "since": "2026-11-17"}
            waits = flags.add_flag(
                *(cast.school, cast.zon, "sustained-rise", date(2026, 11, 23), 3.0, numbers),
                *(datetime(2026, 11, 23, 12, tzinfo=UTC), KeptBack.FULL_WEEK),
            )
            db.session.commit()
        inge = sign_in("inge")
        for address in ("/flags", "/review"):
            told = words(inge, address, "//section[@aria-labelledby='listed']")
            assert "Listed: this week has enough new flags; stronger ones went first." in told
        assert "Nothing new waits." in words(inge, "/review")
        inge.post(f"{about(waits)}/acknowledgement")
        assert "Zon" in words(inge, "/review", "//section[@aria-labelledby='in-hand']")


class TestHands:
    def test_names_everybody_who_had_it_also_when_it_is_closed(
        self, cast: Cast, sign_in: SignIn, flag: int
    ) -> None:
        inge = sign_in("inge")
        for name in ("tess", "inge"):
            inge.post(f"{about(flag)}/assignment", data={"person": cast.people[name]})
        inge.post(f"{about(flag)}/closure", data={"outcome": "talked"})
        told = words(inge, about(flag))
        assert "Put in the hands of Tess" in told
        assert "Put in the hands of Inge" in told
        assert "was in the hands of Inge" in told
