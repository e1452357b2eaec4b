"""The draft says what it lacks and changes; the head puts it in force, and nobody unread."""

from datetime import date

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.storage import structures
from checkin.storage.database import db
from checkin.storage.rows import StaffRoleRow
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import page_of
from tests.web.structures import DRAFT, begin, form_of, held_by_cast, put_in_force, send

TODAY = "2026-11-23"


@pytest.fixture
def cast(app: Flask, cast: Cast) -> Cast:
    put_in_force(app, cast, held_by_cast(cast))
    return cast


def approve(client, valid_from=TODAY, edition="0"):
    form = {"valid_from": valid_from, "edition": edition}
    return client.post(f"{DRAFT}/approval", data=form, headers=ENGLISH)


def in_force(app, cast, day=date(2026, 11, 23)):
    with app.app_context():
        return structures.in_force(cast.school, day)


def test_offers_to_begin_where_there_is_none(sign_in: SignIn) -> None:
    for address in (DRAFT, f"{DRAFT}/whole", f"{DRAFT}/roles"):
        assert "There is no draft now." in words(sign_in("inge"), address)


def test_a_first_draft_is_filled_in_from_the_accounts(cast: Cast, sign_in: SignIn) -> None:
    told = words(begin(sign_in("inge")), DRAFT)
    assert "Draft of version 2" in told
    assert "Begun by Inge on Monday 23 November." in told
    assert "Directeur, who has it: now Hanna." in told


def test_a_second_beginning_keeps_the_draft(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    begin(begin(sign_in("inge")))
    assert "Begun by Inge" in words(begin(sign_in("hanna")), DRAFT)


def test_says_what_is_missing_with_a_way_to_mend_it(cast: Cast, sign_in: SignIn) -> None:
    answer = begin(sign_in("inge")).get(DRAFT, headers=ENGLISH)
    assert "Aandachtsfunctionaris: nobody has this role yet." in words_in(answer)
    links = page_of(answer).xpath("//section[@aria-labelledby='missing']//a/@href")
    assert f"{DRAFT}/roles" in links
    assert f"{DRAFT}/referrals" in links


def test_says_in_words_what_it_changes(cast: Cast, sign_in: SignIn) -> None:
    inge = begin(sign_in("inge"))
    form = form_of(inge, "steps")
    form["1-school_days"], form["1-remind_after"] = ["8"], [""]
    assert send(inge, "steps", form).status_code == 303
    told = words(inge, DRAFT)
    assert "Intern begeleider has 8 school days instead of 5: Contact met de leerkracht" in told
    assert "reminder after how many school days: no longer 3." in told
    assert "Last changed by Inge" in told


def test_can_be_read_as_a_whole(cast: Cast, sign_in: SignIn) -> None:
    told = words(begin(sign_in("inge")), f"{DRAFT}/whole")
    assert "This is not in force yet." in told
    assert "Directeur Hanna nobody yet" in told


def test_the_head_puts_it_in_force(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    begin(sign_in("inge"))
    hanna = sign_in("hanna")
    answer = approve(hanna)
    assert (answer.status_code, answer.location) == (303, "/structure")
    told = words(hanna, "/structure")
    assert "Version 2 is approved and holds from 23 November 2026." in told
    assert "Version 2, in force since 23 November 2026" in told
    assert in_force(app, cast).approved_by == cast.people["hanna"]


def test_the_care_team_does_not_where_there_is_a_head(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    inge = begin(sign_in("inge"))
    assert "The head of the school approves it, and reads" in words(inge, DRAFT)
    assert approve(inge).status_code == 403
    assert in_force(app, cast).version == 1


def test_the_care_team_does_where_there_is_none(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    with app.app_context():
        db.session.query(StaffRoleRow).filter_by(role=Role.HEAD.value).delete()
        db.session.commit()
    inge = begin(sign_in("inge"))
    assert approve(inge).status_code == 303
    assert in_force(app, cast).version == 2


@pytest.mark.parametrize("typed", ["", "soon", "2026-11-22", "2028-01-01", "2026-02-30"])
def test_asks_again_for_a_day_it_cannot_hold_from(
    app: Flask, cast: Cast, sign_in: SignIn, typed: str
) -> None:
    hanna = begin(sign_in("hanna"))
    answer = approve(hanna, typed)
    assert answer.status_code == 400
    assert "Choose today or a later day, within a year." in words_in(answer)
    assert page_of(answer).xpath("//input[@name='valid_from']/@value") == [typed]
    assert in_force(app, cast).version == 1


def test_nobody_approves_what_somebody_changed_since(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    inge, hanna = begin(sign_in("inge")), sign_in("hanna")
    form = form_of(inge, "vision")
    form["0-vision"] = ["Samen."]
    assert send(inge, "vision", form).status_code == 303
    for edition in ("0", "x", ""):
        answer = approve(hanna, edition=edition)
        assert answer.status_code == 409
        assert "Inge changed the draft since you read it." in words_in(answer)
    assert in_force(app, cast).version == 1
    assert approve(hanna, edition="1").status_code == 303


def test_a_draft_can_be_given_up(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    inge = begin(sign_in("inge"))
    answer = inge.post(f"{DRAFT}/removal", data={"edition": "7"}, headers=ENGLISH)
    assert answer.status_code == 409
    assert inge.post(f"{DRAFT}/removal", data={"edition": "0"}).status_code == 303
    assert "There is no draft now." in words(inge, DRAFT)


def test_whoever_comes_too_late_is_told_that_the_draft_is_gone(cast: Cast, sign_in: SignIn) -> None:
    inge, hanna = begin(sign_in("inge")), sign_in("hanna")
    assert approve(hanna).status_code == 303
    for path in ("approval", "removal"):
        late = hanna.post(f"{DRAFT}/{path}", data={"edition": "0"}, headers=ENGLISH)
        assert late.status_code == 303
        assert "There is no draft any more" in words(hanna, "/structure")
    assert inge.post(f"{DRAFT}/removal", data={"edition": "0"}).status_code == 303


def test_the_head_reads_on_the_first_page_that_a_changed_draft_waits(sign_in: SignIn) -> None:
    inge, waits = sign_in("inge"), "waits for your approval"
    begin(inge)
    assert waits not in words(sign_in("hanna"), "/home")
    form = form_of(inge, "vision") | {"0-vision": ["Wij kijken samen."]}
    assert send(inge, "vision", form).status_code == 303
    page = page_of(sign_in("hanna").get("/home", headers=ENGLISH))
    assert page.xpath(f"//p[contains(., '{waits}')]/a[@href='{DRAFT}']")
    assert waits not in words(inge, "/home")
    assert approve(sign_in("hanna"), edition="1").status_code == 303
    assert waits not in words(sign_in("hanna"), "/home")
