"""It gives every browser the program that lets the cards open without network."""

import json
from pathlib import Path

import pytest
from flask import Flask

from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from checkin.web.tablet.files import LATER, MODULES
from tests.web.conftest import Cast, SignIn
from tests.web.page_checks import PageClient, page_of

NOT_KEPT = {"enrolment"}  # staff are there, and so is the network


def told(client: PageClient) -> dict[str, object]:
    first, _, _ = client.get("/sw.js").get_data(as_text=True).partition("\n")
    return dict(json.loads(first.removeprefix("const told = ").removesuffix(";")))


def test_is_the_same_for_everybody(client: PageClient, tablet: PageClient, sign_in: SignIn) -> None:
    answers = [one.get("/sw.js") for one in (client, tablet, sign_in("inge"))]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert {answer.mimetype for answer in answers} == {"text/javascript"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-cache"}
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]


def test_names_the_version_and_files_that_are_there(app: Flask, client: PageClient) -> None:
    version = app.extensions["static_version"]
    assert told(client)["version"] == version
    for address in told(client)["files"]:
        assert address.startswith(f"/static/{version}/")
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("style", ["faces", "faceless"])
@pytest.mark.parametrize("coping", ["off", "check-in"])
def test_keeps_all_that_the_cards_are_made_of(
    app: Flask, cast: Cast, tablet: PageClient, style: str, coping: str
) -> None:
    with app.app_context():
        zon = db.session.get_one(ClassroomRow, cast.zon)
        zon.style, zon.coping = style, coping
        db.session.commit()
    page = page_of(tablet.get("/tablet"))
    kept = "[not(@rel='manifest' or @rel='apple-touch-icon')]"  # for installing, with network
    used = set(page.xpath(f"//img/@src | //script/@src | //head/link{kept}/@href"))
    assert used <= set(told(tablet)["files"])


def test_keeps_every_module_of_the_cards(app: Flask) -> None:
    folder = Path(app.static_folder, "js", "tablet")
    assert {path.stem for path in folder.glob("*.js")} - NOT_KEPT == {*MODULES, *LATER}
