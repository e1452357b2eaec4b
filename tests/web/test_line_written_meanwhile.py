"""Two teachers write the line of one week: the second is told, and sees both."""

from flask import Flask

from checkin.domain.access import Role
from checkin.services import signing_in
from checkin.storage.database import db
from tests.web.conftest import PASSWORD, Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import page_of


def test_a_stale_line_replaces_nothing_and_shows_both(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    with app.app_context():
        address = "olga@school.example"
        signing_in.add_staff(cast.school, address, "Olga", PASSWORD, [Role.TEACHER], [cast.zon])
        db.session.commit()
    tess, olga, page = sign_in("tess"), sign_in("olga"), f"/classrooms/{cast.zon}/trend"
    was = page_of(tess.get(page)).xpath("string(//input[@name='was']/@value)")
    olga.post(f"/classrooms/{cast.zon}/line", data={"line": "Kringgesprek.", "was": was})
    mine = {"line": "Buiten gespeeld.", "was": was}
    refused = tess.post(f"/classrooms/{cast.zon}/line", data=mine, headers=ENGLISH)
    assert refused.status_code == 409
    assert "Olga wrote the line of this week at" in words_in(refused)
    assert "Kringgesprek." in words_in(refused)
    again = page_of(refused)
    assert again.xpath("//input[@name='line']/@value") == ["Buiten gespeeld."]
    assert "Kringgesprek." in words(tess, page, "//section[@id='line']")
    (now,) = again.xpath("//input[@name='was']/@value")
    kept = tess.post(f"/classrooms/{cast.zon}/line", data=mine | {"was": now})
    assert kept.status_code == 303


def test_the_same_line_twice_is_one(cast: Cast, sign_in: SignIn) -> None:
    tess, form = sign_in("tess"), {"line": "Kringgesprek.", "was": ""}
    for _ in range(2):
        assert tess.post(f"/classrooms/{cast.zon}/line", data=form).status_code == 303


def test_a_line_of_spaces_where_there_was_none_takes_nothing_away(
    cast: Cast, sign_in: SignIn
) -> None:
    tess, address = sign_in("tess"), f"/classrooms/{cast.zon}/line"
    page = f"/classrooms/{cast.zon}/trend"
    tess.post(address, data={"line": "   ", "was": ""}, headers=ENGLISH)
    told = words(tess, page, "//body")
    assert "There is nothing in the line yet." in told
    assert "taken away" not in told
    tess.post(address, data={"line": "Kring.", "was": ""}, headers=ENGLISH)
    tess.post(address, data={"line": "", "was": "Kring."}, headers=ENGLISH)
    assert "Your line is taken away." in words(tess, page, "//body")


def test_signs_that_nobody_sees_do_not_come_in(cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    line = "Met \u202eneerg\u202c en \u2067rood\u2069 \u200fgespeeld.\x07\x1b"
    tess.post(f"/classrooms/{cast.zon}/line", data={"line": line, "was": ""})
    page = page_of(tess.get(f"/classrooms/{cast.zon}/trend"))
    kept = page.xpath("string(//input[@name='line']/@value)")
    assert kept == "Met neerg en rood \u200fgespeeld."
