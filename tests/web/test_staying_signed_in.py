"""It keeps staff signed in for a while, and not one look longer."""

from flask import Flask
from sqlalchemy import func, select

from checkin.services import forgetting, signing_in
from checkin.storage.database import db
from checkin.storage.rows import SessionRow, StaffRow
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.page_checks import PageClient
from tests.web.sign_in_form import TESS, is_signed_in, send


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
        assert forgetting.forget(clock()).sessions == 1
    assert is_signed_in(still)
