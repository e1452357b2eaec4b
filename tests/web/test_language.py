"""It speaks a person's own language, else the browser's, else Dutch."""

from datetime import UTC, date, datetime, time

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from checkin.web import language
from tests.web.conftest import SignIn, browser
from tests.web.page_checks import SAME_SITE, PageClient, h1_of, page_of

DUTCH, ENGLISH = "Inloggen", "Sign in"


def accepting(languages: str) -> dict[str, str]:
    return SAME_SITE | {"Accept-Language": languages}


@pytest.mark.parametrize(
    ("accepted", "heading"),
    [
        ("nl", DUTCH),
        ("en", ENGLISH),
        ("en-GB,en;q=0.9", ENGLISH),
        ("nl-BE,en;q=0.5", DUTCH),
        ("en;q=0.5,nl;q=0.9", DUTCH),
        ("uk,ar;q=0.8", DUTCH),
        ("uk,en;q=0.1", ENGLISH),
        ("", DUTCH),
        ("*", DUTCH),
        ("%%%", DUTCH),
    ],
)
def test_follows_the_browser(client: PageClient, accepted: str, heading: str) -> None:
    answer = client.get("/sign-in", headers=accepting(accepted))
    assert h1_of(answer) == heading
    assert page_of(answer).get("lang") == ("nl" if heading == DUTCH else "en")


def test_follows_the_choice_in_this_browser(client: PageClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/sign-in?next=/flags"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/flags")
    assert h1_of(client.get("/sign-in", headers=accepting("nl"))) == ENGLISH


def test_follows_the_person_everywhere(app: Flask, sign_in: SignIn) -> None:
    sign_in("inge").post("/language", data={"language": "en"})
    elsewhere = sign_in("inge")
    elsewhere.set_cookie("lang", "nl")
    assert h1_of(elsewhere.get("/home", headers=accepting("nl"))) == "Good morning, Inge"
    assert h1_of(sign_in("omar").get("/home")) == "Goedemorgen, Omar"


@pytest.mark.parametrize("away", ["https://evil.example", "//evil.example", "flags", ""])
def test_never_leads_to_another_site(client: PageClient, away: str) -> None:
    answer = client.post("/language", data={"language": "en", "next": away})
    assert answer.location == "/"


@pytest.mark.parametrize("unknown", ["", "xx", "uk", "../nl", "nl_NL"])
def test_refuses_a_language_it_does_not_speak(client: PageClient, unknown: str) -> None:
    assert client.post("/language", data={"language": unknown}).status_code == 400


def test_ignores_a_cookie_in_no_language(client: PageClient) -> None:
    client.set_cookie("lang", "../../etc")
    assert h1_of(client.get("/sign-in")) == DUTCH


def test_switches_on_the_page_itself(client: PageClient) -> None:
    page = page_of(client.get("/sign-in?next=/flags"))
    form = page.xpath("//form[@action='/language']")[0]
    assert form.xpath(".//button/@value") == ["nl", "en"]
    assert form.xpath(".//button[@aria-pressed='true']/@value") == ["nl"]
    assert form.xpath(".//input[@name='next']/@value") == ["/sign-in?next=/flags"]


def test_leads_back_to_a_page_that_can_be_read(client: PageClient) -> None:
    def back(answer: object) -> list[str]:
        return page_of(answer).xpath("//form[@action='/language']/input/@value")

    assert back(client.post("/sign-in")) == ["/sign-in"]
    assert back(client.post("/language")) == ["/"]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("nl", ["maandag 23 november", "ma 23 nov", "23 november 2026", "week 48", "week 47"]),
        ("en", ["Monday 23 November", "Mon 23 Nov", "23 November 2026", "week 48", "week 47"]),
    ],
)
def test_writes_days_and_weeks(app: Flask, locale: str, expected: list[str]) -> None:
    day = date(2026, 11, 23)
    with app.test_request_context(headers={"Accept-Language": locale}):
        written = [language.day(day), language.short_day(day), language.long_day(day)]
        written += [language.week(day), language.week("2026-W47")]
    assert written == expected


def test_writes_the_time_of_the_school(app: Flask) -> None:
    with app.test_request_context():
        assert language.clock(datetime(2026, 11, 23, 7, 30, tzinfo=UTC)) == "08:30"
        assert language.clock(datetime(2026, 7, 1, 7, 30, tzinfo=UTC)) == "09:30"
        assert language.clock(time(14, 5)) == "14:05"


def test_greets_by_the_clock_of_the_school(sign_in: SignIn, clock) -> None:
    headings = []
    for instant in ("2026-11-23 10:59", "2026-11-23 11:00", "2026-11-23 17:00"):
        clock.instant = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        headings.append(h1_of(sign_in("hanna").get("/home")))
    assert headings == ["Goedemorgen, Hanna", "Goedemiddag, Hanna", "Goedenavond, Hanna"]


def test_has_the_dutch_of_everything_it_says_first() -> None:
    path = language.translations_folder() / "nl" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        dutch = read_po(file, locale="nl")
    missing = [message.id for message in dutch if message.id and not message.string]
    assert not missing


def test_names_every_language_in_itself(app: Flask) -> None:
    page = page_of(browser(app).get("/sign-in"))
    names = page.xpath("//form[@action='/language']//button/@aria-label")
    assert names == ["Nederlands", "English"]
