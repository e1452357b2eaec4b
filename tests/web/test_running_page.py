"""It tells the head and administrators whether it runs, in words, and nothing of the mood."""

import shutil
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.storage import backups, leases, released
from checkin.storage.backups import Backup
from checkin.storage.database import db
from checkin.storage.rows import TabletRow
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.page_checks import PageClient, page_of

ENGLISH = {"Accept-Language": "en"}


def lines(browser: PageClient) -> dict[str, tuple[str, str]]:
    """Return of each line its badge and its text."""
    page = page_of(browser.get("/running", headers=ENGLISH))
    found = page.xpath("//li[contains(@class, 'running-line')]")
    return {
        one.xpath("string(.//h2)").strip(): (
            one.xpath("string(.//*[contains(@class, 'badge')])").strip(),
            " ".join(one.xpath("string(.)").split()),
        )
        for one in found
    }


def keep_house(app: Flask, now: datetime) -> None:
    with app.app_context():
        leases.take("housekeeping", "somebody", now, now + timedelta(seconds=90))


def seal(app: Flask, cast: Cast, now: datetime) -> None:
    with app.app_context():
        round = Round(cast.zon, date(2026, 11, 20), Moment.CHECK_OUT)
        released.add_round(
            cast.school, round, Released(12, 14, 9, Light.MANY, Why.SHOWN), now, None
        )
        db.session.commit()


def hear(app: Flask, day: date) -> None:
    with app.app_context():
        db.session.query(TabletRow).update({"heard_on": day})
        db.session.commit()


def back_up(app: Flask, at: datetime, trouble: str = "") -> None:
    with app.app_context():
        backups.note(Backup(at, "somewhere", 1, "passphrase", trouble))
        db.session.commit()


def test_says_that_everything_runs(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_house(app, clock())
    seal(app, cast, clock())
    hear(app, clock().date())
    back_up(app, clock())
    found = lines(sign_in("hanna"))
    assert {badge for what, (badge, _) in found.items() if what != "Mail"} == {"in order"}
    assert "Monday 23 November, 09:00" in found["Closing the rounds"][1]
    assert "Heard today: 1 of 1 tablet." in found["Tablets"][1]
    assert found["Mail"][0] == "worth a look"
    monkeypatch.setattr("checkin.services.mailing.is_set_up", lambda: True)
    page = sign_in("adam").get("/running", headers=ENGLISH).text
    assert "Everything runs. There is nothing you have to do." in page


def test_says_that_the_work_stands_still(app: Flask, sign_in: SignIn, clock: HeldClock) -> None:
    keep_house(app, clock())
    clock.pass_time(minutes=2)
    badge, told = lines(sign_in("hanna"))["Closing the rounds"]
    assert badge == "does not work"
    assert "restart it" in told


def test_names_a_tablet_that_is_silent_for_a_school_week(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    hear(app, date(2026, 11, 16))
    assert lines(sign_in("hanna"))["Tablets"][0] == "in order"
    hear(app, date(2026, 11, 13))
    badge, told = lines(sign_in("hanna"))["Tablets"]
    assert badge == "worth a look"
    assert "Zon: Tablet 1" in told


def test_says_that_backups_are_old_or_fail(app: Flask, sign_in: SignIn, clock: HeldClock) -> None:
    assert "No backup" in lines(sign_in("hanna"))["Backup"][1]
    back_up(app, clock() - timedelta(days=4))
    assert lines(sign_in("hanna"))["Backup"][0] == "does not work"
    back_up(app, clock() - timedelta(hours=5))
    assert lines(sign_in("hanna"))["Backup"][0] == "in order"
    back_up(app, clock(), trouble="No space left on device")
    assert lines(sign_in("hanna"))["Backup"][0] == "does not work"


def test_says_that_the_disk_is_nearly_full(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage("/"))(32 * 10**9, 31 * 10**9, 10**8)
    monkeypatch.setattr("checkin.services.running.shutil.disk_usage", lambda place: usage)
    badge, told = lines(sign_in("hanna"))["Room on the disk"]
    assert badge == "does not work"
    assert "0.1 of 32 GB" in told


def test_tells_nothing_of_the_mood(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    keep_house(app, clock())
    before = sign_in("hanna").get("/running", headers=ENGLISH).text
    seal(app, cast, clock())
    after = sign_in("hanna").get("/running", headers=ENGLISH).text
    assert before != after
    for word in ("many", "heavy", "light-"):
        assert word not in after


def test_is_for_the_head_and_administrators(sign_in: SignIn) -> None:
    assert [sign_in(name).get("/running").status_code for name in ("hanna", "adam")] == [200] * 2
    assert [sign_in(name).get("/running").status_code for name in ("tess", "inge")] == [403] * 2
    assert 'href="/running"' in sign_in("hanna").get("/home").text
    assert 'href="/running"' not in sign_in("tess").get("/home").text
