"""A class without faces sees none: not on its tablet, nor does its teacher."""

import pytest
from flask import Flask

from checkin.domain.feelings import Feeling
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from tests.web.conftest import Cast, SignIn
from tests.web.living import add_week
from tests.web.page_checks import PageClient, page_of

FACES = [feeling.value for feeling in Feeling if feeling is not Feeling.PASS]


@pytest.fixture
def faceless(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(ClassroomRow, cast.zon).style = "faceless"
        db.session.commit()


def pictures(page: object) -> list[str]:
    """Return the pictures of cards on a page, in order."""
    found = [address.partition("/icons/")[2].removesuffix(".svg") for address in page]
    return [name for name in found if name.partition("/")[2] in FACES or name in [*FACES, "pass"]]


def test_the_tablet_shows_weather_and_plants(tablet: PageClient, faceless: None) -> None:
    shown = pictures(page_of(tablet.get("/tablet")).xpath("//img/@src"))
    assert len(shown) == 9
    assert shown[-1] == "pass"
    assert {name.partition("/")[0] for name in shown[:-1]} == {"faceless"}


def test_the_tablet_shows_faces_otherwise(tablet: PageClient) -> None:
    shown = pictures(page_of(tablet.get("/tablet")).xpath("//img/@src"))
    assert shown[:4] == ["happy", "sad", "angry", "scared"]


def test_every_picture_is_there(tablet: PageClient, faceless: None) -> None:
    for address in page_of(tablet.get("/tablet")).xpath("//img/@src"):
        assert tablet.get(address).status_code == 200, address


def test_the_week_pictures_of_the_class_show_no_face(
    app: Flask, cast: Cast, sign_in: SignIn, faceless: None
) -> None:
    add_week(app, cast.zon, "2026-W46", dict.fromkeys((f.value for f in Feeling), "10%"))
    page = page_of(sign_in("tess").get(f"/classrooms/{cast.zon}/trend"))
    shown = pictures(page.xpath("//main//img/@src"))
    assert len(shown) == 9
    assert not set(shown) & set(FACES)
