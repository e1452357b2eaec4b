"""A new password: offered by an administrator who never sees it, or asked for by mail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.services import mailing, signing_in
from checkin.storage.database import db
from checkin.storage.rows import AuditRow, InvitationRow, MailRow
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn
from tests.web.joining import (
    ENGLISH,
    NEW_PASSWORD,
    choose,
    code_on,
    sheet_of,
    sign_in_as,
    text_of,
)
from tests.web.page_checks import PageClient, h1_of, page_of

TESS = "tess@school.example"


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


@pytest.fixture
def mailing_app(app: Flask) -> Flask:
    """The same school with a mail server; nothing is sent, as nobody keeps house."""
    config = app.extensions["checkin_config"]
    app.extensions["checkin_config"] = replace(
        config,
        smtp_url="smtp://127.0.0.1:9",
        mail_from="checkin@school.example",
        base_url="http://localhost",
    )
    return app


def offered_code(adam: PageClient, cast: Cast, name: str = "tess") -> str:
    address = f"/staff/{cast.people[name]}/password"
    return code_on(sheet_of(adam, adam.post(address, data={"way": "paper"}, headers=ENGLISH)))


def test_the_old_one_holds_until_the_new_one_is_chosen(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient, sign_in: SignIn
) -> None:
    tess = sign_in("tess")
    code = offered_code(adam, cast)
    assert sign_in_as(app, TESS, PASSWORD) is not None
    page = client.get(f"/join/{code}", headers=ENGLISH)
    assert h1_of(page) == "Choose a new password"
    assert tess.get("/home").status_code == 200
    assert choose(client, code).status_code == 303
    assert tess.get("/home").status_code == 303  # every session is over
    assert sign_in_as(app, TESS, PASSWORD) is None
    assert sign_in_as(app, TESS) is not None
    assert client.get("/home").status_code == 303  # choosing signs nobody in


def test_keeps_roles_and_language_as_they_are(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    with app.app_context():
        signing_in.set_locale(cast.people["tess"], "nl")
    choose(client, offered_code(adam, cast))
    tess = sign_in_as(app, TESS)
    assert tess is not None
    assert page_of(tess.get("/home")).get("lang") == "nl"
    assert tess.get(f"/classrooms/{cast.zon}/trend").status_code == 200


def test_only_an_administrator_offers_one(cast: Cast, sign_in: SignIn) -> None:
    for name in ("hanna", "inge", "tess"):
        answer = sign_in(name).post(f"/staff/{cast.people['omar']}/password")
        assert answer.status_code == 403, name


def test_a_second_offer_ends_the_first_and_so_does_leaving(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient, clock: HeldClock
) -> None:
    first = offered_code(adam, cast, "inge")
    second = offered_code(adam, cast, "inge")
    assert choose(client, first).status_code == 410
    assert adam.post(f"/staff/{cast.people['inge']}/leaving").status_code == 303
    assert choose(client, second).status_code == 410
    assert sign_in_as(app, "inge@school.example") is None


def test_is_in_the_record_with_who_offered_it(
    app: Flask, cast: Cast, adam: PageClient, client: PageClient
) -> None:
    choose(client, offered_code(adam, cast))
    with app.app_context():
        lines = db.session.scalars(select(AuditRow).order_by(AuditRow.number)).all()[-2:]
        tess = cast.people["tess"]
        noted = [(line.staff_id, line.what, line.subject) for line in lines]
        assert noted == [
            (cast.people["adam"], "password-offered", f"staff {tess}"),
            (tess, "password-set", f"staff {tess}"),
        ]


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("te kort", "At least 10 characters"),
        ("Tess-school-2026", "too little left"),
        ("Welkom2026!", "Many people have this password"),
        ("x" * 300, "At most 200"),
    ],
)
def test_a_password_that_others_would_try_is_refused_and_the_code_stays_good(
    cast: Cast, adam: PageClient, client: PageClient, password: str, told: str
) -> None:
    code = offered_code(adam, cast)
    refused = choose(client, code, password)
    assert refused.status_code == 400
    assert told in text_of(refused)
    assert password not in refused.get_data(as_text=True)
    assert choose(client, code).status_code == 303


def test_typed_differently_the_second_time_nothing_is_kept(
    cast: Cast, adam: PageClient, client: PageClient
) -> None:
    code = offered_code(adam, cast)
    form = {"password": NEW_PASSWORD, "again": "drie gele vissen"}
    refused = client.post(f"/join/{code}", data=form, headers=ENGLISH)
    assert refused.status_code == 400
    assert "not the same" in text_of(refused)
    assert choose(client, code).status_code == 303


def test_without_mail_whoever_forgot_is_told_whom_to_ask(client: PageClient) -> None:
    page = client.get("/forgotten", headers=ENGLISH)
    assert "Ask your administrator for a sheet" in text_of(page)
    assert "the only administrator yourself? Then ask whoever keeps the server" in text_of(page)
    assert not page_of(page).xpath("//input[@name='email']")
    assert client.post("/forgotten", data={"email": TESS}).status_code == 400


def test_asked_by_mail_the_answer_is_the_same_whether_there_is_such_an_address(
    mailing_app: Flask, client: PageClient
) -> None:
    def answer(email: str) -> tuple[int, str, list[tuple[str, str]]]:
        got = client.post("/forgotten", data={"email": email}, headers=ENGLISH)
        return got.status_code, got.get_data(as_text=True).replace(email, ""), list(got.headers)

    known, unknown = answer(TESS), answer("tosca@school.example")
    assert known[0] == unknown[0] == 200
    assert known[1] == unknown[1]
    lengths = len(TESS) - len("tosca@school.example")
    for (name, one), (_, other) in zip(known[2], unknown[2], strict=True):
        assert one == other or (name, int(one) - int(other)) == ("Content-Length", lengths)
    with mailing_app.app_context():
        assert [(m.kind, m.ended_at) for m in db.session.query(MailRow)] == [("password", None)]


def test_asking_again_and_again_is_slowed_for_every_address_alike(
    mailing_app: Flask, client: PageClient
) -> None:
    def asked(email: str) -> list[int]:
        return [client.post("/forgotten", data={"email": email}).status_code for _ in range(7)]

    assert asked(TESS) == asked("nobody@school.example") == [200] * 5 + [400] * 2
    with mailing_app.app_context():
        live = db.session.query(InvitationRow).filter(InvitationRow.withdrawn_at.is_(None))
        assert live.count() == 1


def test_nobody_who_left_or_never_joined_is_mailed(
    mailing_app: Flask, cast: Cast, client: PageClient, clock: HeldClock
) -> None:
    with mailing_app.app_context():
        signing_in.leave(cast.people["tess"], clock())
    assert client.post("/forgotten", data={"email": TESS}).status_code == 200
    with mailing_app.app_context():
        assert db.session.query(MailRow).count() == 0
        assert mailing.is_set_up()


def test_the_link_of_a_mail_is_made_when_it_goes_and_works_then(
    mailing_app: Flask, client: PageClient, clock: HeldClock
) -> None:
    from checkin.domain.mails import Kind
    from checkin.services.mailing_invitations import invitation_letter

    client.post("/forgotten", data={"email": TESS})
    with mailing_app.app_context():
        (made,) = db.session.query(InvitationRow)
        assert made.secret_hash is None
        letter = invitation_letter(Kind.PASSWORD, made.id, clock())
        db.session.commit()
        assert letter is not None
        token = letter.links[0].id
        assert len(token) >= 43
        late = clock() + timedelta(days=8)
        assert invitation_letter(Kind.PASSWORD, made.id, late) is None
    assert choose(client, token).status_code == 303
    assert sign_in_as(mailing_app, TESS) is not None
