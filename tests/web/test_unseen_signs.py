"""Signs that nobody sees and that turn a word around are taken out of names without a word."""

from flask import Flask

from checkin.storage import joining, schools, tablets
from checkin.web.plain_text import plain, plain_name
from tests.web.conftest import Cast, SignIn
from tests.web.joining import invite
from tests.web.structures import begin, form_of, send, stored_draft

RIGHT, TURNED, BACK = "\u200f", "\u202e", "\u202c"


def test_a_name_is_one_line_of_what_is_seen() -> None:
    assert plain_name(f" {RIGHT}Ali\u200b {TURNED}Reza{BACK}\n Jr\u00ad ") == "Ali Reza Jr"
    assert plain_name("شیما") == "شیما"
    assert plain(f"two\nlines {TURNED}turned") == "two\nlines turned"


def test_names_of_classes_tablets_and_people_are_kept_without_them(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    name = f"{RIGHT}Zonne{TURNED}bloem{BACK}"
    assert adam.post(f"/classrooms/{cast.zon}/name", data={"name": name}).status_code == 303
    new = {"name": f"{TURNED}Ster", "pupils": "12", "like": ""}
    assert adam.post("/classrooms", data=new).status_code == 303
    assert invite(adam, name=f"Nora{TURNED} Smit").status_code == 303
    with app.app_context():
        (tablet,) = tablets.tablets_of(cast.zon)
    assert adam.post(f"/tablets/{tablet.id}/name", data={"name": f"{RIGHT}A1"}).status_code == 303
    with app.app_context():
        rooms = {one.name for one in schools.list_classrooms(cast.school)}
        assert rooms >= {"Zonnebloem", "Ster"}
        assert "Nora Smit" in {one.name for one in joining.list_members(cast.school)}
        assert [one.label for one in tablets.tablets_of(cast.zon)] == ["A1"]


def test_the_free_texts_of_the_structure_are_kept_without_them(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    inge = begin(sign_in("inge"))
    form = form_of(inge, "vision")
    form["0-vision"] = [f"Wij {TURNED}zien{BACK} elk kind."]
    assert send(inge, "vision", form).status_code == 303
    assert stored_draft(app, cast).vision == "Wij zien elk kind."


def test_a_name_that_a_spreadsheet_would_work_out_is_not_invited(sign_in: SignIn) -> None:
    refused = invite(sign_in("adam"), name="=cmd|' /C calc'!A0")
    assert refused.status_code == 400
    assert "a spreadsheet would work this one out" in refused.text
