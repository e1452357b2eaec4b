"""The pages about mail: whether it goes, when it is quiet, and what each person wants."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from checkin.domain.mails import Ended, Kind, Occasion, Quiet, Trouble
from checkin.services import mailing
from checkin.storage import mails
from tests.mail.conftest import BASE, FROM, Inbox, free_port
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.page_checks import PageClient


def use_server(app: Flask, port: int) -> None:
    config = app.extensions["checkin_config"]
    url = f"smtp://user:secret@127.0.0.1:{port}"
    made = replace(config, smtp_url=url, mail_from=FROM)
    app.extensions["checkin_config"] = made
    app.extensions["checkin_demo"] = {"url": BASE}


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    """A mail server on this machine, which the school uses."""
    found, port = Inbox(), free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    config = app.extensions["checkin_config"]
    app.extensions["checkin_config"] = replace(
        config, smtp_url=f"smtp://127.0.0.1:{port}", mail_from=FROM
    )
    app.extensions["checkin_demo"] = {"url": BASE}
    yield found
    controller.stop()


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    browser = sign_in("adam")
    browser.post("/language", data={"language": "en"})
    return browser


def test_it_says_so_without_a_mail_server(adam: PageClient) -> None:
    page = adam.get("/mail").text
    assert "there is no mail server yet" in page
    assert "CHECKIN_SMTP_URL" in page
    answer = adam.post("/mail/test", follow_redirects=True)
    assert "nothing was sent" in answer.text


def test_it_sends_a_test_to_whoever_asks(adam: PageClient, inbox: Inbox) -> None:
    answer = adam.post("/mail/test", follow_redirects=True)
    assert "Sent to adam@school.example." in answer.text
    assert inbox.receivers == ["adam"]
    assert f"{BASE}/home" in inbox.text()


def test_it_says_why_a_test_did_not_go(adam: PageClient, app: Flask) -> None:
    use_server(app, free_port())
    answer = adam.post("/mail/test", follow_redirects=True)
    assert "the mail server cannot be reached" in answer.text


def test_it_names_the_mail_server_without_its_password(adam: PageClient, app: Flask) -> None:
    use_server(app, 2525)
    page = adam.get("/mail").text
    assert "smtp://127.0.0.1:2525" in page
    assert "secret" not in page


def test_it_says_since_when_mail_does_not_go_and_why(
    adam: PageClient, app: Flask, cast: Cast, clock: HeldClock
) -> None:
    use_server(app, free_port())
    with app.app_context():
        for n, staff in enumerate(("tess", "omar", "inge")):
            occasion = Occasion(Kind.FLAG, cast.people[staff], "1", f"flag {n}")
            mails.add(cast.school, occasion, clock.instant, clock.instant)
        ids = [one.id for one in mails.hold_due("one", clock.instant, clock.instant, 9)]
        mails.try_later(ids[:1], 2, Trouble.NO_SIGN_IN, clock.instant)
        mails.end(ids[1:2], Ended.GIVEN_UP, clock.instant, Trouble.REFUSED.value)
        mails.end(ids[2:], Ended.PERHAPS, clock.instant)
    page = " ".join(adam.get("/mail").text.split())
    assert "1 mail does not go out since Monday 23 November, 09:00:" in page
    assert "does not accept our name and password" in page
    assert "1 mail was given up after five days: the mail server refuses it" in page
    assert "we do not know whether it arrived" in page


def test_it_keeps_when_it_is_quiet(adam: PageClient, app: Flask, cast: Cast) -> None:
    answer = adam.post("/mail/quiet", data={"begins": "17:30", "ends": "08:00"})
    assert answer.status_code == 303
    with app.app_context():
        assert mailing.quiet_of(cast.school) == Quiet(17 * 60 + 30, 8 * 60)
        assert mailing.quiet_of(cast.other_school) == Quiet()
    assert 'value="17:30"' in adam.get("/mail").text


@pytest.mark.parametrize(
    ("begins", "ends"), [("07:00", "18:00"), ("", ""), ("later", "07:00"), ("18:00", "17:30")]
)
def test_it_says_what_is_wrong_with_quiet_hours_and_keeps_what_was_typed(
    adam: PageClient, begins: str, ends: str, app: Flask, cast: Cast
) -> None:
    answer = adam.post("/mail/quiet", data={"begins": begins, "ends": ends})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert f'value="{begins}"' in answer.text
    with app.app_context():
        assert mailing.quiet_of(cast.school) == Quiet()


def test_it_may_be_quiet_never(adam: PageClient, app: Flask, cast: Cast) -> None:
    adam.post("/mail/quiet", data={"begins": "00:00", "ends": "00:00"})
    with app.app_context():
        assert mailing.quiet_of(cast.school) == Quiet(24 * 60, 0)
    assert adam.get("/mail").status_code == 200


def test_each_person_chooses_the_weekly_mail_and_nothing_more(
    sign_in: SignIn, app: Flask, cast: Cast
) -> None:
    inge = sign_in("inge")
    assert "checked" in inge.get("/mail/mine").text
    assert inge.post("/mail/mine", data={}).status_code == 303
    assert "checked" not in inge.get("/mail/mine").text
    assert 'type="checkbox"' not in sign_in("tess").get("/mail/mine").text
    inge.post("/mail/mine", data={"digest": "yes"})
    inge.post("/mail/mine", data={"digest": "yes"})
    assert "checked" in inge.get("/mail/mine").text


def test_the_record_says_that_it_is_whole_and_shows_nothing_of_it(
    adam: PageClient, app: Flask, cast: Cast
) -> None:
    adam.post("/mail/quiet", data={"begins": "17:30", "ends": "08:00"})
    page = adam.get("/audit").text
    assert "every line is as it was written" in page
    assert "quiet from" not in page


def test_the_record_says_where_it_is_broken(adam: PageClient, app: Flask) -> None:
    adam.post("/mail/quiet", data={"begins": "17:30", "ends": "08:00"})
    with app.app_context():
        from checkin.storage.database import db

        db.session.execute(db.text("DROP TRIGGER audit_is_never_changed"))
        db.session.execute(db.text("UPDATE audit SET subject = 'nothing' WHERE number = 1"))
        db.session.commit()
    assert "Line 1 is not as it was written." in adam.get("/audit").text
