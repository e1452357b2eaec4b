"""An administrator invites; the person chooses a password, once, and is what was chosen here."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.domain.access import Role
from checkin.services import passwords, signing_in
from checkin.storage import joining
from checkin.storage.database import db
from checkin.storage.rows import AuditRow, InvitationRow, StaffRow
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.joining import (
    ENGLISH,
    FORM,
    NEW_PASSWORD,
    choose,
    code_on,
    invite,
    invited_code,
    sheet_of,
    sign_in_as,
    text_of,
)
from tests.web.page_checks import PageClient, h1_of, page_of

NORA = FORM["email"]


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def nora_of(cast: Cast) -> StaffRow:
    return db.session.scalars(select(StaffRow).where(StaffRow.email == NORA)).one()


def test_brings_somebody_in_from_the_sheet_to_the_first_page(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    code = invited_code(adam, classrooms=[str(cast.zon)])
    typed = f"{code[:4]} {code[4:8].lower()}-{code[8:]}"
    found = client.post("/join", data={"code": typed}, headers=ENGLISH)
    assert found.status_code == 303
    page = client.get(found.location, headers=ENGLISH)
    assert h1_of(page) == "Welcome, Nora Smit"
    assert "Adam gives you an account" in text_of(page)
    assert choose(client, code).location == "/sign-in"
    nora = sign_in_as(app, NORA)
    assert nora is not None
    assert nora.get(f"/classrooms/{cast.zon}/trend").status_code == 200
    assert nora.get(f"/classrooms/{cast.maan}/trend").status_code == 403
    assert nora.get("/staff").status_code == 403
    with app.app_context():
        assert nora_of(cast).locale == "en"


def test_shows_before_joining_what_the_roles_will_see(adam: PageClient, client: PageClient) -> None:
    code = invited_code(adam, roles=["head"])
    lines = page_of(client.get(f"/join/{code}", headers=ENGLISH)).xpath("//dl//dd/..")
    seen = {line.findtext("dt"): line.findtext("dd") for line in lines}
    assert seen["Lights, trend and what helps in a class"] == "no"
    assert seen["The school as a whole, without single classes"] == "yes"
    assert seen["One flag, and its steps"].endswith("no mood")


def test_an_account_without_a_password_signs_in_with_nothing(
    app: Flask, cast: Cast, adam: PageClient, clock: HeldClock
) -> None:
    invite(adam)
    for password in ("", "nobody has this password", NEW_PASSWORD):
        assert sign_in_as(app, NORA, password) is None
    with app.app_context():
        assert not passwords.verify("", "nobody has this password")
        id = nora_of(cast).id
        assert id not in [one.id for one in signing_in.list_staff(cast.school)]
        with pytest.raises(signing_in.WrongPassword):  # also not by a passkey, or from elsewhere
            signing_in.open_session(id, signing_in.ELSEWHERE, clock())


def test_keeps_no_code_anywhere_but_on_the_sheet(app: Flask, adam: PageClient) -> None:
    code = invited_code(adam)
    with app.app_context():
        raw = db.engine.raw_connection()
        dump = "\n".join(raw.driver_connection.iterdump())
        raw.close()
    assert code not in dump
    assert len(code) == 16
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{16}", code)


def test_the_sheet_shows_the_same_code_again_and_a_square_for_a_camera(adam: PageClient) -> None:
    answer = invite(adam)
    first, again = sheet_of(adam, answer), sheet_of(adam, answer)
    assert code_on(first) == code_on(again) != ""
    assert page_of(first).xpath("//*[@role='img']//*[local-name()='svg']//*[local-name()='path']")
    assert "localhost/join" in text_of(first)


def test_another_browser_cannot_see_the_sheet(adam: PageClient, sign_in: SignIn) -> None:
    location = invite(adam).location
    other = sign_in("adam").get(location, headers=ENGLISH)
    assert other.status_code == 404
    assert h1_of(other) == "There is no sheet to show"


def test_works_once(app: Flask, adam: PageClient, client: PageClient) -> None:
    code = invited_code(adam)
    assert choose(client, code).status_code == 303
    second = choose(client, code, "vier andere woorden")
    assert second.status_code == 410
    assert "It has been used" in text_of(second)
    assert client.get(f"/join/{code}").status_code == 410
    assert sign_in_as(app, NORA, "vier andere woorden") is None
    assert sign_in_as(app, NORA) is not None


def test_lasts_a_week(adam: PageClient, client: PageClient, clock: HeldClock) -> None:
    code = invited_code(adam)
    clock.pass_time(days=7, seconds=-1)
    assert client.get(f"/join/{code}").status_code == 200
    clock.pass_time(seconds=1)
    late = choose(client, code)
    assert late.status_code == 410
    assert "more than a week old" in text_of(late)


def test_is_withdrawn_and_the_person_is_then_unknown(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    code = invited_code(adam)
    with app.app_context():
        id = nora_of(cast).id
    assert adam.post(f"/staff/{id}/invitation/withdrawal").status_code == 303
    assert client.get(f"/join/{code}").status_code == 404
    assert choose(client, code).status_code == 404
    with app.app_context():
        assert joining.find_member(id) is None
    assert adam.post(f"/staff/{id}/invitation/withdrawal").status_code == 404


def test_made_again_the_first_no_longer_works(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    first = invited_code(adam)
    with app.app_context():
        id = nora_of(cast).id
    second = code_on(sheet_of(adam, adam.post(f"/staff/{id}/invitation", data={"way": "paper"})))
    gone = choose(client, first)
    assert gone.status_code == 410
    assert "Use the newest" in text_of(gone)
    assert choose(client, second).status_code == 303


def test_only_an_administrator_invites(sign_in: SignIn) -> None:
    for name in ("hanna", "inge", "tess"):
        assert invite(sign_in(name)).status_code == 403
    assert "Invite somebody" not in text_of(sign_in("hanna").get("/staff", headers=ENGLISH))


def test_nobody_of_another_school_finds_it(
    app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn
) -> None:
    invited_code(adam)
    with app.app_context():
        id = nora_of(cast).id
    anna = sign_in("anna")
    assert "Nora" not in text_of(anna.get("/staff"))
    for path in ("invitation", "invitation/withdrawal", "password", "sessions/end", "leaving"):
        assert anna.post(f"/staff/{id}/{path}").status_code == 404, path
    for path in ("", "/paper", "/sees", "/leaving", "/return"):
        assert anna.get(f"/staff/{id}{path}").status_code == 404, path


def test_guessing_at_a_code_gets_slow_and_slows_nobody_with_another(
    adam: PageClient, client: PageClient
) -> None:
    code = invited_code(adam)
    place = code[:4]
    wrongs = [f"{place}{'ABCDEFGHJKLM'[n]}{'A' * 11}" for n in range(6)]
    answers = [client.post("/join", data={"code": wrong}, headers=ENGLISH) for wrong in wrongs]
    assert [one.status_code for one in answers] == [400] * 6
    assert "Retry-After" not in answers[3].headers
    assert "Retry-After" in answers[5].headers
    assert client.get(f"/join/{code}").status_code == 429  # the right one too: no telling
    elsewhere = f"{'B' if place[0] == 'A' else 'A'}{code[1:]}"
    other = client.post("/join", data={"code": elsewhere}, headers=ENGLISH)
    assert "Retry-After" not in other.headers


def test_is_in_the_record_by_number_alone(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    choose(client, invited_code(adam))
    with app.app_context():
        id = nora_of(cast).id
        lines = db.session.scalars(select(AuditRow).order_by(AuditRow.number)).all()
        noted = [(line.staff_id, line.what, line.subject) for line in lines][-2:]
    assert noted == [
        (cast.people["adam"], "invited", f"staff {id}: teacher; classes {cast.zon}"),
        (id, "joined", f"staff {id}"),
    ]


def test_is_forgotten_a_month_after_its_last_day_with_who_never_came(
    app: Flask, adam: PageClient, clock: HeldClock
) -> None:
    from checkin.services import forgetting

    invited_code(adam)
    with app.app_context():
        for days, left in ((36, 1), (38, 0)):
            forgetting.forget(clock() + timedelta(days=days))
            db.session.rollback()
            assert db.session.query(InvitationRow).count() == left
            assert db.session.query(StaffRow).filter(StaffRow.email == NORA).count() == left


def test_a_role_is_what_was_chosen_here_and_nothing_the_person_sends(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    code = invited_code(adam)
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD, "roles": "admin", "classrooms": "2"}
    assert client.post(f"/join/{code}", data=form).status_code == 303
    with app.app_context():
        row = nora_of(cast)
        assert [one.role for one in row.roles] == [Role.TEACHER.value]
        assert [one.classroom_id for one in row.teaching] == [cast.zon]


def test_withdrawing_asks_first(adam: PageClient) -> None:
    invite(adam)
    (form,) = page_of(adam.get("/staff", headers=ENGLISH)).xpath(
        "//details[summary]/form[contains(@action, '/invitation/withdrawal')]"
    )
    assert "what you filled in is forgotten" in form.text_content()
    assert "Yes, withdraw" in form.text_content()
