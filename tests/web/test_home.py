"""It shows staff what today asks of them, and nothing of an open round but how many have tapped."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.domain.flags import Step
from checkin.services import caring, signing_in
from checkin.storage import flags
from checkin.storage.database import db
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.page_checks import SAME_SITE, PageClient, page_of

MONDAY = date(2026, 11, 23)
ENGLISH = SAME_SITE | {"Accept-Language": "en"}


def tap(tablet: PageClient, feelings: str) -> None:
    taps = [
        {"key": f"{n:032x}", "day": MONDAY.isoformat(), "round": "check-in", "feeling": int(digit)}
        for n, digit in enumerate(feelings)
    ]
    answer = tablet.post("/tablet/taps", json={"taps": taps})
    assert {result["status"] for result in answer.json["results"]} == {"stored"}


def lines(client: PageClient, classroom: str = "Zon") -> list[str]:
    """Return what the page says of a classroom's rounds, or of its day without any."""
    page = page_of(client.get("/home", headers=ENGLISH))
    card = page.xpath(f"//li[.//h3/a[text()='{classroom}']]")[0]
    return [" ".join(one.text_content().split()) for one in card.xpath(".//dd | .//p")]


def add_flag(app: Flask, cast: Cast) -> int:
    with app.app_context():
        id = flags.add_flag(
            cast.school, cast.zon, "sudden-day", MONDAY, 2.0, {}, datetime(2026, 11, 23, tzinfo=UTC)
        )
        db.session.commit()
    return id


def flag_card(client: PageClient) -> str:
    page = page_of(client.get("/home", headers=ENGLISH))
    return " ".join(
        page.xpath("//section[@aria-labelledby='flags-heading']")[0].text_content().split()
    )


def test_says_how_many_have_tapped_while_a_round_is_open(
    sign_in: SignIn, tablet: PageClient
) -> None:
    tess = sign_in("tess")
    assert lines(tess) == ["open, 0 of 14 have tapped", "opens at 14:00"]
    tap(tablet, "123")
    assert lines(tess) == ["open, 3 of 14 have tapped", "opens at 14:00"]


def test_says_nothing_of_feelings_while_a_round_is_open(
    sign_in: SignIn, tablet: PageClient
) -> None:
    tess = sign_in("tess")
    tap(tablet, "2" * 12)
    page = tess.get("/home", headers=ENGLISH).text
    assert "12 of 14" in page
    assert "heavy" not in page


def test_shows_a_light_once_sealed(sign_in: SignIn, tablet: PageClient, cast: Cast) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 12)
    tess.post(f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal")
    assert lines(tess)[0] in {f"{light} heavy cards" for light in ("few", "some", "many")}


def test_says_when_a_light_is_withheld(sign_in: SignIn, tablet: PageClient, cast: Cast) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 6)
    tess.post(f"/classrooms/{cast.zon}/rounds/{MONDAY}/check-in/seal")
    assert lines(tess)[0].replace(" ", "") == "withheldtoofewcards"


def test_says_why_there_is_no_round(sign_in: SignIn, clock: HeldClock) -> None:
    clock.instant = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert lines(sign_in("tess")) == ["It is the weekend. Next school day: Monday 23 November."]


def test_begins_the_day_with_a_capital(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    for headers, day in ((ENGLISH, "Monday 23 November"), (SAME_SITE, "Maandag 23 november")):
        page = page_of(tess.get("/home", headers=headers))
        assert page.xpath("//p[@class='lead']/text()") == [day]


def test_counts_the_flags_for_the_care_team(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    inge = sign_in("inge")
    assert flag_card(inge) == "Flags No new flags Nothing is being worked on."
    first = add_flag(app, cast)
    assert flag_card(inge).startswith("Flags 1 new flag waits for the care team")
    with app.app_context():
        flag = flags.find_flag(first)
        assert flag is not None
        assert flag.events[0].step is Step.RAISED
        caring.acknowledge(flag, cast.people["inge"], "", datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert flag_card(inge) == "Flags No new flags 1 is being worked on"


def test_counts_no_flags_of_another_school(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    add_flag(app, cast)
    assert flag_card(sign_in("otto")) == "Flags No new flags Nothing is being worked on."


@pytest.mark.parametrize("name", ["tess", "hanna", "adam"])
def test_tells_nobody_else_of_flags(app: Flask, sign_in: SignIn, cast: Cast, name: str) -> None:
    add_flag(app, cast)
    assert "flags-heading" not in sign_in(name).get("/home").text


def test_puts_the_own_classes_first(app: Flask, sign_in: SignIn, cast: Cast) -> None:
    with app.app_context():
        roles, own = [Role.IB, Role.TEACHER], [cast.maan]
        signing_in.add_staff(cast.school, "both@school.example", "B", "a long password", roles, own)
    page = page_of(sign_in("both").get("/home", headers=ENGLISH))
    assert page.xpath("//li[contains(@class, 'class-today')]//h3/a/text()") == ["Maan", "Zon"]
    assert page.xpath("//span[text()='my class']/ancestor::li//h3/a/text()") == ["Maan"]


def test_tells_a_teacher_without_a_class_what_to_do(
    app: Flask, sign_in: SignIn, cast: Cast
) -> None:
    with app.app_context():
        signing_in.add_staff(
            cast.school, "new@school.example", "New", "a long password", [Role.TEACHER]
        )
    assert "Ask the administrator" in sign_in("new").get("/home", headers=ENGLISH).text
