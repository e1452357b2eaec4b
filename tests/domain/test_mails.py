"""When mail goes: by day, on days with school, also in the nights the clock is changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from checkin.domain.calendar import DayOff, SchoolCalendar, Span
from checkin.domain.mail_servers import MailServer, is_address, read_server
from checkin.domain.mails import (
    PAUSES,
    Quiet,
    digest_at,
    goes_at,
    pause_after,
    talk_hour_since,
)

ZONE = ZoneInfo("Europe/Amsterdam")
AUTUMN = Span(date(2026, 10, 17), date(2026, 10, 25), DayOff.HOLIDAY)
STUDY_DAY = Span(date(2026, 11, 23), date(2026, 11, 23), DayOff.STUDY_DAY)
CALENDAR = SchoolCalendar(ZONE, (AUTUMN,))
USUAL = Quiet()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-24 06:59", "2026-11-24 07:00"),
        ("2026-11-24 07:00", "2026-11-24 07:00"),
        ("2026-11-24 17:59", "2026-11-24 17:59"),
        ("2026-11-24 18:00", "2026-11-25 07:00"),
        ("2026-11-24 23:30", "2026-11-25 07:00"),
        ("2026-11-27 18:00", "2026-11-30 07:00"),  # over a weekend
        ("2026-11-28 12:00", "2026-11-30 07:00"),
        ("2026-10-16 18:00", "2026-10-26 07:00"),  # a holiday, in which the clock goes back
        ("2026-10-20 12:00", "2026-10-26 07:00"),
        ("2027-03-26 20:00", "2027-03-29 07:00"),  # a weekend in which it goes on
    ],
)
def test_mail_waits_for_a_day_with_school(now: str, goes: str) -> None:
    assert goes_at(USUAL, CALENDAR, at(now)) == at(goes)


def test_quiet_ends_at_the_same_time_by_the_clock_of_the_school() -> None:
    before, after = at("2026-10-23 07:00"), at("2026-10-26 07:00")
    assert (before.hour, after.hour) == (5, 6)


def test_it_waits_no_longer_than_for_a_day_without_end() -> None:
    closed = SchoolCalendar(ZONE, (Span(date(2026, 1, 1), date(2027, 12, 31), DayOff.HOLIDAY),))
    now = at("2026-11-24 12:00")
    assert goes_at(USUAL, closed, now) - now == timedelta(days=120)


@pytest.mark.parametrize(("begins", "ends"), [(420, 1080), (600, 600), (630, 600), (1441, 0)])
def test_it_is_not_quiet_all_day(begins: int, ends: int) -> None:
    with pytest.raises(ValueError, match="not all day"):
        Quiet(begins, ends)


def test_quiet_may_be_an_hour_short_of_the_day_and_nothing() -> None:
    assert [Quiet(661, 601).holds(m) for m in (600, 601, 660, 661)] == [True, False, False, True]
    assert not any(Quiet(1440, 0).holds(m) for m in (0, 720, 1439))


def test_the_overview_goes_on_the_first_day_with_school_of_a_week() -> None:
    now = at("2026-11-25 12:00")
    assert digest_at(USUAL, CALENDAR, now) == at("2026-11-23 07:30")
    free = SchoolCalendar(ZONE, (STUDY_DAY,))
    assert digest_at(USUAL, free, now) == at("2026-11-24 07:30")
    assert digest_at(Quiet(18 * 60, 9 * 60), free, now) == at("2026-11-24 09:00")
    assert digest_at(USUAL, CALENDAR, at("2026-10-20 12:00")) is None


def test_talk_requests_go_at_set_hours() -> None:
    def has_come(since: str, now: str) -> bool:
        return talk_hour_since(CALENDAR, at(since), at(now))

    assert not has_come("2026-11-24 08:01", "2026-11-24 09:59")
    assert has_come("2026-11-24 08:01", "2026-11-24 10:00")
    assert not has_come("2026-11-24 10:00", "2026-11-24 11:00")
    assert has_come("2026-11-23 15:30", "2026-11-24 06:00")
    assert not has_come("2026-11-23 16:30", "2026-11-24 06:00")


def test_pauses_grow_to_half_a_day() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert pause_after(1) == PAUSES[0]
    assert pause_after(99) == timedelta(hours=12)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.school.nl", MailServer("smtp", "mail.school.nl", 25)),
        ("smtps://mail.school.nl", MailServer("smtps", "mail.school.nl", 465)),
        (
            "starttls://u%40s:p%3Aw@mail.school.nl:2525/",
            MailServer("starttls", "mail.school.nl", 2525, "u@s", "p:w"),
        ),
        ("smtp://u:p@localhost:1025", MailServer("smtp", "localhost", 1025, "u", "p")),
    ],
)
def test_reads_the_address_of_a_mail_server(url: str, server: MailServer) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.school.nl",
        "http://mail.school.nl",
        "smtp://",
        "smtp://mail.school.nl:99999",
        "smtp://u:p@mail.school.nl",
        "smtps://mail.school.nl/inbox",
    ],
)
def test_refuses_what_is_no_address_of_a_mail_server(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_server(url)


def test_the_password_of_a_mail_server_is_never_written() -> None:
    server = read_server("smtps://user:secret@mail.school.nl")
    assert "secret" not in repr(server) + str(server)


def test_tells_an_address_from_what_is_none() -> None:
    assert is_address("checkin@school.nl")
    for text in ("", "checkin", "@school.nl", "a@b@c", "a b@c.nl", "a@c.nl\nBcc: x@y.nl"):
        assert not is_address(text)
