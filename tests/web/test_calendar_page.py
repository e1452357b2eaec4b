"""The calendar: read by all staff, written by the head and administrators."""

import io
import re

import pytest

from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of

TUESDAY = "2026-11-24"
FILE = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:test",
        "BEGIN:VEVENT",
        "DTSTART;VALUE=DATE:20261201",
        "SUMMARY:Lesvrij <team>",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "DTSTART;VALUE=DATE:20261224",
        "DTEND;VALUE=DATE:20270104",
        "SUMMARY:Kerstvakantie",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


def file_of(*events: tuple[str, ...]) -> bytes:
    """Write a calendar of events with a first day, the day after the last, a name and more."""
    lines = [
        f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{after}\r\n"
        + "\r\n".join([f"SUMMARY:{name}", *more, "END:VEVENT"])
        for first, after, name, *more in events
    ]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    return "\r\n".join([*head, *lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def add(client: PageClient, **form: str):
    given = {"kind": "study-day", "first": TUESDAY, "last": "", "label": "", "closes": ""}
    return client.post("/calendar/days", data=given | form, headers=ENGLISH)


def send(client: PageClient, data: bytes):
    form = {"file": (io.BytesIO(data), "school.ics")}
    return client.post("/calendar/import", data=form, headers=ENGLISH)


def chosen_of(answer) -> dict[str, str]:
    """Fill in the preview as a browser would."""
    page = page_of(answer)
    form = {f.get("name"): f.get("value") for f in page.xpath("//form//input[@type='hidden']")}
    form |= {f.get("name"): "on" for f in page.xpath("//input[@type='checkbox'][@checked]")}
    for field in page.xpath("//form//select"):
        form[field.get("name")] = field.xpath("option[@selected]/@value")[0]
    return form


class TestTheYear:
    def test_shows_each_kind_of_day_with_a_word(self, adam: PageClient) -> None:
        assert add(adam, label="Samen leren").status_code == 303
        page = page_of(adam.get("/calendar", headers=ENGLISH))
        (cell,) = page.xpath("//td[contains(@class, 'is-study-day')]")
        assert cell.text_content().split() == ["24", "Study", "day"]
        assert cell.get("title") == "Study day: Samen leren"
        assert len(page.xpath("//table[@class='month']")) == 12

    def test_is_read_by_a_teacher_and_written_by_none(self, sign_in: SignIn) -> None:
        tess = sign_in("tess")
        assert not page_of(tess.get("/calendar")).xpath("//main//form")
        assert add(tess).status_code == 403

    def test_of_another_school_is_not_shown(self, adam: PageClient, sign_in: SignIn) -> None:
        add(adam, label="Alleen hier")
        assert "Alleen hier" not in sign_in("anna").get("/calendar").text

    def test_goes_no_further_than_it_says(self, adam: PageClient) -> None:
        assert "School year 2028" in words(adam, "/calendar?year=2028")
        for year in ("1", "99999", "x", "-1"):
            assert "School year 2026" in words(adam, f"/calendar?year={year}")


class TestADay:
    def test_that_ends_earlier_tells_what_moves(self, adam: PageClient, cast: Cast) -> None:
        answer = add(adam, kind="early", closes="12:00")
        assert answer.status_code == 303
        told = words(adam, "/calendar")
        assert "On Tuesday 24 November school ends at 12:00." in told
        assert "Zon: check-out 10:00–12:00." in told

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"first": ""}, "first"),
            ({"first": "2026-11-20"}, "first"),
            ({"last": "2026-11-23"}, "last"),
            ({"last": "nonsense"}, "last"),
            ({"kind": "early"}, "closes"),
            ({"label": "x" * 70}, "label"),
            ({"kind": "extra"}, "first"),
        ],
    )
    def test_that_cannot_be_is_told_beside_its_field(
        self, adam: PageClient, form: dict[str, str], field: str
    ) -> None:
        answer = add(adam, **form)
        assert answer.status_code == 400
        assert page_of(answer).xpath(f"//span[@id='{field}-problem']")

    def test_of_today_waits_when_a_round_has_begun(self, adam: PageClient) -> None:
        answer = add(adam, first="2026-11-23")
        assert answer.status_code == 400
        assert "A round of today has begun" in answer.text

    def test_is_taken_out_and_put_back(self, adam: PageClient) -> None:
        add(adam, label="Studie")
        for action in ("removal", "return"):
            page = page_of(adam.get("/calendar", headers=ENGLISH))
            (where,) = page.xpath(f"//form[contains(@action, '/{action}')]/@action")
            assert adam.post(where, headers=ENGLISH).status_code == 303
            is_there = "is-study-day" in str(page_of(adam.get("/calendar")).xpath("//td/@class"))
            assert is_there == (action == "return")

    def test_of_another_school_is_as_unknown_as_none(
        self, adam: PageClient, sign_in: SignIn
    ) -> None:
        add(adam, label="Studie")
        (where,) = page_of(adam.get("/calendar")).xpath(
            "//form[contains(@action, 'removal')]/@action"
        )
        assert sign_in("anna").post(where).status_code == 404


class TestNextYear:
    def test_is_asked_for_on_the_start_page_and_taken_over(
        self, adam: PageClient, sign_in: SignIn
    ) -> None:
        told = "The holidays of 2026–2027 are not in the calendar yet."
        assert told in words(adam, "/home")
        assert told not in words(sign_in("tess"), "/home")
        assert adam.post("/calendar/holidays", data={"year": "2026"}).status_code == 303
        assert told not in words(adam, "/home")
        assert "Kerstvakantie" in adam.get("/calendar").text

    @pytest.mark.parametrize("year", ["", "0", "-1", "99999", "x"])
    def test_that_is_no_year_is_refused(self, adam: PageClient, year: str) -> None:
        assert adam.post("/calendar/holidays", data={"year": year}).status_code == 400

    def test_of_a_second_source_is_checked_by_somebody(self, sign_in: SignIn, clock: HeldClock):
        hanna = sign_in("hanna")
        hanna.post("/calendar/holidays", data={"year": "2026"})
        assert "Check these days" not in words(hanna, "/calendar")  # Midden is official


class TestAFile:
    def test_is_shown_first_and_nothing_is_kept(self, adam: PageClient) -> None:
        answer = send(adam, FILE.encode())
        assert answer.status_code == 200
        assert "Lesvrij &lt;team&gt;" in answer.text
        assert "Lesvrij" not in adam.get("/calendar").text

    def test_adds_what_is_ticked(self, adam: PageClient) -> None:
        form = chosen_of(send(adam, FILE.encode()))
        form.pop("take-1")
        assert adam.post("/calendar/import/days", data=form).status_code == 303
        text = adam.get("/calendar").text
        assert "Lesvrij &lt;team&gt;" in text
        assert "Kerstvakantie" not in text

    def test_adds_all_or_nothing(self, adam: PageClient) -> None:
        form = chosen_of(send(adam, FILE.encode())) | {"days-1": "2026-11-01/2026-11-02"}
        answer = adam.post("/calendar/import/days", data=form, headers=ENGLISH)
        assert answer.location == "/calendar/import"
        assert "Nothing was added" in words(adam, "/calendar/import")
        assert "Lesvrij" not in adam.get("/calendar").text

    @pytest.mark.parametrize(
        "broken", [{"days-0": "x"}, {"days-0": "2026-12-01"}, {"days-0": ""}, {"kind-0": "weekend"}]
    )
    def test_a_list_that_was_tampered_with_adds_nothing(
        self, adam: PageClient, broken: dict[str, str]
    ) -> None:
        form = chosen_of(send(adam, FILE.encode())) | broken
        assert adam.post("/calendar/import/days", data=form).location == "/calendar/import"
        assert "Lesvrij" not in adam.get("/calendar").text

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "This file is empty."),
            (b"\r\n ", "This file is empty."),
            (b"<html>", "This is not a calendar that can be read."),
        ],
    )
    def test_that_is_no_calendar_is_told(self, adam: PageClient, data: bytes, told: str) -> None:
        answer = send(adam, data)
        assert answer.status_code == 400
        assert told in answer.text

    def test_without_a_file_asks_for_one(self, adam: PageClient) -> None:
        answer = adam.post("/calendar/import", headers=ENGLISH)
        assert (answer.status_code, "Choose a file." in answer.text) == (400, True)

    def test_proposes_two_weeks_as_a_holiday(self, adam: PageClient) -> None:
        two_weeks = (("20270424", "20270510", "Vrij in mei"), ("20270412", "20270413", "Dag"))
        page = page_of(send(adam, file_of(*two_weeks)))
        chosen = page.xpath("//tbody//select/option[@selected]/@value")
        assert chosen == ["study-day", "holiday"]

    def test_adds_every_time_of_a_repeat(self, adam: PageClient) -> None:
        rule = "RRULE:FREQ=MONTHLY;COUNT=3"
        preview = send(adam, file_of(("20270115", "20270116", "Lesvrij", rule)))
        (row,) = page_of(preview).xpath("//tbody/tr")
        assert "3 times, from Fri 15 Jan to Mon 15 Mar 2027" in " ".join(row.text_content().split())
        answer = adam.post("/calendar/import/days", data=chosen_of(preview), headers=ENGLISH)
        assert answer.status_code == 303
        assert (
            words(adam, "/calendar", "//section[@aria-labelledby='coming']").count("Lesvrij") >= 3
        )

    def test_says_why_something_is_left_out(self, adam: PageClient) -> None:
        told = words_in(
            send(
                adam,
                file_of(
                    ("20261123", "20261124", "Vandaag"),
                    ("20270401", "20270801", "Lang"),
                    ("20270405", "20270401", "Om"),
                ),
            )
        )
        assert "1 line is of today, and left out: a round of today has begun." in told
        assert "These take more than 70 days, and are left out: Lang." in told
        assert "These end before they begin, and are left out: Om." in told

    def test_holds_no_more_days_than_were_shown(self, adam: PageClient) -> None:
        form = {"rows": "1", "take-0": "on", "kind-0": "study-day", "label-0": "x"}
        form["days-0"] = "2026-12-01/2026-12-01 " * 401
        answer = adam.post("/calendar/import/days", data=form)
        assert answer.location == "/calendar/import"

    @pytest.mark.parametrize(("size", "status"), [(512 * 1024 + 1, 400), (600 * 1024, 303)])
    def test_that_is_too_large_is_refused(self, adam: PageClient, size: int, status: int) -> None:
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.ics"\r\n\r\n'
        body, kind = head + b"x" * size + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"
        answer = adam.post("/calendar/import", data=body, content_type=kind, headers=ENGLISH)
        assert answer.status_code == status
        page = adam.get(answer.location, headers=ENGLISH) if status == 303 else answer
        told = page_of(page).xpath("//*[@id='file-problem']")[0].text_content()
        assert "larger than 512 kB" in told

    def test_of_our_own_holds_days_and_no_class(self, adam: PageClient) -> None:
        add(adam, label="Studie")
        answer = adam.get("/calendar.ics")
        assert answer.mimetype == "text/calendar"
        assert "SUMMARY:Studie" in answer.text
        assert not re.search("Zon|Maan", answer.text)
