"""Holds what the papers say of what is kept of staff, and for how long."""

from datetime import timedelta
from pathlib import Path

import pytest

from checkin.services import forgetting, signing_in
from checkin.services.signing_in import WrongPassword
from checkin.storage import audit, staff
from checkin.storage.database import Base, db
from checkin.storage.rows import (
    AbsenceRow,
    AuditRow,
    CodeRow,
    GuessRow,
    MailRow,
    SessionRow,
    TalkAdultRow,
)
from tests.house.claims import Claim, holds
from tests.school import PASSWORD, small_school


@holds("staff")
def an_account_is_shut_when_somebody_leaves(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        email, now = "tess@school.example", school.clock.now
        account = staff.find_account(email)
        assert account is not None
        assert account.password_hash.startswith("$argon2id$")
        assert signing_in.sign_in(email, PASSWORD, now)
        signing_in.leave(account.id, now)
        db.session.commit()
        with pytest.raises(WrongPassword):
            signing_in.sign_in(email, PASSWORD, now + timedelta(hours=1))
        assert account.id in staff.names_of(school.id)


@holds("kept-sessions")
def a_session_lasts_twelve_hours_or_one_idle(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(12.0, 60.0)}
    with small_school(folder) as school:
        began = school.clock.now
        token = signing_in.sign_in("tess@school.example", PASSWORD, began)
        for minutes in range(50, 12 * 60, 50):
            assert signing_in.find_person(token, began + timedelta(minutes=minutes))
        assert signing_in.find_person(token, began + timedelta(hours=12)) is None
        idle = signing_in.sign_in("tess@school.example", PASSWORD, began)
        assert signing_in.find_person(idle, began + timedelta(minutes=60)) is None
        forgetting.forget(began + timedelta(hours=12, minutes=1))
        assert _count(SessionRow) == 0


@holds("kept-guesses")
def wrong_guesses_go_after_a_day(claim: Claim, folder: Path) -> None:
    (days,) = claim.numbers
    with small_school(folder) as school:
        with pytest.raises(WrongPassword):
            signing_in.sign_in("tess@school.example", "wrong", school.clock.now)
        for hours, left in ((24 * days[0] - 1, 1), (24 * days[0] + 1, 0)):
            forgetting.forget(school.clock.now + timedelta(hours=hours))
            assert _count(GuessRow) == left


@holds("kept-codes")
def codes_go_after_a_day(claim: Claim, folder: Path) -> None:
    (days,) = claim.numbers
    with small_school(folder) as school:
        for hours, left in ((24 * days[0] - 1, 1), (24 * days[0] + 1, 0)):
            forgetting.forget(school.clock.now + timedelta(hours=hours))
            assert _count(CodeRow) == left


@holds("kept-audit")
def the_audit_goes_after_two_years(claim: Claim, folder: Path) -> None:
    (years,) = claim.numbers
    with small_school(folder) as school:
        audit.add(school.id, school.clock.now, 1, "looked", "flag 1")
        db.session.commit()
        for days, left in ((365 * years[0] - 1, 1), (365 * years[0] + 1, 0)):
            forgetting.forget(school.clock.now + timedelta(days=days))
            kept = db.session.query(AuditRow).filter(AuditRow.subject == "flag 1").count()
            assert kept == left


@holds("photos")
def the_photo_of_an_adult_goes_when_they_leave(claim: Claim, folder: Path) -> None:
    holding = {t.name for t in Base.metadata.sorted_tables if "photo" in t.columns}
    assert holding == {"talk_adult"}
    with small_school(folder) as school:
        adult = TalkAdultRow(
            staff_id=1, school_id=school.id, called="Tess", symbol="fox", photo=b"a photo"
        )
        db.session.add(adult)
        db.session.commit()
        forgetting.forget(school.clock.now)
        assert _count(TalkAdultRow) == 1
        signing_in.leave(1, school.clock.now)
        forgetting.forget(school.clock.now)
        assert _count(TalkAdultRow) == 0


@holds("kept-absences")
def absences_go_after_four_weeks(claim: Claim, folder: Path) -> None:
    (days,) = claim.numbers
    with small_school(folder) as school:
        day = school.clock.now.date()
        row = AbsenceRow(school_id=school.id, staff_id=1, first=day, last=day, noted_by=1)
        db.session.add(row)
        db.session.commit()
        for extra, left in ((-1, 1), (2, 0)):
            forgetting.forget(school.clock.now + timedelta(days=days[0] + extra))
            assert _count(AbsenceRow) == left


@holds("kept-mails")
def mails_go_after_thirty_days_and_hold_no_text(claim: Claim, folder: Path) -> None:
    (days,) = claim.numbers
    columns = Base.metadata.tables["mail"].columns.keys()
    assert not {"text", "body", "content", "title"} & set(columns)
    with small_school(folder) as school:
        now = school.clock.now
        went = MailRow(
            school_id=school.id,
            staff_id=1,
            kind="digest",
            subject="",
            key="this one",
            made_at=now,
            not_before=now,
            ended_at=now,
            ended="sent",
        )
        db.session.add(went)
        db.session.commit()
        for extra, left in ((-1, 1), (1, 0)):
            forgetting.forget(now + timedelta(days=days[0] + extra))
            assert _count(MailRow) == left


def _count(row: type[Base]) -> int:
    db.session.rollback()
    return db.session.query(row).count()
