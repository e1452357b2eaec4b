"""It signs staff in, keeps them signed in for a while, and makes guessing slow."""

import hashlib
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from lxml.html import HtmlElement
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from checkin.domain.access import Role
from checkin.services import passwords, signing_in
from checkin.services.signing_in import WaitFirst, WrongPassword
from checkin.storage.database import db
from checkin.storage.rows import GuessRow, SessionRow, StaffRow
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser, close, make_app
from tests.web.page_checks import PageClient, h1_of, page_of

TESS = "tess@school.example"


def send(
    client: PageClient, email: str = TESS, password: str = PASSWORD, **more: str
) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def next_of(page: HtmlElement) -> list[str]:
    return page.xpath("//form[@action='/sign-in']//input[@name='next']/@value")


def is_signed_in(client: PageClient) -> bool:
    return client.get("/home").status_code == 200


def test_shows_a_form(client: PageClient) -> None:
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert page_of(answer).xpath("//form[@action='/sign-in']//input[@type='password']")


def test_opens_the_staff_page_after_the_right_password(client: PageClient) -> None:
    answer = send(client)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert is_signed_in(client)
    assert h1_of(client.get("/home")).endswith("Tess")


def test_takes_the_address_in_capitals_and_with_spaces(client: PageClient) -> None:
    assert send(client, " Tess@School.Example ").status_code == 303


def test_takes_a_password_that_another_keyboard_wrote_otherwise(app: Flask, cast: Cast) -> None:
    with app.app_context():
        signing_in.add_staff(cast.school, "zoe@x.example", "Zoë", "caf\u00e9 and tea", [Role.IB])
    assert send(browser(app), "zoe@x.example", "cafe\u0301 and tea").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [(TESS, "wrong"), ("nobody@school.example", PASSWORD), ("", ""), (TESS, "")],
)
def test_answers_401_and_keeps_the_address_when_they_do_not_fit(
    client: PageClient, email: str, password: str
) -> None:
    answer = send(client, email, password)
    assert answer.status_code == 401
    assert page_of(answer).xpath("//input[@id='email']/@value") == [email]
    assert page_of(answer).xpath("//*[@role='alert']")
    assert not page_of(answer).xpath("//input[@id='password']/@value[. != '']")
    assert not is_signed_in(client)


def test_does_not_tell_whether_an_address_exists(client: PageClient) -> None:
    known, unknown = send(client, TESS, "wrong"), send(client, "tiss@school.example", "wrong")
    assert known.text.replace("tess@", "tiss@") == unknown.text


def test_does_the_same_work_for_an_unknown_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    verify = PasswordHasher.verify

    def record(self: PasswordHasher, known: str, password: str) -> bool:
        checked.append(extract_parameters(known))
        return verify(self, known, password)

    monkeypatch.setattr(PasswordHasher, "verify", record)
    for email in (TESS, "nobody@school.example"):
        assert send(browser(app), email, "wrong").status_code == 401
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_goes_on_to_the_page_that_was_asked_for(client: PageClient) -> None:
    asked = client.get("/structure")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/structure")
    form = page_of(client.get(asked.location))
    assert next_of(form) == ["/structure"]
    assert send(client, next="/structure").location == "/structure"


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "evil", ""],
)
def test_never_goes_on_to_another_site(client: PageClient, away: str) -> None:
    assert send(client, next=away).location == "/home"
    assert next_of(page_of(client.get("/sign-in", query_string={"next": away}))) == []


def test_keeps_the_cookie_from_scripts_and_other_sites(client: PageClient) -> None:
    cookie = send(client).headers["Set-Cookie"]
    assert cookie.startswith("checkin_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_stores_only_the_hash_of_the_token(app: Flask, client: PageClient) -> None:
    send(client)
    token = client.get_cookie("checkin_session").value
    assert len(token) >= 43  # 256 bits
    with app.app_context():
        rows = db.session.scalars(select(SessionRow)).all()
    assert [row.token_hash for row in rows] == [hashlib.sha256(token.encode()).digest()]


def test_stores_an_argon2id_hash(app: Flask) -> None:
    with app.app_context():
        hashes = db.session.scalars(select(StaffRow.password_hash)).all()
    assert all(known.startswith("$argon2id$") for known in hashes)


def test_signs_out_by_post_only(client: PageClient) -> None:
    send(client)
    token = client.get_cookie("checkin_session").value
    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out").status_code == 303
    assert client.get_cookie("checkin_session") is None
    client.set_cookie("checkin_session", token)
    assert not is_signed_in(client)


def test_ends_the_session_before_when_somebody_signs_in_anew(client: PageClient) -> None:
    send(client)
    before = client.get_cookie("checkin_session").value
    send(client)
    assert client.get_cookie("checkin_session").value != before
    client.set_cookie("checkin_session", before)
    assert not is_signed_in(client)


def test_stays_signed_in_while_used(client: PageClient, clock: HeldClock) -> None:
    send(client)
    for _ in range(12):
        clock.pass_time(minutes=55)
        assert is_signed_in(client)


def test_ends_after_an_hour_unused(client: PageClient, clock: HeldClock) -> None:
    send(client)
    clock.pass_time(minutes=59, seconds=59)
    assert is_signed_in(client)
    clock.pass_time(minutes=60)
    assert not is_signed_in(client)


def test_ends_after_twelve_hours_however_used(client: PageClient, clock: HeldClock) -> None:
    send(client)
    for _ in range(23):
        clock.pass_time(minutes=31)
        is_signed_in(client)
    clock.pass_time(minutes=6, seconds=59)
    assert is_signed_in(client)
    clock.pass_time(seconds=1)
    assert not is_signed_in(client)


def test_notes_its_use_once_a_minute_at_most(
    app: Flask, client: PageClient, clock: HeldClock
) -> None:
    def seen_at() -> object:
        with app.app_context():
            return db.session.scalar(select(SessionRow.seen_at))

    send(client)
    first = seen_at()
    clock.pass_time(seconds=59)
    is_signed_in(client)
    assert seen_at() == first
    clock.pass_time(seconds=1)
    is_signed_in(client)
    assert seen_at() == clock.instant


def test_lets_nobody_in_who_left(
    app: Flask, client: PageClient, cast: Cast, clock: HeldClock
) -> None:
    send(client)
    with app.app_context():
        signing_in.leave(cast.people["tess"], clock())
        assert "Tess" not in [person.name for person in signing_in.list_staff(cast.school)]
        assert db.session.scalar(select(func.count()).select_from(SessionRow)) == 0
    assert not is_signed_in(client)
    assert send(client).status_code == 401


def test_asks_at_every_look_whether_somebody_left(
    app: Flask, client: PageClient, clock: HeldClock
) -> None:
    send(client)
    with app.app_context():
        db.session.scalars(select(StaffRow).where(StaffRow.email == TESS)).one().left_at = clock()
        db.session.commit()
    assert not is_signed_in(client)


def test_forgets_sessions_that_are_over(app: Flask, sign_in: SignIn, clock: HeldClock) -> None:
    sign_in("tess")
    clock.pass_time(minutes=59)
    still = sign_in("omar")
    clock.pass_time(minutes=2)
    with app.app_context():
        assert signing_in.forget_sessions(clock()) == 1
    assert is_signed_in(still)


def test_makes_guessing_wait_longer_and_longer(app: Flask, clock: HeldClock) -> None:
    waits = []
    with app.app_context():
        for _ in range(15):
            with pytest.raises(WrongPassword):
                signing_in.sign_in(TESS, "wrong", clock())
            try:
                signing_in.sign_in(TESS, "wrong", clock())
            except WaitFirst as wait:
                waits.append(wait.seconds)
                clock.pass_time(seconds=wait.seconds)
            except WrongPassword:
                waits.append(0)
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300]


def test_counts_a_guess_before_it_is_tried(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(*_: object) -> bool:
        failures.append(db.session.scalar(select(GuessRow.failures)))
        return False

    failures: list[int | None] = []
    monkeypatch.setattr(passwords, "verify", count)
    for _ in range(3):
        send(client)
    assert failures == [1, 2, 3]


def test_answers_a_right_password_with_the_wait_too(client: PageClient, clock: HeldClock) -> None:
    for _ in range(5):
        send(client, password="wrong")
    answer = send(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (401, "2")
    assert "2 seconden" in " ".join(page_of(answer).xpath("//*[@role='alert']/text()"))
    clock.pass_time(seconds=2)
    assert send(client).status_code == 303


def test_makes_an_unknown_address_wait_alike(client: PageClient) -> None:
    for _ in range(5):
        send(client, "nobody@school.example", "wrong")
    assert "Retry-After" in send(client, "nobody@school.example", "wrong").headers


def test_makes_nobody_wait_for_another_ones_guesses(client: PageClient) -> None:
    for _ in range(6):
        send(client, "omar@school.example", "wrong")
    assert send(client).status_code == 303


def test_forgives_the_guesses_after_the_right_password(app: Flask, client: PageClient) -> None:
    for _ in range(4):
        send(client, password="wrong")
    send(client)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GuessRow)) == 0


def test_hashes_anew_when_the_parameters_changed(app: Flask, client: PageClient) -> None:
    passwords.use_hasher(app, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert send(client).status_code == 303
    with app.app_context():
        known = db.session.scalar(select(StaffRow.password_hash).where(StaffRow.email == TESS))
    assert known is not None
    assert "m=16,t=2,p=1" in known
    assert send(client).status_code == 303


@pytest.mark.parametrize(
    ("email", "name", "password", "why"),
    [
        ("new@school.example", "New", "too short", "at least 10 characters"),
        ("no address", "New", PASSWORD, "not an e-mail address"),
        ("@", "New", PASSWORD, "not an e-mail address"),
        ("new@school.example", " ", PASSWORD, "needs a name"),
        ("TESS@school.example", "New", PASSWORD, "already"),
    ],
)
def test_says_why_a_person_cannot_be_added(
    app: Flask, cast: Cast, email: str, name: str, password: str, why: str
) -> None:
    with app.app_context(), pytest.raises(ValueError, match=why):
        signing_in.add_staff(cast.school, email, name, password, [Role.IB])


def test_lists_the_staff_of_one_school_only(app: Flask, cast: Cast) -> None:
    with app.app_context():
        names = [person.name for person in signing_in.list_staff(cast.school)]
    assert names == ["Adam", "Hanna", "Inge", "Omar", "Tess"]


DEMO = {
    "staff": [
        {
            "name": "Tess Demo",
            "email": TESS,
            "password": PASSWORD,
            "roles": ["teacher"],
            "classrooms": [1],
        }
    ],
    "classrooms": [{"id": 1, "name": "Zon", "pupils": 14, "card_set": 8}],
    "tablets": [{"classroom": 1, "token": "..."}],
}


def test_signs_in_at_a_click_in_a_demo(folder: Path, clock: HeldClock) -> None:
    app = make_app(folder, clock, is_demo=True)
    app.extensions["checkin_demo"] = DEMO
    client = browser(app)
    panel = page_of(client.get("/sign-in")).xpath("//section[contains(@class, 'demo')]")[0]
    form = panel.xpath(".//form[@action='/sign-in']")[0]
    assert send(client, **dict(form.form_values())).status_code == 303
    assert panel.xpath(".//form[@action='/demo/tablets/1']//button")
    close(app)


def test_shows_nobody_s_password_outside_a_demo(app: Flask, client: PageClient) -> None:
    app.extensions["checkin_demo"] = DEMO
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert PASSWORD not in answer.text
