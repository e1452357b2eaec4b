"""It gives tablets to classes and takes them back, and keeps the number of pupils."""

import re

import pytest
from flask import Flask

from checkin.services import enrolling
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, JSON, tap, words, words_in
from tests.web.page_checks import PageClient, page_of

CODE = "//p[contains(@class, 'code')]"
CURRENT = "//nav//a[@aria-current='page']"
LABEL = "//li[contains(@class, 'tablet')]//h3"


def make_code(admin: PageClient, classroom: int) -> str:
    made = admin.post(f"/classrooms/{classroom}/enrolment-codes", headers=ENGLISH)
    assert (made.status_code, made.location) == (303, "/tablets/code")
    return words(admin, made.location, CODE)


def report(tablet: PageClient, **said: object) -> None:
    """Let a tablet say something of itself."""
    assert tablet.post("/tablet/taps", json={"taps": [], **said}).status_code == 200


class TestTablets:
    def test_says_when_each_was_heard_and_what_waits_on_it(
        self, sign_in: SignIn, tablet: PageClient
    ) -> None:
        adam = sign_in("adam")
        assert "Tablet 1 not heard yet" in words(adam, "/tablets")
        tap(tablet, "1", waiting=2)
        assert "last heard Mon 23 Nov · 2 cards wait on it" in words(adam, "/tablets")

    def test_says_what_each_has_downloaded(
        self, app: Flask, sign_in: SignIn, tablet: PageClient
    ) -> None:
        adam = sign_in("adam")
        assert "download" not in words(adam, "/tablets")
        for downloaded, told in (
            ("", "not everything downloaded yet"),
            ("0123456789ab", "an older version downloaded"),
            (app.extensions["static_version"], "everything downloaded: the cards also open"),
        ):
            report(tablet, downloaded=downloaded, kept="disk")
            report(tablet)  # a page of an earlier version says nothing, and changes nothing
            assert told in words(adam, "/tablets")

    def test_says_which_one_keeps_cards_in_memory_only(
        self, sign_in: SignIn, tablet: PageClient
    ) -> None:
        report(tablet, downloaded="", kept="memory")
        told = words(sign_in("adam"), "/tablets")
        assert "Keeps cards in memory only: it was opened over plain http" in told
        assert "download" not in told

    def test_says_nothing_of_what_waits_on_one_that_is_out_of_use(
        self, sign_in: SignIn, tablet: PageClient
    ) -> None:
        tap(tablet, "1", waiting=2)
        adam = sign_in("adam")
        assert "2 cards still wait on it and would be lost" in words(adam, "/tablets")
        adam.post("/tablets/1/revocation")
        assert "wait" not in words(adam, "/tablets")

    def test_shows_a_code_in_two_fours(
        self, app: Flask, sign_in: SignIn, cast: Cast, client: PageClient
    ) -> None:
        adam = sign_in("adam")
        code = make_code(adam, cast.maan)
        assert re.fullmatch("[A-Z2-9]{4} [A-Z2-9]{4}", code)
        assert words(adam, "/tablets/code", CURRENT) == "Tablets"
        assert client.post("/tablet/enrolment", json={"code": code}).status_code == 200
        assert code not in words(adam, "/tablets")
        assert words(adam, "/tablets", LABEL) == "Tablet 1 Tablet 2"

    def test_shows_the_same_code_again_in_another_language(
        self, sign_in: SignIn, cast: Cast
    ) -> None:
        adam = sign_in("adam")
        code = make_code(adam, cast.zon)
        switched = adam.post("/language", data={"language": "nl", "next": "/tablets/code"})
        assert switched.location == "/tablets/code"
        assert [words(adam, "/tablets/code", CODE) for _ in range(2)] == [code, code]

    def test_shows_a_code_while_it_is_good_and_no_longer(
        self, sign_in: SignIn, cast: Cast, client: PageClient, clock: HeldClock
    ) -> None:
        adam = sign_in("adam")
        gone = "This code has been used or is too old"
        assert gone in words(adam, "/tablets/code", status=404)
        code = make_code(adam, cast.zon)
        assert client.post("/tablet/enrolment", json={"code": code}).status_code == 200
        assert gone in words(adam, "/tablets/code", status=404)
        make_code(adam, cast.zon)
        clock.pass_time(minutes=10, seconds=1)
        assert gone in words(adam, "/tablets/code", status=404)

    def test_shows_a_code_to_nobody_else(self, sign_in: SignIn, cast: Cast) -> None:
        adam = sign_in("adam")
        answer = adam.post(f"/classrooms/{cast.zon}/enrolment-codes", headers=ENGLISH)
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Lax", "Path=/tablets/code", "Max-Age=600"):
            assert part in cookie
        anna, tess = sign_in("anna"), sign_in("tess")
        for other in (anna, tess):
            value = cookie.partition("=")[2].partition(";")[0]
            other.set_cookie("checkin_code", value, path="/tablets/code")
        assert anna.get("/tablets/code").status_code == 404
        assert tess.get("/tablets/code").status_code == 403
        assert sign_in("adam").get("/tablets/code").status_code == 404

    @pytest.mark.parametrize("forged", ["x", "W10.x", '["AAAA2222",1,"2026"].x'])
    def test_takes_no_code_that_it_did_not_make(self, sign_in: SignIn, forged: str) -> None:
        adam = sign_in("adam")
        adam.set_cookie("checkin_code", forged, path="/tablets/code")
        assert adam.get("/tablets/code").status_code == 404

    def test_says_until_when_a_code_is_good(self, sign_in: SignIn, cast: Cast) -> None:
        hanna = sign_in("hanna")
        make_code(hanna, cast.zon)
        assert "Valid until 09:10" in words(hanna, "/tablets/code")
        answer = sign_in("adam").post(f"/classrooms/{cast.zon}/enrolment-codes", headers=JSON)
        assert answer.status_code == 201
        assert len(answer.json["code"]) == enrolling.CODE_LENGTH

    @pytest.mark.parametrize("name", [" Raam ", "Raam\n", "\u202eRaam"])
    def test_renames(self, sign_in: SignIn, name: str) -> None:
        adam = sign_in("adam")
        assert adam.post("/tablets/1/name", data={"name": name}).status_code == 303
        assert words(adam, "/tablets", LABEL) == "Raam"

    @pytest.mark.parametrize("name", ["", "  ", "n" * 41, "\u200f"])
    def test_refuses_a_name_and_keeps_it_on_screen(self, sign_in: SignIn, name: str) -> None:
        adam = sign_in("adam")
        refused = adam.post("/tablets/1/name", data={"name": name}, headers=ENGLISH)
        assert refused.status_code == 400
        assert "A name has 1 to 40 letters." in words_in(refused)
        assert words(adam, "/tablets", LABEL) == "Tablet 1"

    def test_takes_one_out_of_use(
        self, sign_in: SignIn, tablet: PageClient, clock: HeldClock
    ) -> None:
        adam = sign_in("adam")
        assert adam.post("/tablets/1/revocation").status_code == 303
        assert adam.post("/tablets/1/revocation").status_code == 303
        assert "Tablet 1 revoked" in words(adam, "/tablets")
        assert tablet.post("/tablet/taps", json={"taps": []}).status_code == 401

    def test_does_not_exist_for_another_school(self, sign_in: SignIn, cast: Cast) -> None:
        anna = sign_in("anna")
        assert anna.post("/tablets/1/name", data={"name": "Mijn"}).status_code == 404
        assert anna.post("/tablets/1/revocation").status_code == 404
        assert anna.post(f"/classrooms/{cast.zon}/enrolment-codes").status_code == 404
        assert words(anna, "/tablets", LABEL) == ""
        assert words(sign_in("adam"), "/tablets", LABEL) == "Tablet 1"

    @pytest.mark.parametrize("name", ["tess", "inge"])
    def test_is_for_those_who_keep_the_school(self, sign_in: SignIn, cast: Cast, name: str) -> None:
        person = sign_in(name)
        assert person.get("/tablets").status_code == 403
        assert person.post(f"/classrooms/{cast.zon}/enrolment-codes").status_code == 403
        assert person.post(f"/classrooms/{cast.zon}/pupils", data={"pupils": 3}).status_code == 403


class TestClassrooms:
    def test_shows_what_is_set(self, sign_in: SignIn) -> None:
        told = words(sign_in("adam"), "/classrooms")
        assert "8 feelings and 'not today'" in told
        assert "Check-in Mon–Fri, 08:00–10:00" in told

    def test_changes_the_number_of_pupils(self, sign_in: SignIn, cast: Cast) -> None:
        hanna = sign_in("hanna")
        answer = hanna.post(f"/classrooms/{cast.zon}/pupils", data={"pupils": "6"})
        assert answer.status_code == 303
        told = words(hanna, "/classrooms", f"//section[@aria-labelledby='class-{cast.zon}']")
        assert "there are no daily lights" in told

    @pytest.mark.parametrize("pupils", ["", "0", "41", "-3", "twelve", "1.5", "9" * 5000])
    def test_refuses_a_number_that_cannot_be(
        self, sign_in: SignIn, cast: Cast, pupils: str
    ) -> None:
        adam = sign_in("adam")
        address = f"/classrooms/{cast.zon}/pupils"
        refused = adam.post(address, data={"pupils": pupils}, headers=ENGLISH)
        assert refused.status_code == 400
        assert "a whole number from 1 to 40" in words_in(refused)
        field = page_of(adam.get("/classrooms")).xpath(f"//input[@id='pupils-{cast.zon}']")[0]
        assert field.get("value") == "14"

    def test_does_not_exist_for_another_school(self, sign_in: SignIn, cast: Cast) -> None:
        anna = sign_in("anna")
        assert anna.post(f"/classrooms/{cast.zon}/pupils", data={"pupils": 3}).status_code == 404
        assert "Zon" not in words(anna, "/classrooms")
