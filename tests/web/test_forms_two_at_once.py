"""Two people at one form: nobody undoes what somebody else changed since the form was opened."""

from collections.abc import Callable

import pytest
from flask import Flask

from checkin.storage import joining, teaching
from tests.web.conftest import Cast, SignIn
from tests.web.joining import ENGLISH, text_of
from tests.web.page_checks import PageClient, page_of

Fields = dict[str, list[str]]


def form_in(answer, action: str) -> Fields:
    """Return the fields of one form, as a browser would send them."""
    form = page_of(answer).xpath(f"//form[@action='{action}']")[0]
    found: Fields = {}
    for one in form.xpath(".//input|.//textarea|.//select"):
        kind = one.get("type")
        if one.get("disabled") is not None or one.get("name") is None or kind == "file":
            continue
        if kind in ("checkbox", "radio") and one.get("checked") is None:
            continue
        value = one.get("value") or ""
        if one.tag == "textarea":
            value = one.text or ""
        if one.tag == "select":
            value = "".join(one.xpath("./option[@selected]/@value"))
        found.setdefault(one.get("name"), []).append(value)
    return found


def opened(client: PageClient, page: str, action: str) -> Fields:
    return form_in(client.get(page, headers=ENGLISH), action)


def send(client: PageClient, action: str, fields: Fields):
    return client.post(action, data=fields, headers=ENGLISH)


@pytest.fixture
def pair(sign_in: SignIn) -> tuple[PageClient, PageClient]:
    return sign_in("adam"), sign_in("hanna")


def test_of_two_who_change_a_person_the_second_sees_both_and_loses_nothing(
    app: Flask, cast: Cast, pair: tuple[PageClient, PageClient]
) -> None:
    adam, hanna = pair
    page = f"/staff/{cast.people['tess']}"
    his, hers = opened(adam, page, page), opened(hanna, page, page)
    his["name"] = ["Tess Jansen-Bakker"]
    hers["roles"] = ["teacher", "ib"]
    assert send(adam, page, his).status_code == 303
    refused = send(hanna, page, hers)
    assert refused.status_code == 409
    told = text_of(refused)
    assert "Somebody else changed this after you opened it." in told
    assert "Now: Tess Jansen-Bakker" in told
    assert "You chose: care coordinator, teacher" in told
    assert "Now: teacher" in told
    again = form_in(refused, page)
    assert again["roles"] == ["teacher", "ib"]
    with app.app_context():
        assert joining.find_member(cast.people["tess"]).name == "Tess Jansen-Bakker"
    again["name"] = ["Tess Jansen-Bakker"]
    assert send(hanna, page, again).status_code == 303
    with app.app_context():
        member = joining.find_member(cast.people["tess"])
        assert (member.name, {one.value for one in member.roles}) == (
            "Tess Jansen-Bakker",
            {"teacher", "ib"},
        )


def test_what_a_double_click_sends_twice_is_no_quarrel(
    cast: Cast, pair: tuple[PageClient, PageClient]
) -> None:
    page = f"/staff/{cast.people['tess']}"
    fields = opened(pair[0], page, page)
    fields["name"] = ["Tess B"]
    assert [send(pair[0], page, fields).status_code for _ in range(2)] == [303, 303]


def test_of_two_who_choose_the_teachers_of_a_class_the_second_is_told(
    app: Flask, cast: Cast, pair: tuple[PageClient, PageClient]
) -> None:
    adam, hanna = pair
    page, action = f"/classrooms/{cast.maan}", f"/classrooms/{cast.maan}/teachers"
    his, hers = opened(adam, page, action), opened(hanna, page, action)
    tess, omar = str(cast.people["tess"]), str(cast.people["omar"])
    his["teachers"], hers["teachers"] = [tess, omar], [omar]
    hers["teachers"] = []
    assert send(adam, action, his).status_code == 303
    refused = send(hanna, action, hers)
    assert refused.status_code == 409
    assert "Now: Omar, Tess" in text_of(refused) or "Now: Tess, Omar" in text_of(refused)
    with app.app_context():
        assert {cast.people["tess"], cast.people["omar"]} <= set(teaching.teachers_of(cast.maan))
    assert send(hanna, action, form_in(refused, action)).status_code == 303
    with app.app_context():
        assert not {cast.people["tess"]} & set(teaching.teachers_of(cast.maan))


def change_first(name: str, *values: str) -> Callable[[Fields, int], None]:
    def changed(fields: Fields, n: int) -> None:
        fields[name] = [values[n]]

    return changed


FORMS = {
    "times": (
        "tess",
        "/classrooms/{zon}/rituals",
        "/classrooms/{zon}/rhythm",
        change_first("check-in-1-opens", "08:10", "08:20"),
    ),
    "pause": (
        "tess",
        "/classrooms/{zon}/rituals",
        "/classrooms/{zon}/pause",
        lambda f, n: f.update(first=["2026-12-01"], last=[f"2026-12-0{n + 2}"]),
    ),
    "cards": (
        "tess",
        "/classrooms/{zon}/rituals",
        "/classrooms/{zon}/cards",
        change_first("undo_seconds", "4", "5"),
    ),
    "quiet": ("adam", "/mail", "/mail/quiet", change_first("begins", "19:00", "20:00")),
    "talks": ("inge", "/talk/settings", "/talk/settings", change_first("protocol", "A", "B")),
    "adult": (
        "inge",
        "/talk/adults/{tess}",
        "/talk/adults/{tess}",
        lambda f, n: f.update(called=[f"juf {n}"], symbol=["teacher"], deputy=["{omar}"]),
    ),
    "rules": (
        "inge",
        "/patterns/settings",
        "/patterns/settings",
        change_first("budget", "0.5", "2.0"),
    ),
    "words": ("inge", "/words/ar", "/words/ar", change_first("sad", "حزين قليلا", "حزين جدا")),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_whole_state_knows_what_it_was_made_from(
    cast: Cast, sign_in: SignIn, form: str
) -> None:
    who, page, action, change = FORMS[form]
    places = {"zon": cast.zon, **cast.people}
    page, action = page.format(**places), action.format(**places)
    client = sign_in(who)
    first, second = (opened(client, page, action) for _ in range(2))
    for n, fields in enumerate((first, second)):
        change(fields, n)
        for name, values in fields.items():
            fields[name] = [value.format(**places) for value in values]
    assert first["made_from"] == second["made_from"]
    assert send(client, action, first).status_code == 303
    assert send(client, action, first).status_code == 303  # a double click
    refused = send(client, action, second)
    assert refused.status_code == 409
    assert "You chose:" in text_of(refused)
    again = form_in(refused, action)
    assert {n: v for n, v in again.items() if n != "made_from"} == {
        n: v for n, v in second.items() if n != "made_from"
    }
    assert again["made_from"] != second["made_from"]
    assert send(client, action, again).status_code == 303


def test_a_team_knows_what_its_form_was_made_from(
    pair: tuple[PageClient, PageClient], cast: Cast
) -> None:
    adam, hanna = pair
    new = {"name": "Team", "members": "12", "check-in-opens": "08:00", "check-in-closes": "08:30"}
    page = adam.post("/teams", data=new).location
    his, hers = opened(adam, page, page), opened(hanna, page, page)
    his["members"], hers["seen_by"] = ["13"], [str(cast.people["omar"])]
    assert [send(adam, page, his).status_code for _ in range(2)] == [303, 303]
    refused = send(hanna, page, hers)
    assert refused.status_code == 409
    assert "Now: 13" in text_of(refused)
    assert form_in(refused, page)["seen_by"] == hers["seen_by"]
