"""Holds what the papers say of what is kept of pupils and classes, and for how long."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask

from checkin.domain.flags import FlagState, Step
from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round, week_of
from checkin.services import forgetting, housekeeping, signing_in, sounds, talking_forgetting
from checkin.services.housekeeping import Housekeeper
from checkin.services.sounds import Spoken
from checkin.services.timetables import calendar_of
from checkin.storage import flags, released
from checkin.storage.database import Base, db
from checkin.storage.open_rounds import FILE, open_rounds
from checkin.storage.rows import (
    FlagEventRow,
    FlagRow,
    ParentsTalkRow,
    RecordingRow,
    ReleasedRoundRow,
    SessionRow,
)
from tests.house.claims import Claim, holds
from tests.school import MONDAY, PASSWORD, SmallSchool, at, next_day, small_school, taps
from tests.sounds import tone, wav_of

NAMED = {"school", "classroom", "staff", "own_language", "lease"}
"""The tables with a name: of the school, a class, a colleague, a language, a chore."""
SIGNS = ("203.0.113.77", "Verrekijker/9")


@holds("no-names")
def nothing_is_kept_of_one_pupil(claim: Claim, folder: Path) -> None:
    tables = Base.metadata.sorted_tables
    assert {t.name for t in tables if "name" in t.columns} <= NAMED
    for column in (c for t in tables for c in t.columns if "pupil" in c.name):
        assert column.name in ("pupils", "pupils_before")
        assert column.type.python_type is int
    words = {word for t in tables for c in t.columns for word in c.name.split("_")}
    assert not words & {"pupil", "child", "birth", "born", "bsn", "eck", "gender", "surname"}
    with small_school(folder) as school:
        school.tap(*taps(1, 1))
        with closing(sqlite3.connect(folder / FILE)) as file:
            tables = [n for (n,) in file.execute("SELECT name FROM sqlite_master")]
            assert not [n for n in tables if "pupil" in n or "tablet" in n]


@holds("no-ip")
def no_address_and_no_device_is_kept(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        browser = school.app.test_client()
        browser.set_cookie("checkin_tablet", school.token)
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": SIGNS[0],
            "User-Agent": SIGNS[1],
        }
        address = {"REMOTE_ADDR": SIGNS[0]}
        tap = {"key": "0" * 32, "day": "2026-11-23", "round": "check-in", "feeling": 2, "helps": 0}
        body = {"taps": [tap], "waiting": 0}
        answer = browser.post("/tablet/taps", json=body, headers=headers, environ_base=address)
        assert answer.status_code == 200
        form = {"email": "tess@school.example", "password": PASSWORD}
        assert browser.post("/sign-in", data=form, headers=headers, environ_base=address)
    for file in (path for path in folder.rglob("*") if path.is_file()):
        kept = file.read_bytes()
        assert not [sign for sign in SIGNS if sign.encode() in kept], file


@holds("kept-marks")
def marks_go_after_sixty_days(claim: Claim, folder: Path) -> None:
    (days,) = claim.numbers
    with small_school(folder) as school:
        school.tap(*taps(2, 6))
        school.seal()
        for extra, left in ((-1, 1), (2, 0)):
            forgetting.forget(school.clock.now + timedelta(days=days[0] + extra))
            with closing(sqlite3.connect(open_rounds().path)) as file:
                assert len(file.execute("SELECT * FROM sealed_round").fetchall()) == left


@holds("kept-figures")
def figures_go_at_the_end_of_the_next_school_year(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        day = date(2025, 7, 10)
        was = Released(12, 14, 2, Light.FEW, Why.SHOWN)
        released.add_round(
            school.id, Round(school.classrooms[0], day, Moment.CHECK_IN), was, at(15), None
        )
        shares = WeekPicture({"happy": "40%"}, None)
        released.add_week(school.id, school.classrooms[0], week_of(day), shares)
        db.session.commit()
        for now, left in ((date(2026, 7, 31), 2), (date(2026, 8, 1), 0)):
            forgotten = forgetting.forget(at(12, day=now))
            assert forgotten.figures == 2 - left
            kept = released.rounds_between(school.classrooms[0], day, day)
            weeks = released.weeks_between(school.classrooms[0], week_of(day), week_of(day))
            assert len(kept) + len(weeks) == left


@holds("kept-talks")
def wishes_go_after_ten_school_weeks(claim: Claim, folder: Path) -> None:
    (weeks,) = claim.numbers
    with small_school(folder) as school:
        calendar, today = calendar_of(school.id), date(2026, 11, 23)
        since = talking_forgetting.kept_since(calendar, today)
        mondays = [since + timedelta(weeks=n) for n in range((today - since).days // 7)]
        held = [
            monday
            for monday in mondays
            if any(calendar.is_school_day(monday + timedelta(days=n)) for n in range(5))
        ]
        assert len(held) == weeks[0]


@holds("kept-flags")
def flags_go_a_year_after_closing(claim: Claim, folder: Path) -> None:
    (years,) = claim.numbers
    with small_school(folder) as school:
        _close_a_flag(school)
        for days, left in ((365 * years[0] - 1, 1), (365 * years[0] + 1, 0)):
            forgetting.forget(school.clock.now + timedelta(days=days))
            assert _count(FlagRow) == left
            assert _count(FlagEventRow) == 2 * left


@holds("parents-talk")
def a_talk_with_parents_has_no_names_and_goes_with_its_flag(claim: Claim, folder: Path) -> None:
    told = {"talked_on", "talked_with", "help", "language", "consent", "consent_on", "own_consent"}
    of_us = {"id", "school_id", "flag_id", "noted_by", "noted_at"}
    assert {c.name for c in Base.metadata.tables["parents_talk"].columns} == told | of_us
    with small_school(folder) as school:
        flag, now = _close_a_flag(school), school.clock.now
        words = dict.fromkeys(("talked_with", "help", "language", "consent", "own_consent"), "")
        row = ParentsTalkRow(
            school_id=school.id, flag_id=flag, talked_on=now.date(), noted_by=1, noted_at=now
        )
        for name, value in words.items():
            setattr(row, name, value)
        db.session.add(row)
        db.session.commit()
        forgetting.forget(now + timedelta(days=364))
        assert _count(ParentsTalkRow) == _count(FlagRow) == 1
        forgetting.forget(now + timedelta(days=366))
        assert _count(ParentsTalkRow) == _count(FlagRow) == 0


@holds("voices")
def a_voice_has_no_name_and_can_be_deleted(claim: Claim, folder: Path) -> None:
    told = {"school_id", "language", "word", "audio", "version", "made_on", "made_by"}
    assert {c.name for c in Base.metadata.tables["recording"].columns} == told
    with small_school(folder) as school:
        keeper = signing_in.list_staff(school.id)[0]
        spoken = Spoken("ti", "sad", "ጓሂ")
        sounds.keep(keeper, spoken, wav_of(tone()), school.clock.now)
        assert _count(RecordingRow) == 1
        sounds.delete(keeper, "ti", "sad")
        assert _count(RecordingRow) == 0


@holds("forgets-daily")
def the_server_forgets_every_day_by_itself(claim: Claim, folder: Path) -> None:
    assert timedelta(hours=24) == housekeeping.FORGET_EVERY
    with small_school(folder) as school:
        _leave_something(school)
        keeper = Housekeeper("this test")
        keeper.tick(at(23, day=next_day(days=400)))
        assert _count(SessionRow) == _count(ReleasedRoundRow) == 0
        assert isinstance(school.app, Flask)


def _close_a_flag(school: SmallSchool) -> int:
    now, numbers = school.clock.now, {"since": MONDAY.isoformat()}
    room = school.classrooms[0]
    id = flags.add_flag(school.id, room, "sustained-rise", MONDAY, 4.2, numbers, now)
    flags.add_step(id, Step.CLOSED, FlagState.CLOSED, now, 1)
    db.session.commit()
    return id


def _leave_something(school: SmallSchool) -> None:
    signing_in.sign_in("tess@school.example", PASSWORD, school.clock.now)
    was = Released(12, 14, 2, Light.FEW, Why.SHOWN)
    old = Round(school.classrooms[0], date(2025, 6, 2), Moment.CHECK_IN)
    released.add_round(school.id, old, was, datetime.now(at(8).tzinfo), None)
    db.session.commit()


def _count(row: type[Base]) -> int:
    db.session.rollback()
    return db.session.query(row).count()
