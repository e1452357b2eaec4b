"""A wish comes in by a tablet; the adult it is for sees it, and whoever else only counts."""

import re
from typing import Any

import pytest
from flask import Flask

from checkin.domain.talk_setting import Adult
from checkin.services import signing_in, talking_settings
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of

PROTOCOL = "We look before the first break."
KEY = "0a" * 16


@pytest.fixture(autouse=True)
def asking(app: Flask, cast: Cast, clock: HeldClock) -> None:
    """Let class Zon ask for Tess, for whom Omar stands in; pain goes to Inge."""
    with app.app_context():
        inge = next(p for p in signing_in.list_staff(cast.school) if p.id == cast.people["inge"])
        for name, deputy, classes in (("tess", "omar", {cast.zon}), ("inge", "tess", set())):
            adult = Adult(
                cast.people[name],
                name,
                f"juf {name.title()}",
                "teacher",
                frozenset(classes),
                cast.people[deputy],
            )
            talking_settings.keep_adult(inge, adult, None, clock())
        talking_settings.keep_setting(inge, PROTOCOL, inge.id, [cast.zon], clock())


def a_wish(cast: Cast, **more: Any) -> dict[str, Any]:
    adult = cast.people["tess"]
    wish = {"key": KEY, "day": "2026-11-23", "kind": "talk", "adult": adult, "symbol": "fox"}
    return wish | more


def ask(tablet: PageClient, cast: Cast, **more: Any) -> str:
    answer = tablet.post("/tablet/talks", json=a_wish(cast, **more))
    assert answer.status_code == 200
    return answer.json["status"]


def answer_for(tablet: PageClient, symbol: str) -> str:
    return tablet.post("/tablet/talks/answer", json={"symbol": symbol}).json["answer"]


def address_of(client: PageClient, what: str) -> str:
    """Return where the only request on the page is dealt with."""
    (form,) = page_of(client.get("/talk")).xpath(f"//form[contains(@action, '/{what}')]")
    return form.get("action")


class TestTheTablet:
    def test_gets_screens_that_need_nothing_else(self, tablet: PageClient, cast: Cast) -> None:
        told = tablet.get("/tablet/talks").json
        assert told["zone"] == "Europe/Amsterdam"
        assert "juf Tess" in told["screens"]
        assert f'data-pain="{cast.people["inge"]}"' in told["screens"]
        sources = set(re.findall(r'src="(\w+):', told["screens"]))
        assert sources == {"data"}
        assert told["screens"].count('data-choose="talk-symbol"') == 25

    def test_shows_its_pictures_only_where_it_is_on(
        self, tablet: PageClient, app: Flask, cast: Cast, clock: HeldClock
    ) -> None:
        page = tablet.get("/tablet").text
        assert 'data-need="talk-request"' in page
        assert 'data-need="pain"' in page
        config = tablet.get("/tablet/today").json["config"]
        with app.app_context():
            people = signing_in.list_staff(cast.school)
            inge = next(p for p in people if p.id == cast.people["inge"])
            talking_settings.keep_setting(inge, PROTOCOL, None, [], clock())
        off = tablet.get("/tablet").text
        assert "data-need" not in off
        assert "tablet-talk.css" not in off
        assert tablet.get("/tablet/talks").json == {"screens": ""}
        assert tablet.get("/tablet/today").json["config"] != config

    def test_stores_a_wish_once(self, tablet: PageClient, cast: Cast) -> None:
        assert [ask(tablet, cast), ask(tablet, cast)] == ["stored", "known"]

    def test_may_come_with_a_bearer_token(self, client: PageClient, cast: Cast) -> None:
        headers = {"Authorization": f"Bearer {cast.tablet_token}"}
        answer = client.post("/tablet/talks", json=a_wish(cast), headers=headers)
        assert answer.json == {"status": "stored"}

    def test_asks_for_nobody_of_another_school(self, tablet: PageClient, cast: Cast) -> None:
        assert ask(tablet, cast, adult=cast.people["fatma"]) == "refused"
        assert ask(tablet, cast, adult=999_999) == "refused"

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 60_000, b'{"key": ' + b"9" * 9000 + b"}"],
    )
    @pytest.mark.parametrize("path", ["/tablet/talks", "/tablet/talks/answer"])
    def test_says_what_is_wrong_with_bad_input(
        self, tablet: PageClient, path: str, body: bytes
    ) -> None:
        answer = tablet.post(path, data=body, content_type="application/json")
        assert (answer.status_code, list(answer.json)) == (400, ["error"])

    @pytest.mark.parametrize(
        "broken", [{"symbol": "dragon"}, {"adult": 10**40}, {"day": "now"}, {"key": None}]
    )
    def test_stores_nothing_of_what_is_broken(
        self, tablet: PageClient, cast: Cast, sign_in: SignIn, broken: dict[str, Any]
    ) -> None:
        answer = tablet.post("/tablet/talks", json=a_wish(cast, **broken))
        assert answer.status_code == 400
        assert "fox" not in sign_in("tess").get("/talk").text

    def test_is_needed_to_ask(self, client: PageClient, sign_in: SignIn, cast: Cast) -> None:
        for someone in (client, sign_in("tess")):
            assert someone.post("/tablet/talks", json=a_wish(cast)).status_code == 401
            assert someone.post("/tablet/talks/answer", json={"symbol": "fox"}).status_code == 401

    def test_answers_alike_for_never_asked_and_for_another_symbol(
        self, tablet: PageClient, cast: Cast
    ) -> None:
        never = tablet.post("/tablet/talks/answer", json={"symbol": "bird"}).data
        ask(tablet, cast)
        assert tablet.post("/tablet/talks/answer", json={"symbol": "bird"}).data == never
        assert answer_for(tablet, "fox") == "waits"


def test_the_adult_sees_the_symbol_and_says_so(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast)
    tess = sign_in("tess")
    assert "1 pupil wants to talk with you" in words(tess, "/home")
    shown = words(tess, "/talk")
    assert "fox, Zon" in shown.lower().replace("zon", "Zon")
    assert "Monday 23 November, in the morning" in shown
    assert PROTOCOL in shown
    assert not re.search(r"\d\d:\d\d", shown)
    page = page_of(tess.get("/talk", headers=ENGLISH))
    buttons = page.xpath("//main//li//button | //main//li//summary")
    names = [" ".join(button.text_content().split()).lower() for button in buttons]
    assert "i have seen it: fox, zon, asked for tess" in names
    assert all(name.endswith(": fox, zon, asked for tess") for name in names)
    assert tess.post(address_of(tess, "seen")).status_code == 303
    assert answer_for(tablet, "fox") == "seen"
    assert tess.post(address_of(tess, "call")).status_code == 303
    assert answer_for(tablet, "fox") == "come"
    assert tess.post(address_of(tess, "closure"), data={"note": "Talked."}).status_code == 303
    assert "Talked." in words(tess, "/talk")
    assert "wants to talk with you" not in words(tess, "/home")


def test_a_pupil_without_a_symbol_is_to_be_found_quietly(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast, symbol="")
    assert "without a symbol" in words(sign_in("tess"), "/talk")


def test_pain_is_shown_to_who_is_named_for_it(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast, kind="pain", adult=cast.people["inge"])
    assert "pain or ill" in words(sign_in("inge"), "/talk")
    assert "pain or ill" not in words(sign_in("tess"), "/talk")


def test_nobody_else_sees_it_nor_touches_it(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast)
    address = address_of(sign_in("tess"), "seen")
    for other in ("omar", "inge", "hanna", "adam", "fatma", "otto"):
        someone = sign_in(other)
        assert "fox" not in someone.get("/talk", headers=ENGLISH).text
        for what in ("seen", "call", "closure"):
            assert someone.post(address.replace("seen", what)).status_code == 404
    assert answer_for(tablet, "fox") == "waits"


def test_the_deputy_sees_it_when_the_school_day_is_over(
    tablet: PageClient, sign_in: SignIn, cast: Cast, clock: HeldClock
) -> None:
    ask(tablet, cast)
    clock.pass_time(hours=10)
    omar = sign_in("omar")
    assert "asked for Tess" in words(omar, "/talk")
    assert omar.post(address_of(omar, "seen")).status_code == 303
    assert answer_for(tablet, "fox") == "seen"


def test_the_care_team_sees_it_when_the_next_day_is_over(
    tablet: PageClient, sign_in: SignIn, cast: Cast, clock: HeldClock
) -> None:
    ask(tablet, cast)
    clock.pass_time(hours=34)
    assert "for the care team" in words(sign_in("inge"), "/talk")


def test_the_head_sees_counts_only(tablet: PageClient, sign_in: SignIn, cast: Cast) -> None:
    ask(tablet, cast)
    shown = words(sign_in("hanna"), "/talk")
    assert "not seen yet 1" in shown
    assert "Zon" not in shown
    assert "In the whole school" not in words(sign_in("adam"), "/talk")


def test_a_second_press_and_a_closed_one_say_so(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast)
    tess = sign_in("tess")
    seen, closure = address_of(tess, "seen"), address_of(tess, "closure")
    for _ in range(2):
        assert tess.post(seen).status_code == 303
        assert tess.post(closure, data={"note": "x" * 9000}).status_code == 303
    assert tess.post(seen.replace("seen", "call"), headers=ENGLISH).status_code == 303
    assert "Somebody has closed it already." in words(tess, "/talk", "//body")


def test_an_unknown_request_is_not_found(sign_in: SignIn) -> None:
    for id in ("0" * 32, "1", "%F0%9F%A6%8A"):
        assert sign_in("tess").post(f"/talk/{id}/seen").status_code == 404


def test_paper_holds_every_symbol_twice_and_nothing_of_a_pupil(sign_in: SignIn) -> None:
    page = page_of(sign_in("tess").get("/talk/paper"))
    assert len(page.xpath("//ul[@class='symbol-cards']/li")) == 24
    assert len(page.xpath("//ul[@class='key-list']/li/span[@class='key-line']")) == 24
    assert page.xpath("//main//input | //main//form") == []


def test_the_review_counts_what_waits_and_names_nobody(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    ask(tablet, cast)
    said = words(sign_in("inge"), "/review", "//section[@aria-labelledby='talks']")
    assert "1 waits, asked on" in said
    assert "fox" not in said
    assert "Tess" not in said
