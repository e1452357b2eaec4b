"""It lets the care team decide, follow up what was decided, and end in a list."""

from datetime import date

import pytest
from flask import Flask

from checkin.domain.release import Light
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, add_flag, add_light, add_week, words, words_in
from tests.web.page_checks import PageClient, page_of

LIST = "/review/2026-W48/decisions"


@pytest.fixture
def flag(app: Flask, cast: Cast) -> int:
    return add_flag(app, cast)


def decide(client: PageClient, flag: int, **form: str):
    whole = {"kind": "look", "who": "", "due_on": "2026-11-30", "note": "Bij de deur."} | form
    return client.post(f"/flags/{flag}/decisions", data=whole, headers=ENGLISH)


def part(id: str) -> str:
    return f"//section[@aria-labelledby='{id}']"


class TestMeeting:
    def test_begins_with_who_is_there_and_ends_with_the_list(
        self, cast: Cast, sign_in: SignIn, clock: HeldClock
    ) -> None:
        inge = sign_in("inge")
        assert "has not begun" in words(inge, "/review", part("meeting"))
        present = [cast.people["inge"], cast.people["tess"]]
        assert inge.post("/review/meeting", data={"present": present}).location == "/review"
        told = words(inge, "/review", part("meeting"))
        assert "Begun on Monday 23 November at 09:00" in told
        assert "Who is there: Inge, Tess" in told
        clock.pass_time(minutes=9)
        assert inge.post("/review/end").location == LIST
        told = words(inge, LIST)
        assert "Monday 23 November, 09:00 to 09:09. With Inge, Tess." in told
        assert "Nothing was decided in this week." in told

    def test_takes_nobody_of_another_school_for_present(self, cast: Cast, sign_in: SignIn) -> None:
        inge = sign_in("inge")
        inge.post("/review/meeting", data={"present": [cast.people["otto"], "x", "9" * 30, "-1"]})
        assert "Who is there: Inge" in words(inge, "/review", part("meeting"))

    def test_begins_by_itself_with_the_first_decision(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        decide(inge, flag)
        assert "Begun on" in words(inge, "/review", part("meeting"))


class TestDeciding:
    def test_puts_it_on_the_list_and_in_somebodys_hands(
        self, cast: Cast, sign_in: SignIn, flag: int
    ) -> None:
        inge = sign_in("inge")
        assert decide(inge, flag, who=str(cast.people["omar"])).status_code == 303
        line = "Look in the class: Bij de deur. (Omar), by Mon 30 Nov"
        told = words(inge, "/review", part("in-hand"))
        assert f"Decided: {line}" in told
        assert line in words(inge, f"/flags/{flag}", part("decided-here"))
        assert "in the hands of Omar" in words(inge, f"/flags/{flag}")
        row = words(inge, LIST, "//table//tbody/tr")
        assert "Zon: More heavy cards than usual, day after day Look in the class" in row
        assert "Omar Mon 30 Nov" in row

    def test_without_anybody_acknowledges_it(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        decide(inge, flag)
        assert "Zon" in words(inge, "/review", part("in-hand"))
        assert "Nothing new waits." in words(inge, "/review")

    def test_twice_the_same_is_one_decision(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        for _ in range(2):
            assert decide(inge, flag).status_code == 303
        assert len(page_of(inge.get(LIST)).xpath("//tbody/tr")) == 1
        decide(inge, flag, note="En bij het hek.")
        assert len(page_of(inge.get(LIST)).xpath("//tbody/tr")) == 2

    def test_goes_on_with_the_next_item(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        first = add_flag(app, cast)
        second = add_flag(app, cast, date(2026, 11, 16), "slow-drift")
        page = page_of(sign_in("inge").get("/review"))
        hidden = "//article[@id='flag-{}']//form//input[@name='next']/@value"
        assert set(page.xpath(hidden.format(first))) == {f"/review#flag-{second}"}
        assert set(page.xpath(hidden.format(second))) == {"/review#decided"}

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"kind": ""}, "Choose what is going to be done."),
            ({"kind": "other", "note": ""}, "Write in a few words what is going to be done."),
            ({"note": "n" * 101}, "A decision has 100 characters at most."),
            ({"due_on": "monday"}, "Write a day as year, month and day"),
            ({"due_on": "2026-11-20"}, "That day is past."),
            ({"who": "9999"}, "Choose somebody of this school, or nobody."),
        ],
        ids=str,
    )
    def test_says_what_is_wrong_where_it_is_and_keeps_the_rest(
        self, sign_in: SignIn, flag: int, wrong: dict[str, str], why: str
    ) -> None:
        inge = sign_in("inge")
        refused = decide(inge, flag, **{"note": "Wij bellen."} | wrong)
        assert refused.status_code == 400
        item = f"//article[@id='flag-{flag}']//details[@open]"
        assert why in words_in(refused, item)
        kept = page_of(refused).xpath(f"string({item}//input[@name='note']/@value)")
        assert kept == wrong.get("note", "Wij bellen.")
        assert not page_of(inge.get(LIST)).xpath("//tbody/tr")

    def test_is_told_when_the_flag_was_closed_meanwhile(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        inge.post(f"/flags/{flag}/closure", data={"outcome": "no-cause"})
        refused = decide(inge, flag)
        assert refused.status_code == 409
        told = words_in(refused, "//*[@role='alert']")
        assert "This flag was closed meanwhile" in told
        assert "You wrote: Bij de deur." in told

    def test_can_be_about_a_class_or_the_school(self, cast: Cast, sign_in: SignIn) -> None:
        inge = sign_in("inge")
        for classroom in (str(cast.maan), ""):
            form = {"classroom": classroom, "kind": "other", "note": "Materiaal."}
            assert inge.post("/review/decisions", data=form).location == "/review"
        rows = page_of(inge.get(LIST, headers=ENGLISH)).xpath("//tbody/tr/th")
        assert [row.text_content() for row in rows] == ["Maan", "The school"]
        for classroom in (str(cast.elsewhere), "99", "x"):
            form = {"classroom": classroom, "kind": "other", "note": "Materiaal."}
            refused = inge.post("/review/decisions", data=form, headers=ENGLISH)
            assert refused.status_code == 400
            assert "Choose a class of this school." in words_in(refused, "//details[@open]")

    def test_a_refusal_stays_in_the_review_with_what_is_wrong_in_focus(
        self, sign_in: SignIn, flag: int
    ) -> None:
        refused = page_of(decide(sign_in("inge"), flag, kind=""))
        assert refused.xpath("//nav//a[@aria-current='page']/@href") == ["/review"]
        (focused,) = refused.xpath("//*[@autofocus]")
        assert focused.text_content() == "Choose what is going to be done."
        assert (focused.get("role"), focused.get("tabindex")) == ("alert", "-1")

    def test_is_not_for_another_school(self, sign_in: SignIn, flag: int) -> None:
        assert decide(sign_in("otto"), flag).status_code == 404
        assert "Zon" not in words(sign_in("otto"), LIST)


class TestFollowingUp:
    @pytest.fixture
    def inge(self, sign_in: SignIn, flag: int, clock: HeldClock) -> PageClient:
        """Inge, a week after something was decided about a flag."""
        decide(sign_in("inge"), flag)
        clock.pass_time(days=7)
        return sign_in("inge")

    def answer(self, client: PageClient, follow_up: str):
        return client.post("/decisions/1/follow-up", data={"follow_up": follow_up}, headers=ENGLISH)

    def test_asks_of_last_weeks_decisions(self, inge: PageClient) -> None:
        told = words(inge, "/review", part("follow-up"))
        assert "Look in the class: Bij de deur., by Mon 30 Nov week 48" in told
        for word in ("Done", "Not done", "Carry on"):
            assert word in told

    @pytest.mark.parametrize(("follow_up", "word"), [("done", "Done"), ("not-done", "Not done")])
    def test_keeps_what_came_of_it(self, inge: PageClient, follow_up: str, word: str) -> None:
        assert self.answer(inge, follow_up).location == "/review"
        assert words(inge, "/review", part("follow-up")).endswith(word)
        assert f"{word} : Zon" in words(inge, "/review/2026-W49/decisions", part("followed"))
        assert word in words(inge, LIST, "//tbody/tr/td[last()]")

    def test_carries_it_on_to_this_weeks_list(self, inge: PageClient) -> None:
        for _ in range(2):
            assert self.answer(inge, "carried-on").status_code == 303
        rows = page_of(inge.get("/review/2026-W49/decisions", headers=ENGLISH)).xpath("//tbody/tr")
        assert [" ".join(row.text_content().split()) for row in rows] == [
            "Zon: More heavy cards than usual, day after day Look in the class: Bij de deur."
            " (carried on) Mon 7 Dec still open"
        ]

    def test_keeps_the_first_answer_and_says_so(self, inge: PageClient) -> None:
        self.answer(inge, "done")
        self.answer(inge, "not-done")
        told = words(inge, "/review")
        assert "Somebody answered this before; that answer stays." in told
        assert told.count("Not done") == 0

    @pytest.mark.parametrize("follow_up", ["", "open", "perhaps"])
    def test_asks_for_an_answer(self, inge: PageClient, follow_up: str) -> None:
        assert self.answer(inge, follow_up).status_code == 400

    def test_is_not_for_another_school(self, inge: PageClient, sign_in: SignIn) -> None:
        assert self.answer(sign_in("otto"), "done").status_code == 404
        assert sign_in("inge").post("/decisions/99/follow-up").status_code == 404


class TestList:
    @pytest.mark.parametrize(
        "week", ["2026-W54", "2026-W00", "9999-W53", "0000-W01", "now", "2026-W1", "2026-W480"]
    )
    def test_knows_no_week_that_is_none(self, sign_in: SignIn, week: str) -> None:
        assert sign_in("inge").get(f"/review/{week}/decisions").status_code == 404

    def test_of_a_week_without_a_review_says_so(self, sign_in: SignIn) -> None:
        told = words(sign_in("inge"), "/review/2026-W40/decisions")
        assert "No review was held in this week." in told

    def test_names_what_was_closed_in_the_week(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        inge.post(f"/flags/{flag}/closure", data={"outcome": "talked"})
        assert "Talked about it." in words(inge, LIST, part("closed"))
        assert "Talked about it." not in words(inge, "/review/2026-W47/decisions")

    def test_on_paper_has_no_links_into_flags(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        decide(inge, flag)
        page = page_of(inge.get(f"{LIST}?print=1"))
        assert not page.xpath("//main//table//a")
        assert page.xpath("//link[contains(@href, 'paper.css')]")


@pytest.mark.parametrize("name", ["tess", "hanna", "adam"])
def test_is_closed_to_everybody_else(sign_in: SignIn, flag: int, name: str) -> None:
    person = sign_in(name)
    assert person.get(LIST).status_code == 403
    assert decide(person, flag).status_code == 403
    for path in ("/review/meeting", "/review/end", "/review/decisions", "/decisions/1/follow-up"):
        assert person.post(path).status_code == 403


class TestClassLine:
    def write(self, client: PageClient, cast: Cast, line: str):
        return client.post(f"/classrooms/{cast.zon}/line", data={"line": line}, headers=ENGLISH)

    def test_of_a_teacher_stands_on_the_review(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        add_light(app, cast.zon, date(2026, 11, 16), Light.SOME)
        tess, trend = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
        answer = self.write(tess, cast, "  Samen\r\nbewogen.  ")
        assert answer.location == f"{trend}#line"
        assert "week 48 Samen bewogen. Tess" in words(tess, trend, part("line-heading"))
        assert "week 48: Samen bewogen." in words(sign_in("inge"), "/review", part("classes"))

    def test_is_one_a_week_and_can_be_taken_away(
        self, cast: Cast, sign_in: SignIn, clock: HeldClock
    ) -> None:
        tess, trend = sign_in("tess"), f"/classrooms/{cast.zon}/trend"
        for line in ("Eén.", "Twee."):
            self.write(tess, cast, line)
        assert "Eén." not in words(tess, trend)
        clock.pass_time(days=7)
        tess = sign_in("tess")
        self.write(tess, cast, "Drie.")
        told = words(tess, trend, part("line-heading"))
        assert "week 49 Drie. Tess week 48 Twee. Tess" in told
        self.write(tess, cast, "")
        assert "week 49 Drie" not in words(tess, trend, part("line-heading"))

    def test_offers_ideas_from_what_helped_the_class(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        coping = {"talk": "<10%", "move": "40%", "rest": "20%", "think": "10%"}
        add_week(app, cast.zon, "2026-W47", {"happy": "50%"}, coping)
        told = words(sign_in("tess"), f"/classrooms/{cast.zon}/trend", part("line-heading"))
        assert "moving together between two lessons a quiet corner" in told
        assert "talk in pairs" not in told

    def test_has_a_length(self, cast: Cast, sign_in: SignIn) -> None:
        refused = self.write(sign_in("tess"), cast, "x" * 161)
        assert refused.status_code == 400
        assert "160 characters at most" in words_in(refused)

    @pytest.mark.parametrize(("name", "status"), [("inge", 403), ("omar", 403), ("fatma", 403)])
    def test_is_written_by_its_teacher(
        self, cast: Cast, sign_in: SignIn, name: str, status: int
    ) -> None:
        assert self.write(sign_in(name), cast, "Ik.").status_code == status
