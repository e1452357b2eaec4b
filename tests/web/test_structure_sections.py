"""A section of the draft is changed in a form; whatever is wrong with it, nothing typed is lost."""

import pytest
from flask import Flask

from checkin.domain.structure import Section
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of
from tests.web.structures import (
    DRAFT,
    begin,
    fields_in,
    form_of,
    held_by_cast,
    number_of,
    put_in_force,
    send,
    stored_draft,
)


@pytest.fixture
def cast(app: Flask, cast: Cast) -> Cast:
    put_in_force(app, cast, held_by_cast(cast))
    return cast


@pytest.fixture
def inge(cast: Cast, sign_in: SignIn) -> PageClient:
    return begin(sign_in("inge"))


def problems_in(answer) -> list[str]:
    page = page_of(answer)
    assert page.xpath("//*[@role='alert']"), "says at the top that nothing is saved"
    for named in page.xpath("//*[@aria-invalid]/@aria-describedby"):
        assert page.xpath(f"//*[@id='{named}']")
    return [" ".join(p.text_content().split()) for p in page.xpath("//*[@class='problem']")]


@pytest.mark.parametrize("section", list(Section))
def test_saving_a_form_untouched_changes_nothing(
    app: Flask, cast: Cast, inge: PageClient, section: str
) -> None:
    before = stored_draft(app, cast)
    assert send(inge, section, form_of(inge, section)).status_code == 303
    assert stored_draft(app, cast) == before


def test_there_is_no_other_section(inge: PageClient) -> None:
    assert inge.get(f"{DRAFT}/money").status_code == 404
    assert inge.post(f"{DRAFT}/money").status_code == 404


def test_a_role_gets_holders_and_a_deputy(app: Flask, cast: Cast, inge: PageClient) -> None:
    form, people = form_of(inge, "roles"), cast.people
    n = number_of(form, "aandacht")
    form[f"{n}-holders"] = [str(people["tess"]), "", str(people["omar"])]
    form[f"{n}-deputy"] = [str(people["hanna"])]
    answer = send(inge, "roles", form)
    assert (answer.status_code, answer.location) == (303, DRAFT)
    role = stored_draft(app, cast).role("aandacht")
    assert (role.holders, role.deputy) == ((people["tess"], people["omar"]), people["hanna"])
    assert "Saved in the draft: Roles." in words(inge, DRAFT)


def test_nobody_stands_in_for_the_own_role(app: Flask, cast: Cast, inge: PageClient) -> None:
    form = form_of(inge, "roles")
    n = number_of(form, "ib")
    form[f"{n}-deputy"], form[f"{n}-label"] = form[f"{n}-holders"][:1], ["Zorgcoördinator"]
    answer = send(inge, "roles", form)
    assert answer.status_code == 400
    assert len(problems_in(answer)) == 1
    assert fields_in(answer)[f"{n}-label"] == ["Zorgcoördinator"]  # nothing typed is lost
    assert stored_draft(app, cast).role("ib").label == "Intern begeleider"


def test_somebody_of_another_school_cannot_be_given_a_role(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "roles")
    form[f"{number_of(form, 'ib')}-deputy"] = [str(cast.people["otto"])]
    answer = send(inge, "roles", form)
    assert problems_in(answer) == ["This choice is not there any more. Choose again."]


def test_a_part_is_added_below_and_an_empty_one_is_none(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "roles")
    form["0-label"] = ["Mentor"]
    added = send(inge, "roles", form, do="another")
    assert added.status_code == 200
    form = fields_in(added)
    assert form["0-label"] == ["Mentor"]
    assert send(inge, "roles", form).status_code == 303
    assert len(stored_draft(app, cast).roles) == 10
    form = fields_in(send(inge, "roles", form_of(inge, "roles"), do="another"))
    form["10-label"] = ["Gymdocent"]
    assert send(inge, "roles", form).status_code == 303
    new = stored_draft(app, cast).roles[-1]
    assert (new.id, new.label, new.scope) == ("gymdocent", "Gymdocent", "school")


def test_a_part_that_others_name_is_not_removed(app: Flask, cast: Cast, inge: PageClient) -> None:
    form = form_of(inge, "roles")
    form[f"{number_of(form, 'team')}-remove"] = ["1"]
    answer = send(inge, "roles", form)
    assert answer.status_code == 400
    assert "“Ondersteuningsteam” still needs a role that you remove." in words_in(answer)
    form = form_of(inge, "roles")
    form[f"{number_of(form, 'vertrouwen')}-remove"] = ["1"]
    assert send(inge, "roles", form).status_code == 303
    assert stored_draft(app, cast).find_role("vertrouwen") is None


def test_a_level_that_gets_another_number_takes_its_steps_along(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "levels")
    for n in range(4):
        form[f"{n}-order"] = [str(n)]  # 0 to 3 instead of 1 to 4
    assert send(inge, "levels", form).status_code == 303
    draft = stored_draft(app, cast)
    assert [level.order for level in draft.levels] == [0, 1, 2, 3]
    assert [step.level for step in draft.ordered_steps] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"1-order": ["1"]}, "Two of them have the number 1."),
        ({"3-remove": ["1"]}, "“Hulp van buiten zoeken” is still at a level that you remove."),
        ({"2-remove": ["1"], "3-order": ["3"]}, "is still at a level that you remove."),
    ],
)
def test_levels_that_do_not_hold_together_are_told(
    app: Flask, cast: Cast, inge: PageClient, changes: dict[str, list[str]], told: str
) -> None:
    answer = send(inge, "levels", form_of(inge, "levels") | changes)
    assert answer.status_code == 400
    assert told in words_in(answer)
    assert len(stored_draft(app, cast).levels) == 4


def test_a_step_is_changed_in_all_its_parts(app: Flask, cast: Cast, inge: PageClient) -> None:
    form = form_of(inge, "steps") | {
        "1-label": ["  Samen   kijken "],
        "1-level": ["3"],
        "1-owner": ["team"],
        "1-school_days": ["0"],
        "1-remind_after": [""],
        "1-escalates_to": [""],
        "1-parents_first": ["1"],
        "1-outcomes": ["talked", "no-cause"],
        "1-first_steps": ["Een\r\n\r\n  Twee  "],
    }
    assert send(inge, "steps", form).status_code == 303
    step = stored_draft(app, cast).step("met-ib")
    assert (step.label, step.level, step.owner) == ("Samen kijken", 3, "team")
    assert (step.school_days, step.remind_after, step.escalates_to) == (0, None, "")
    assert (step.parents_first, step.outcomes) == (True, ("talked", "no-cause"))
    assert step.first_steps == ("Een", "Twee")


@pytest.mark.parametrize(
    ("section", "changes", "told"),
    [
        ("steps", {"0-label": [" "]}, "This needs a name."),
        ("steps", {"0-school_days": [""]}, "Say within how many school days."),
        ("steps", {"0-school_days": ["-1"]}, "A whole number from 0 to 40."),
        ("steps", {"0-school_days": ["3.5"]}, "A whole number from 0 to 40."),
        ("steps", {"0-school_days": ["41"]}, "A whole number from 0 to 40."),
        ("steps", {"0-school_days": ["²"]}, "A whole number from 0 to 40."),
        ("steps", {"0-remind_after": ["3"]}, "A reminder comes before the last day."),
        ("steps", {"0-owner": [""]}, "Choose a role."),
        ("steps", {"0-owner": ["queen"]}, "This choice is not there any more."),
        ("steps", {"0-outcomes": ["talked", "gold"]}, "This choice is not there any more."),
        ("steps", {"0-first_steps": ["\n".join("abcdefghijklm")]}, "At most 12 lines."),
        ("steps", {"0-label": ["x" * 121]}, "This is 1 letter too long."),
        ("levels", {"0-order": [""]}, "A level needs a number."),
        ("levels", {"0-content": ["x" * 700]}, "This is 100 letters too long."),
        ("vision", {"0-vision": ["x" * 602]}, "This is 2 letters too long."),
        ("meetings", {"0-weeks": ["0"]}, "A whole number from 1 to 26."),
        ("meetings", {"0-dates": ["23-11-2026\n31-02-2027"]}, "'31-02-2027' is no day."),
        ("routes", {"0-step": [""]}, "Choose a step."),
        ("referrals", {"0-organisation": [""]}, "This needs a name."),
        ("referrals", {"0-kind": [""]}, "Choose what you go there with."),
        ("referrals", {"0-checked_on": ["2026-11-24"]}, "This day is still to come."),
        ("referrals", {"0-checked_on": ["yesterday"]}, "'yesterday' is no day."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_stays_typed(
    app: Flask,
    cast: Cast,
    inge: PageClient,
    section: str,
    changes: dict[str, list[str]],
    told: str,
) -> None:
    before, form = stored_draft(app, cast), form_of(inge, section) | changes
    answer = send(inge, section, form)
    assert answer.status_code == 400
    (problem,) = problems_in(answer)
    assert problem.startswith(told)
    (name,) = changes
    typed = fields_in(answer).get(name, [""])
    lost = {"queen", "gold"} & set(changes[name])  # no option of a list says so
    assert lost or [t.strip() for t in typed] == [c.strip() for c in changes[name]]
    assert stored_draft(app, cast) == before


def test_a_meeting_is_every_so_many_weeks_or_on_days(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "meetings")
    form["0-weeks"], form["1-dates"] = ["2"], ["14-12-2026\r\n2026-12-01"]
    assert send(inge, "meetings", form).status_code == 303
    told = words(inge, f"{DRAFT}/whole")
    assert "Weekbespreking , every 2 weeks" in told
    assert "Ondersteuningsteam , on 1 December 2026, 14 December 2026" in told


def test_an_entry_of_the_social_map_is_checked_with_one_tick(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "referrals")
    form["3-contact"], form["3-checked_today"] = ["Loket, 010 - 1"], ["1"]
    assert send(inge, "referrals", form).status_code == 303
    assert "Loket, 010 - 1 Checked on 23 November 2026" in words(inge, f"{DRAFT}/whole")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"rows": ["x"]},
        {"rows": ["99999999999"]},
        {"rows": ["3"], "0-label": ["a"]},
        {"rows": ["1"], "0-id": ["ib"], "0-label": ["<script>"], "seen": ["x"]},
    ],
)
@pytest.mark.parametrize("section", list(Section))
def test_a_form_no_browser_sends_never_ends_in_trouble(
    inge: PageClient, section: str, form: dict[str, list[str]]
) -> None:
    for do in ("save", "another", "dance"):
        answer = inge.post(f"{DRAFT}/{section}", data=form | {"do": [do]}, headers=ENGLISH)
        assert answer.status_code in (200, 303, 400, 409)


def test_a_role_that_only_meetings_name_leaves_them_and_it_is_told(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "roles")
    form[f"{number_of(form, 'jgz')}-remove"] = ["1"]
    assert send(inge, "roles", form).status_code == 303
    told = words(inge, "/structure/draft")
    assert "What you removed is no longer in these meetings: Ondersteuningsteam." in told
    draft = stored_draft(app, cast)
    assert draft.find_role("jgz") is None
    assert draft.meetings[1].members == ("ib", "team", "smw", "okt")


def test_a_refusal_leads_to_what_still_needs_it_and_keeps_the_form(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "roles")
    for role in ("ib", "conciërge"):
        form[f"{number_of(form, role)}-remove"] = ["1"]
    form["0-label"] = ["Mentor van de groep"]
    answer = send(inge, "roles", form)
    assert answer.status_code == 400
    page = page_of(answer)
    assert page.xpath("//p[@role='alert']/a/@href") == ["/structure/draft/levels"]
    assert page.xpath("//input[@name='0-label']/@value") == ["Mentor van de groep"]
    assert page.xpath(f"//input[@name='{number_of(form, 'ib')}-remove'][@checked]")


def test_a_meeting_that_would_have_nobody_is_where_the_refusal_leads(
    app: Flask, cast: Cast, inge: PageClient
) -> None:
    form = form_of(inge, "meetings")
    form["0-members"] = ["vertrouwen"]
    assert send(inge, "meetings", form).status_code == 303
    form = form_of(inge, "roles")
    form[f"{number_of(form, 'vertrouwen')}-remove"] = ["1"]
    answer = send(inge, "roles", form)
    assert answer.status_code == 400
    assert "“Weekbespreking” still needs a role" in words_in(answer)
    assert page_of(answer).xpath("//p[@role='alert']/a/@href") == ["/structure/draft/meetings"]
