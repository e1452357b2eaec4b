"""It takes a flag along the school's own structure: taken up, handed on, referred, closed."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from checkin.domain.flags import FlagState, Step
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import presence, reviewing
from checkin.storage import flags, staff, structures
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, about, add_flag, words, words_in
from tests.web.page_checks import page_of

TALK = {
    "talked_on": "2026-11-20",
    "talked_with": "guardian",
    "help": "interpreter",
    "language": "Tigrinya",
    "consent": "yes",
    "own_consent": "not-asked",
}

LAST = (Step.HANDED_ON, FlagState.ACKNOWLEDGED, MONDAY_MORNING)


@pytest.fixture
def flag(app: Flask, cast: Cast) -> int:
    """A flag of classroom Zon in a school where Inge holds every role but the teacher's."""
    with app.app_context():
        roles = tuple(
            role if role.is_of_classroom else replace(role, holders=(cast.people["inge"],))
            for role in DEFAULT_STRUCTURE.roles
        )
        structure = replace(DEFAULT_STRUCTURE, roles=roles)
        structures.add_version(cast.school, structure, date(2026, 8, 31), None)
        db.session.commit()
    return add_flag(app, cast)


def hand_on(client, flag: int, times: int = 1) -> None:
    for _ in range(times):
        form = {"note": "Voor jullie."}
        assert client.post(f"{about(flag)}/handing-on", data=form).status_code == 303


class TestStep:
    def test_says_where_it_is_with_whom_and_what_the_school_suggests(
        self, sign_in: SignIn, flag: int
    ) -> None:
        told = words(sign_in("inge"), about(flag), "//section[@aria-labelledby='first-step']")
        assert "Kijken en praten in de klas" in told
        assert "with Leerkracht of mentor: Tess" in told
        assert "Thursday 26 November" in told
        assert "Vraag de conciërge" in told

    def test_says_who_is_away_and_that_it_is_with_nobody(
        self, app: Flask, cast: Cast, sign_in: SignIn, flag: int, clock: HeldClock
    ) -> None:
        with app.app_context():
            tess = staff.find_person(cast.people["tess"])
            assert tess is not None
            day = clock().date()
            presence.note_absence(tess, tess.id, day, day, clock())
        inge = sign_in("inge")
        assert "with nobody: of Leerkracht of mentor nobody is there" in words(inge, about(flag))
        assert "Zon" in words(inge, "/review", "//section[@aria-labelledby='with-nobody']")
        main = page_of(inge.get("/review")).find(".//main")
        assert main.xpath(".//section[@aria-labelledby]/@aria-labelledby")[1] == "with-nobody"

    def test_shows_what_the_nights_did(
        self, app: Flask, sign_in: SignIn, flag: int, clock: HeldClock
    ) -> None:
        for _ in range(4):
            clock.pass_time(days=1)
            with app.app_context():
                reviewing.look_for_patterns(clock())
        inge = sign_in("inge")
        told = words(inge, about(flag), "//section[@aria-labelledby='steps']")
        assert "Reminder: not taken up yet" in told
        assert "Not taken up in time: it went to Intern begeleider" in told
        assert "went up a role" in words(inge, "/review", "//section[@aria-labelledby='overdue']")


class TestTakingUp:
    def test_is_asked_of_the_teacher_on_the_first_page_and_done_there(
        self, sign_in: SignIn, flag: int
    ) -> None:
        tess = sign_in("tess")
        assert page_of(tess.get("/home")).xpath(
            f"//section[@aria-labelledby='asked-heading']//a[@href='{about(flag)}']"
        )
        assert tess.post(f"{about(flag)}/taking-up").status_code == 303
        told = words(tess, about(flag))
        assert "in the hands of Tess" in told
        assert "asked-heading" not in tess.get("/home").text
        assert tess.post(f"{about(flag)}/notes", data={"note": "Kring."}).status_code == 303

    @pytest.mark.parametrize("name", ["omar", "hanna", "adam"])
    def test_is_for_whom_it_was_asked_of(self, sign_in: SignIn, flag: int, name: str) -> None:
        person = sign_in(name)
        assert person.post(f"{about(flag)}/taking-up").status_code == 403
        assert "asked-heading" not in person.get("/home").text

    def test_is_for_the_teacher_no_more_once_it_is_elsewhere(
        self, sign_in: SignIn, flag: int
    ) -> None:
        hand_on(sign_in("inge"), flag)
        assert sign_in("tess").post(f"{about(flag)}/taking-up").status_code == 403

    def test_comes_too_late_when_it_is_closed(self, sign_in: SignIn, flag: int) -> None:
        sign_in("inge").post(f"{about(flag)}/closure", data={"outcome": "no-cause"})
        assert sign_in("tess").post(f"{about(flag)}/taking-up").status_code == 409


def test_the_head_sees_how_many_are_overdue_and_not_which(
    sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    assert "taken up within" not in words(sign_in("hanna"), "/home")
    clock.pass_time(days=4)
    told = words(sign_in("hanna"), "/home")
    assert "1 flag was not taken up within the days of the care structure." in told
    assert "Zon" not in told


class TestHandingOn:
    def test_puts_it_at_the_next_step_with_a_note_for_who_gets_it(
        self, sign_in: SignIn, cast: Cast, flag: int
    ) -> None:
        inge = sign_in("inge")
        inge.post(f"{about(flag)}/assignment", data={"person": cast.people["omar"]})
        inge.post(f"{about(flag)}/handing-on", data={"note": "Al drie weken.", "handing": "1"})
        told = words(inge, about(flag))
        assert "The step it is at Contact met de leerkracht" in told
        assert "Handed on to Intern begeleider" in told
        assert "Al drie weken." in told
        assert "Put in the hands of Omar" in told
        assert "with Intern begeleider: Inge" in told

    def test_asks_for_it_to_be_acknowledged_anew(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        inge.post(f"{about(flag)}/acknowledgement")
        hand_on(inge, flag)
        assert "At the latest Monday 30 November" in words(inge, about(flag))
        inge.post(f"{about(flag)}/acknowledgement")
        assert "At the latest" not in words(inge, about(flag))

    def test_beyond_a_step_that_asks_for_it_waits_for_the_talk_with_parents(
        self, sign_in: SignIn, flag: int
    ) -> None:
        inge = sign_in("inge")
        hand_on(inge, flag, times=2)
        form = {"note": "Met het team besproken.", "handing": "1"}
        refused = inge.post(f"{about(flag)}/handing-on", data=form, headers=ENGLISH)
        assert refused.status_code == 409
        assert "First note the talk with parents or guardian" in words_in(refused)
        kept = page_of(refused).xpath("string(//textarea[@id='note-hand-on'])")
        assert kept == "Met het team besproken."
        assert inge.post(f"{about(flag)}/parents", data=TALK).status_code == 303
        hand_on(inge, flag)
        assert "Hulp van buiten zoeken" in words(inge, about(flag))

    def test_ends_at_the_last_step(self, app: Flask, sign_in: SignIn, flag: int) -> None:
        with app.app_context():
            flags.add_step(flag, *LAST, at_step="hulp-van-buiten")
            db.session.commit()
        inge = sign_in("inge")
        assert not page_of(inge.get(about(flag))).xpath(
            f"//form[@action='{about(flag)}/handing-on']"
        )
        refused = inge.post(f"{about(flag)}/handing-on", headers=JSON)
        assert refused.status_code == 409
        assert "last step" in sign_in("inge").post(
            f"{about(flag)}/handing-on", headers=ENGLISH
        ).get_data(as_text=True)

    @pytest.mark.parametrize("name", ["tess", "omar", "hanna"])
    def test_is_done_by_the_care_team(self, sign_in: SignIn, flag: int, name: str) -> None:
        assert sign_in(name).post(f"{about(flag)}/handing-on").status_code == 403


class TestParents:
    def test_are_noted_without_names(self, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        inge.post(f"{about(flag)}/parents", data=TALK)
        told = words(inge, about(flag), "//section[@aria-labelledby='parents']")
        assert "Fri 20 Nov: guardian (such as Nidos), with an interpreter (Tigrinya)." in told
        assert "Agreed: yes." in told
        assert "No names" in told

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"talked_on": ""}, "On which day was the talk?"),
            ({"talked_on": "2026-11-24"}, "That day is still to come."),
            ({"talked_on": "20 november"}, "Write a day as year, month and day"),
            ({"talked_on": "2026-W47-5"}, "Write a day as year, month and day"),
            ({"talked_with": "neighbour"}, "With whom was the talk"),
            ({"help": "google"}, "Was there an interpreter"),
            ({"consent": "maybe"}, "Was it agreed to"),
            ({"language": "x" * 41}, "The language is one word"),
        ],
        ids=str,
    )
    def test_says_what_is_wrong_and_keeps_the_rest(
        self, sign_in: SignIn, flag: int, wrong: dict[str, str], why: str
    ) -> None:
        refused = sign_in("inge").post(f"{about(flag)}/parents", data=TALK | wrong, headers=ENGLISH)
        assert refused.status_code == 400
        assert why in words_in(refused)
        page = page_of(refused)
        assert page.xpath("//details[@open]//input[@name='talked_on']")
        if "language" not in wrong:
            assert page.xpath("string(//input[@name='language']/@value)") == "Tigrinya"

    def test_are_not_for_a_teacher_who_does_not_have_it(self, sign_in: SignIn, flag: int) -> None:
        assert sign_in("tess").post(f"{about(flag)}/parents", data=TALK).status_code == 403

    def test_are_shown_only_to_who_reads_the_notes(self, sign_in: SignIn, flag: int) -> None:
        sign_in("inge").post(f"{about(flag)}/parents", data=TALK)
        assert "Tigrinya" not in words(sign_in("tess"), about(flag))


class TestClosing:
    def outcomes(self, client, flag: int) -> list[str]:
        return list(page_of(client.get(about(flag))).xpath("//input[@name='outcome']/@value"))

    def test_offers_what_its_step_allows(self, app: Flask, sign_in: SignIn, flag: int) -> None:
        inge = sign_in("inge")
        in_class = ["solved-in-class", "talked", "watched", "no-cause", "new-usual"]
        assert self.outcomes(inge, flag) == in_class
        with app.app_context():
            flags.add_step(flag, *LAST, at_step="hulp-van-buiten")
            db.session.commit()
        assert self.outcomes(inge, flag) == ["talked", "watched", "referred", "no-cause"]

    @pytest.mark.parametrize(
        ("outcome", "why"),
        [("referred", "does not end this step so"), ("handed-on", "stays open: use 'Hand on'")],
    )
    def test_refuses_what_its_step_does_not_allow(
        self, sign_in: SignIn, flag: int, outcome: str, why: str
    ) -> None:
        refused = sign_in("inge").post(
            f"{about(flag)}/closure",
            data={"outcome": outcome, "note": "Mijn tekst."},
            headers=ENGLISH,
        )
        assert refused.status_code == 400
        assert why in words_in(refused)
        assert page_of(refused).xpath("string(//textarea[@id='note-close'])") == "Mijn tekst."

    @pytest.mark.parametrize(
        ("talk", "why"),
        [
            (None, "First note the talk with parents or guardian"),
            ({"consent": "no"}, "Referring needs a yes"),
            ({"consent": "not-asked"}, "Referring needs a yes"),
            ({"own_consent": "no"}, "Pupils of 16 and over decide themselves"),
        ],
        ids=str,
    )
    def test_refers_only_after_the_talk_and_what_was_agreed(
        self, app: Flask, sign_in: SignIn, flag: int, talk: dict[str, str] | None, why: str
    ) -> None:
        with app.app_context():
            flags.add_step(flag, *LAST, at_step="hulp-van-buiten")
            db.session.commit()
        inge, form = sign_in("inge"), {"outcome": "referred", "note": "Naar het OKT."}
        if talk is not None:
            inge.post(f"{about(flag)}/parents", data=TALK | talk)
        refused = inge.post(f"{about(flag)}/closure", data=form, headers=ENGLISH)
        assert refused.status_code == 409
        assert why in words_in(refused)
        inge.post(f"{about(flag)}/parents", data=TALK)
        assert inge.post(f"{about(flag)}/closure", data=form).status_code == 303
        assert "Referred to help outside school" in words(inge, about(flag))
