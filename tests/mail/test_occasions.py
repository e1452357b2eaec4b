"""Who is mailed about what, and that it is never mailed at night or about what is over."""

from datetime import date, timedelta

import pytest

from checkin.domain.access import Role
from checkin.domain.calendar import DayOff, Span
from checkin.domain.decisions import DecisionKind
from checkin.domain.flags import FlagState, Outcome, Step
from checkin.domain.mails import Quiet
from checkin.domain.talk_setting import Adult
from checkin.domain.talk_wishes import Wish
from checkin.domain.talks import Kind
from checkin.domain.talks import Step as TalkStep
from checkin.services import caring, mailing, signing_in, talking
from checkin.storage import (
    decisions,
    flags,
    reviews,
    schools,
    staff,
    talk_settings,
    timetables,
)
from checkin.storage.database import db
from tests.mail.conftest import BASE, Mailing
from tests.school import MONDAY, next_day

TUESDAY = next_day()


@pytest.fixture
def on_tuesday(mailing_school: Mailing) -> Mailing:
    """A day on which no weekly overview goes."""
    mailing_school.go_to(8, 30, TUESDAY)
    mailing.look(mailing_school.now - timedelta(minutes=20))
    return mailing_school


def person(made: Mailing, name: str):
    found = staff.find_person(made.people[name])
    assert found is not None
    return found


def a_flag(made: Mailing, day: date = MONDAY) -> int:
    room = made.school.classrooms[0]
    numbers = {"since": "2026-11-17"}
    id = flags.add_flag(made.school.id, room, "sustained-rise", day, 3.0, numbers, made.now)
    flags.note_reached(id, day)
    db.session.commit()
    return id


def happens(made: Mailing, id: int, step: Step) -> None:
    flags.add_step(id, step, FlagState.RAISED, made.now)
    db.session.commit()


# The weekly overview


def test_the_care_team_gets_an_overview_of_numbers_on_the_first_school_day(
    mailing_school: Mailing,
) -> None:
    a_flag(mailing_school)
    mailing_school.go_to(7, 10)
    mailing.look(mailing_school.now)
    mailing_school.go_to(7, 29)
    assert mailing_school.look_and_send() == 0
    mailing_school.go_to(8, 31)
    assert mailing_school.look_and_send() == 1
    assert mailing_school.inbox.receivers == ["inge"]
    text = mailing_school.inbox.text()
    assert "1 flag is new.\n0 flags are overdue.\n0 flags are in hand." in text
    assert f"{BASE}/review\n" in text
    assert f"{BASE}/mail/mine" in text
    mailing_school.pass_time(hours=3)
    assert mailing_school.look_and_send() == 0


def test_the_overview_comes_a_day_later_when_the_server_was_off(mailing_school: Mailing) -> None:
    mailing_school.go_to(7, 10)
    mailing.look(mailing_school.now)
    a_flag(mailing_school)
    mailing_school.go_to(9, 0, TUESDAY)
    assert mailing_school.look_and_send() == 1
    assert mailing_school.inbox.receivers == ["inge"]


def test_without_anything_to_tell_there_is_no_overview(mailing_school: Mailing) -> None:
    assert mailing_school.look_and_send() == 0


def test_nobody_gets_an_overview_who_does_not_want_it(mailing_school: Mailing) -> None:
    a_flag(mailing_school)
    inge = person(mailing_school, "inge")
    mailing.choose_digest(inge, wants=False)
    mailing_school.go_to(7, 10)
    mailing.look(mailing_school.now)
    mailing_school.go_to(8, 31)
    assert mailing_school.look_and_send() == 0
    mailing_school.give_flag("inge", by="tess")
    assert mailing_school.look_and_send() == 1  # what is asked of her comes all the same
    mailing.choose_digest(inge, wants=True)
    assert mailing.wants_digest(inge)


def test_there_is_no_mail_on_a_day_without_school(on_tuesday: Mailing) -> None:
    timetables.add_days_off(on_tuesday.school.id, [Span(TUESDAY, TUESDAY, DayOff.STUDY_DAY)])
    db.session.commit()
    on_tuesday.give_flag("tess")
    assert on_tuesday.look_and_send() == 0
    on_tuesday.go_to(7, 1, next_day(TUESDAY))
    assert on_tuesday.look_and_send() == 1


# Flags


@pytest.mark.parametrize(
    "step", [Step.REMINDED, Step.TO_DEPUTY, Step.ESCALATED, Step.RETURNED, Step.HANDED_ON]
)
def test_whoever_has_a_flag_hears_when_its_time_comes(on_tuesday: Mailing, step: Step) -> None:
    id = a_flag(on_tuesday)
    on_tuesday.pass_time(minutes=15)
    mailing.look(on_tuesday.now)
    on_tuesday.pass_time(minutes=1)
    happens(on_tuesday, id, step)
    assert on_tuesday.look_and_send() >= 1
    flag = flags.find_flag(id)
    hands = caring.SchoolToday(on_tuesday.school.id, on_tuesday.now).standing_of(flag).hands
    names = {one.name.lower() for one in hands.people}
    assert set(on_tuesday.inbox.receivers) == names != set()
    assert f"{BASE}/flags/{id}\n" in on_tuesday.inbox.text()


def test_nobody_is_mailed_what_they_did_themselves(on_tuesday: Mailing) -> None:
    on_tuesday.give_flag("tess", by="tess")
    assert on_tuesday.look_and_send() == 0


def test_a_flag_that_was_closed_meanwhile_is_not_mailed(on_tuesday: Mailing) -> None:
    id = on_tuesday.give_flag("tess")
    mailing.look(on_tuesday.now)
    flag = flags.find_flag(id)
    assert flag is not None
    caring.close(flag, Outcome.TALKED, on_tuesday.people["inge"], "", on_tuesday.now)
    assert mailing.send_due(on_tuesday.now) == 0
    on_tuesday.pass_time(minutes=1)
    assert on_tuesday.look_and_send() == 0
    assert on_tuesday.inbox.mails == []


def test_whoever_left_is_not_mailed(on_tuesday: Mailing) -> None:
    on_tuesday.give_flag("tess")
    mailing.look(on_tuesday.now)
    signing_in.leave(on_tuesday.people["tess"], on_tuesday.now)
    assert mailing.send_due(on_tuesday.now) == 0


def test_at_night_it_waits_for_the_morning_and_goes_by_the_school_s_setting(
    on_tuesday: Mailing,
) -> None:
    mailing.choose_quiet(person(on_tuesday, "adam"), Quiet(16 * 60, 9 * 60), on_tuesday.now)
    on_tuesday.give_flag("tess")
    assert on_tuesday.look_and_send() == 0
    on_tuesday.go_to(9, 0, TUESDAY)
    assert mailing.send_due(on_tuesday.now) == 1


def test_what_happened_while_the_server_was_off_for_days_is_mailed_still(
    on_tuesday: Mailing,
) -> None:
    on_tuesday.give_flag("tess")
    on_tuesday.go_to(9, 0, next_day(TUESDAY, 2))
    assert on_tuesday.look_and_send() == 1


# Talk requests


@pytest.fixture
def with_talks(on_tuesday: Mailing) -> Mailing:
    """Tess can be asked for a talk, Omar stands in for her."""
    room, school = on_tuesday.school.classrooms[0], on_tuesday.school.id
    tess, omar = on_tuesday.people["tess"], on_tuesday.people["omar"]
    talk_settings.set_protocol(school, "Wij praten dezelfde dag.", None)
    talk_settings.switch_on(school, [room])
    adult = Adult(tess, "Tess", "juf Tess", "adult-glasses", frozenset({room}), omar)
    talk_settings.keep_adult(school, adult)
    db.session.commit()
    return on_tuesday


def ask(made: Mailing, key: str = "a") -> None:
    wish = Wish(bytes.fromhex(key * 32), TUESDAY, Kind.TALK, made.people["tess"], "fox")
    assert talking.ask(made.school.tablet, wish, made.now) == "stored"


def test_a_talk_request_is_mailed_the_same_day_at_a_set_hour(with_talks: Mailing) -> None:
    ask(with_talks)
    with_talks.pass_time(minutes=1)
    assert with_talks.look_and_send() == 0
    with_talks.go_to(9, 59, TUESDAY)
    assert with_talks.look_and_send() == 0
    with_talks.go_to(10, 0, TUESDAY)
    ask(with_talks, "b")
    assert with_talks.look_and_send() == 1
    assert with_talks.inbox.receivers == ["tess"]
    assert f"{BASE}/talk\n" in with_talks.inbox.text()
    with_talks.go_to(12, 0, TUESDAY)
    assert with_talks.look_and_send() == 0  # nothing new


def test_a_talk_request_just_after_its_hour_waits_for_the_next(with_talks: Mailing) -> None:
    """Or the time of the mail would be the time it was asked."""
    for minute in (0, 1, 4):
        with_talks.go_to(10, minute, TUESDAY)
        assert with_talks.look_and_send() == 0
    ask(with_talks)
    with_talks.go_to(10, 5, TUESDAY)
    assert with_talks.look_and_send() == 0
    with_talks.go_to(11, 59, TUESDAY)
    assert with_talks.look_and_send() == 0
    with_talks.go_to(12, 0, TUESDAY)
    assert with_talks.look_and_send() == 1


def test_a_talk_request_that_was_seen_is_not_mailed(with_talks: Mailing) -> None:
    ask(with_talks)
    ((waiting),) = talking.talks_for(person(with_talks, "tess"), with_talks.now)
    talking.take(waiting.request, TalkStep.SEEN, person(with_talks, "tess"), with_talks.now)
    with_talks.go_to(10, 0, TUESDAY)
    assert with_talks.look_and_send() == 0


def test_whoever_stands_in_is_mailed_when_nobody_saw_it(with_talks: Mailing) -> None:
    ask(with_talks)
    with_talks.go_to(10, 0, TUESDAY)
    with_talks.look_and_send()
    with_talks.go_to(16, 0, TUESDAY)
    assert with_talks.look_and_send() == 1
    assert with_talks.inbox.receivers == ["tess", "omar"]


# Reviews


def test_a_review_ends_in_a_mail_with_links(on_tuesday: Mailing) -> None:
    school, week = on_tuesday.school.id, "2026-W48"
    inge, adam, tess = (on_tuesday.people[name] for name in ("inge", "adam", "tess"))
    id = on_tuesday.give_flag("tess", by="tess")
    reviews.keep_meeting(school, week, [inge, adam], on_tuesday.now)
    decisions.add(
        school, "k", week, DecisionKind.LOOK, inge, on_tuesday.now, flag=id, who=tess, note="kort"
    )
    db.session.commit()
    on_tuesday.pass_time(minutes=1)
    assert on_tuesday.look_and_send() == 0
    reviews.end_meeting(school, week, on_tuesday.now)
    db.session.commit()
    assert on_tuesday.look_and_send() == 2
    told = dict(zip(on_tuesday.inbox.receivers, range(2), strict=True))
    assert f"{BASE}/review/2026-W48/decisions\n" in on_tuesday.inbox.text(told["inge"])
    assert f"{BASE}/flags/{id}\n" in on_tuesday.inbox.text(told["tess"])
    assert "decisions\n" not in on_tuesday.inbox.text(told["tess"])
    reviews.end_meeting(school, week, on_tuesday.now + timedelta(minutes=5))
    db.session.commit()
    on_tuesday.pass_time(minutes=10)
    assert on_tuesday.look_and_send() == 0


def test_people_of_another_school_hear_nothing(on_tuesday: Mailing) -> None:
    elsewhere = schools.add_school("Elders", "Noord")
    signing_in.add_staff(elsewhere, "otto@school.example", "Otto", "a long password", [Role.IB])
    on_tuesday.give_flag("tess")
    on_tuesday.look_and_send()
    on_tuesday.pass_time(minutes=1)
    on_tuesday.look_and_send()
    assert on_tuesday.inbox.receivers == ["tess"]
