"""It makes guessing a password slow, for whoever guesses and for nobody else."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from checkin.services import passwords, signing_in
from checkin.services.signing_in import WaitFirst, WrongPassword
from checkin.storage.database import db
from checkin.storage.rows import GuessRow
from tests.web.conftest import HeldClock
from tests.web.page_checks import PageClient, page_of
from tests.web.sign_in_form import TESS, send


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
