"""A calendar of another program: zones, repeats and broken files; nothing is kept by reading."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from checkin.domain.calendar import DayOff, SchoolCalendar, Span
from checkin.domain.calendar_days import OtherDay, make_day
from checkin.services import calendars, signing_in
from checkin.services.calendars import MOST_FOUND, NotACalendar, read_calendar
from checkin.storage import timetables
from tests.school import MONDAY, SmallSchool, at

CALENDAR = SchoolCalendar(
    ZoneInfo("Europe/Amsterdam"),
    (Span(date(2026, 12, 19), date(2027, 1, 3), DayOff.HOLIDAY),),
)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def read(*events: str):
    return read_calendar(file_of(*events), CALENDAR, MONDAY)


def file_of(*events: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def days(found) -> list[tuple[str, str]]:
    spans = sorted((s for one in found.candidates for s in one.spans), key=lambda s: s.first)
    return [(s.first.isoformat(), s.last.isoformat()) for s in spans]


def test_the_end_of_a_whole_day_is_not_part_of_it() -> None:
    found = read(event("DTSTART;VALUE=DATE:20270405", "DTEND;VALUE=DATE:20270407"))
    assert days(found) == [("2027-04-05", "2027-04-06")]
    assert days(read(event("DTSTART;VALUE=DATE:20270405"))) == [("2027-04-05", "2027-04-05")]


def test_a_whole_day_of_another_zone_is_the_day_it_is_here() -> None:
    far = event("DTSTART:20270404T220000Z", "DTEND:20270405T220000Z", "SUMMARY:Studiedag")
    assert days(read(far)) == [("2027-04-05", "2027-04-05")]
    named = event(
        "DTSTART;TZID=Europe/Amsterdam:20270328T000000",
        "DTEND;TZID=Europe/Amsterdam:20270329T000000",
    )
    assert days(read(named)) == [("2027-03-28", "2027-03-28")]  # a night of daylight saving


def test_some_hours_are_no_free_day() -> None:
    found = read(event("DTSTART:20270405T180000Z", "DTEND:20270405T200000Z"))
    assert (days(found), found.with_hours) == ([], 1)


def test_past_days_are_left_out_and_a_holiday_that_goes_on_begins_today() -> None:
    over = event("DTSTART;VALUE=DATE:20260901")
    goes_on = event("DTSTART;VALUE=DATE:20261120", "DTEND;VALUE=DATE:20261126")
    found = read(over, goes_on)
    assert found.past == 1
    assert days(found) == [("2026-11-23", "2026-11-25")]


def test_a_repeat_is_one_line_without_those_that_moved() -> None:
    found = read(
        event(
            "UID:a",
            "DTSTART;VALUE=DATE:20260907",
            "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270301",
            "EXDATE;VALUE=DATE:20270104",
        ),
        event("UID:a", "RECURRENCE-ID;VALUE=DATE:20270201", "DTSTART;VALUE=DATE:20270203"),
    )
    assert [first for first, _ in days(found)] == ["2026-12-07", "2027-02-03", "2027-03-01"]
    assert [len(one.spans) for one in found.candidates] == [2, 1]


def test_a_repeat_without_an_end_is_one_line() -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=WEEKLY", "SUMMARY:Lesvrij"),
        event("DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=DAILY", "SUMMARY:Altijd"),
    )
    assert [(one.span.label, len(one.spans)) for one in found.candidates] == [
        ("Altijd", MOST_FOUND)
    ]
    assert found.is_cut
    found = read(event("DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=WEEKLY;COUNT=12"))
    assert [(len(one.spans), one.spans[-1].first) for one in found.candidates] == [
        (12, date(2027, 2, 12))
    ]
    assert not found.is_cut


@pytest.mark.parametrize(("times", "is_ticked"), [(10, True), (11, False)])
def test_what_is_held_very_often_is_not_ticked_by_its_name(times: int, is_ticked: bool) -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20261127", f"RRULE:FREQ=WEEKLY;COUNT={times}", "SUMMARY:Lesvrij")
    )
    assert [one.is_guess for one in found.candidates] == [is_ticked]


def test_what_begins_today_is_not_over_when_a_round_has_begun() -> None:
    file = file_of(event("DTSTART;VALUE=DATE:20261123"), event("DTSTART;VALUE=DATE:20261120"))
    found = read_calendar(file, CALENDAR, MONDAY, date(2026, 11, 24))
    assert (days(found), found.of_today, found.past) == ([], 1, 1)
    goes_on = event("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261126")
    found = read_calendar(file_of(goes_on), CALENDAR, MONDAY, date(2026, 11, 24))
    assert (days(found), found.of_today) == ([("2026-11-24", "2026-11-25")], 0)


def test_what_takes_too_long_is_named_as_such() -> None:
    long = event("DTSTART;VALUE=DATE:20270401", "DTEND;VALUE=DATE:20270801", "SUMMARY:Vier maanden")
    over = event("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260501", "SUMMARY:Over")
    found = read(long, over)
    assert (days(found), found.too_long, found.unread, found.past) == ([], ("Vier maanden",), (), 1)


@pytest.mark.parametrize(
    "end", ["DTEND;VALUE=DATE:20270401", "DURATION:-P4D"], ids=["end", "duration"]
)
def test_what_ends_before_it_begins_is_named_as_such(end: str) -> None:
    found = read(event("DTSTART;VALUE=DATE:20270405", end, "SUMMARY:Om"))
    assert (days(found), found.backwards) == ([], ("Om",))
    with_hours = event("DTSTART:20270405T080000Z", "DTEND:20270404T080000Z", "SUMMARY:Uren")
    assert read(with_hours).backwards == ("Uren",)


def test_an_end_on_the_day_it_begins_is_that_day() -> None:
    same = event("DTSTART;VALUE=DATE:20270405", "DTEND;VALUE=DATE:20270405")
    assert days(read(same)) == [("2027-04-05", "2027-04-05")]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=NOTHING", "FREQ=WEEKLY;BYMONTHDAY=31", "X=1"],
)
def test_a_repeat_that_is_not_read_is_named_and_hurts_nothing(rule: str) -> None:
    broken = event("DTSTART;VALUE=DATE:20270101", f"RRULE:{rule}", "SUMMARY:Vreemd")
    found = read(broken, event("DTSTART;VALUE=DATE:20270405"))
    assert days(found) == [("2027-04-05", "2027-04-05")]
    assert found.unread == ("Vreemd",)


def test_a_repeat_that_never_comes_ends() -> None:
    never = event("DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert days(read(never)) == []


def test_what_looks_free_is_ticked_and_what_is_free_already_is_said() -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20261221", "SUMMARY:Kerstvakantie"),
        event("DTSTART;VALUE=DATE:20270405", "SUMMARY:Studiedag team"),
        event("DTSTART;VALUE=DATE:20270406", "SUMMARY:Sportdag"),
    )
    told = [(one.is_known, one.is_guess, one.span.kind) for one in found.candidates]
    assert told == [
        (True, False, DayOff.HOLIDAY),
        (False, True, DayOff.STUDY_DAY),
        (False, False, DayOff.STUDY_DAY),
    ]


@pytest.mark.parametrize(
    ("label", "end", "kind"),
    [
        ("Meiweek", "20270501", DayOff.HOLIDAY),
        ("Twee weken", "20270510", DayOff.HOLIDAY),
        ("Gewonnen dagen", "20270501", DayOff.HOLIDAY),  # five days: no study day is so long
        ("Meivakantie", "20270427", DayOff.HOLIDAY),
        ("Teamdagen", "20270430", DayOff.STUDY_DAY),
        ("Projectmiddag", "20270427", DayOff.STUDY_DAY),
    ],
)
def test_a_holiday_is_known_by_its_name_or_its_length(label: str, end: str, kind: DayOff) -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20270426", f"DTEND;VALUE=DATE:{end}", f"SUMMARY:{label}")
    )
    assert [one.span.kind for one in found.candidates] == [kind]


def test_an_event_that_was_cancelled_is_none() -> None:
    assert days(read(event("DTSTART;VALUE=DATE:20270405", "STATUS:CANCELLED"))) == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"BEGIN:VEVENT", "unreadable"),
        (b"<html>", "unreadable"),
        (b"x" * (calendars.LARGEST_FILE + 1), "large"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_with_why(data: bytes, why: str) -> None:
    with pytest.raises(NotACalendar) as wrong:
        read_calendar(data, CALENDAR, MONDAY)
    assert wrong.value.why == why


def test_what_is_written_can_be_read_again(school: SmallSchool) -> None:
    by = signing_in.list_staff(school.id)[0]
    now = at(8, 30)
    tuesday = make_day(OtherDay.EARLY, date(2026, 11, 24), date(2026, 11, 24), "Sint", 720)
    calendars.add_days(by, [tuesday], now)
    file = calendars.write_ics(by, {"holiday": "Vakantie", "early": "Eerder uit"}, now)
    assert b"Sint" in file
    found = read_calendar(file, SchoolCalendar(CALENDAR.zone), MONDAY)
    coming = [d.span for d in timetables.days_of(school.id) if d.closes is None]
    coming = [span for span in coming if span.first > MONDAY]
    assert [(c.span.first, c.span.last) for c in found.candidates] == [
        (span.first, span.last) for span in coming
    ]
    assert found.with_hours == 1
