"""It tells the head and administrators whether it runs, in words, and nothing of the mood."""

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import own_authority
from checkin.services.doctor import Level, examine
from checkin.services.own_authority import Files
from checkin.storage import audit, backups, leases, released
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
    back_up(app, clock() - timedelta(days=9))
    badge, told = lines(sign_in("hanna"))["Backup"]
    assert badge == "does not work"
    assert "After that none was made." in told
    back_up(app, clock() - timedelta(hours=5))
    assert lines(sign_in("hanna"))["Backup"][0] == "in order"
    back_up(app, clock(), trouble="No space left on device")
    assert lines(sign_in("hanna"))["Backup"][0] == "does not work"


def test_a_backup_by_hand_hides_no_failing_one(
    app: Flask, sign_in: SignIn, clock: HeldClock, tmp_path: Path
) -> None:
    config = app.extensions["checkin_config"]
    app.extensions["checkin_config"] = replace(config, backup_dir=tmp_path)
    back_up(app, clock() - timedelta(hours=1), trouble="was killed")
    back_up(app, clock())
    badge, told = lines(sign_in("hanna"))["Backup"]
    assert badge == "does not work"
    assert "Making one by itself does not work." in told


def test_without_any_backup_it_does_not_say_that_it_runs(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    """As the doctor: on the first day it is worth a look, then it is wrong."""
    assert "No backup has been made yet." in lines(sign_in("hanna"))["Backup"][1]
    clock.pass_time(minutes=2 * 24 * 60)
    keep_house(app, clock())
    assert lines(sign_in("hanna"))["Backup"][0] == "does not work"
    page = sign_in("hanna").get("/running", headers=ENGLISH).text
    assert "1 thing does not work." in page
    assert "It runs." not in page
    with app.app_context():
        found = examine(app.extensions["checkin_config"], clock())
    assert [one.level for one in found if one.subject == "backups"] == [Level.WRONG]


def test_agrees_with_the_doctor_on_what_is_wrong(
    app: Flask, sign_in: SignIn, clock: HeldClock
) -> None:
    with app.app_context():
        audit.add(1, clock(), None, "set-up", "school 1")
        db.session.commit()
    keep_house(app, clock())
    assert lines(sign_in("hanna"))["Backup"][0] == "worth a look"
    with app.app_context():
        found = examine(app.extensions["checkin_config"], clock())
    assert [one.level for one in found if one.subject == "backups"] == [Level.LOOK]


def test_says_until_when_the_certificate_is_good(
    app: Flask, sign_in: SignIn, clock: HeldClock, tmp_path: Path
) -> None:
    assert not any("ertificate" in what for what in lines(sign_in("hanna"))), "a proxy has it"
    files = Files(tmp_path / "tls")
    own_authority.make(files.folder, ["checkin.internal"], clock() - timedelta(500))

    def line(days_left: int) -> tuple[str, str]:
        own_authority.make(files.folder, [], clock() - timedelta(397 - days_left))
        return lines(sign_in("hanna"))["Certificate of the server"]

    config = app.extensions["checkin_config"]
    new = {"tls_certificate": files.certificate, "tls_key": files.key}
    app.extensions["checkin_config"] = replace(config, **new)
    badge, told = line(40)
    assert (badge, "It is renewed by itself." in told) == ("in order", True)
    assert "It is good until 2 January 2027." in told
    assert line(15)[0] == "worth a look"
    badge, told = line(5)
    assert badge == "does not work"
    assert "Ask whoever keeps the server to renew" in told
    assert "It ended on 22 November 2026." in line(-1)[1]
    files.authority_key.unlink()
    files.certificate.write_text("nothing")
    assert "cannot be read" in lines(sign_in("hanna"))["Certificate of the server"][1]


def test_says_that_every_device_has_to_trust_another(
    app: Flask, sign_in: SignIn, clock: HeldClock, tmp_path: Path
) -> None:
    files = Files(tmp_path / "tls")
    own_authority.make(files.folder, ["checkin.internal"], clock() - timedelta(3600))
    own_authority.make(files.folder, [], clock())
    config = app.extensions["checkin_config"]
    app.extensions["checkin_config"] = replace(config, tls_certificate=files.certificate)
    badge, told = lines(sign_in("hanna"))["Certificate that every device trusts"]
    assert badge == "worth a look"
    assert "every tablet and computer has to trust a new one" in told


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
