"""The care team names adults and writes down what the school does; until then it is off."""

import io
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words, words_in
from tests.web.page_checks import PageClient, page_of

PROTOCOL = "We look twice a day."


def a_photo() -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (900, 700), "orange").save(written, "PNG")
    return io.BytesIO(written.getvalue())


def name_tess(inge: PageClient, cast: Cast, **more: Any) -> TestResponse:
    people = cast.people
    form = {"called": "juf Tess", "symbol": "teacher", "deputy": people["omar"]}
    form |= {"classrooms": [cast.zon]} | more
    address = f"/talk/adults/{people['tess']}"
    return inge.post(address, data=form, content_type="multipart/form-data", headers=ENGLISH)


def save(inge: PageClient, cast: Cast, **more: Any) -> TestResponse:
    form = {"protocol": PROTOCOL, "pain_to": "", "classrooms": [cast.zon]} | more
    return inge.post("/talk/settings", data=form, headers=ENGLISH)


def missing(inge: PageClient) -> str:
    return words(inge, "/talk/settings", "(//*[@class='class-choice'])[1]")


def test_it_says_class_by_class_what_is_still_missing(sign_in: SignIn, cast: Cast) -> None:
    inge = sign_in("inge")
    assert "not switched on for any class yet" in words(inge, "/talk")
    assert missing(inge) == (
        "Zon off: what the school does is not written down; nobody is named for this class"
    )
    assert name_tess(inge, cast).status_code == 303
    assert missing(inge) == "Zon off: what the school does is not written down"
    assert save(inge, cast, classrooms=[]).status_code == 303
    assert missing(inge) == "Zon off; nothing is missing"
    assert save(inge, cast).status_code == 303
    assert missing(inge) == "Zon on"
    assert "not switched on" not in words(inge, "/talk")


def test_switching_on_too_early_loses_nothing_that_was_typed(sign_in: SignIn, cast: Cast) -> None:
    answer = save(sign_in("inge"), cast, protocol="Half a thought & more")
    assert answer.status_code == 400
    assert "when nothing is missing" in words_in(answer)
    page = page_of(answer)
    assert page.get_element_by_id("protocol").text_content() == "Half a thought & more"
    (ticked,) = page.xpath("//input[@name='classrooms'][@checked]/@value")
    assert int(ticked) == cast.zon


def test_too_long_a_protocol_is_given_back(sign_in: SignIn, cast: Cast) -> None:
    answer = save(sign_in("inge"), cast, protocol="x" * 1501, classrooms=[])
    assert answer.status_code == 400
    assert "a few lines" in words_in(answer)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"called": ""}, "Write what pupils call this person"),
        ({"symbol": "pirate"}, "Choose a picture."),
        ({"deputy": ""}, "Choose who stands in"),
        ({"deputy": "99999999999"}, "Choose who stands in"),
        ({"classrooms": [999]}, "Choose classes of this school."),
        ({"photo": (io.BytesIO(b"no photo"), "a.jpg")}, "cannot be used as a photo"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it(
    sign_in: SignIn, cast: Cast, more: dict[str, Any], told: str
) -> None:
    inge = sign_in("inge")
    answer = name_tess(inge, cast, **more)
    assert answer.status_code == 400
    assert told in words_in(answer)
    if "called" not in more:
        assert page_of(answer).get_element_by_id("called").value == "juf Tess"
    assert "Nobody is named yet" in words(inge, "/talk/settings")


def test_a_photo_is_shown_small_and_can_be_taken_away(
    sign_in: SignIn, cast: Cast, tablet: PageClient
) -> None:
    inge = sign_in("inge")
    assert name_tess(inge, cast, photo=(a_photo(), "me.png")).status_code == 303
    save(inge, cast)
    assert "data:image/jpeg;base64," in tablet.get("/tablet/talks").json["screens"]
    page = page_of(inge.get(f"/talk/adults/{cast.people['tess']}"))
    (address,) = page.xpath("//img[contains(@src, '/photo/')]/@src")
    assert inge.get(address).mimetype == "image/jpeg"
    assert sign_in("otto").get(address).status_code == 404
    assert sign_in("tess").get(address).status_code == 403
    assert name_tess(inge, cast, no_photo="yes").status_code == 303
    assert inge.get(address).status_code == 404
    assert "data:image/jpeg" not in tablet.get("/tablet/talks").json["screens"]


def test_a_photo_of_a_telephone_fits_and_a_film_does_not(sign_in: SignIn, cast: Cast) -> None:
    inge = sign_in("inge")
    large = io.BytesIO(a_photo().getvalue() + bytes(5 * 1024 * 1024))
    assert name_tess(inge, cast, photo=(large, "large.png")).status_code == 303
    film = io.BytesIO(bytes(9 * 1024 * 1024))
    assert name_tess(inge, cast, photo=(film, "film.mp4")).status_code == 413
    assert save(inge, cast, protocol="x" * 300_000).status_code == 413


def test_somebody_is_taken_off_and_the_class_goes_off(
    sign_in: SignIn, cast: Cast, tablet: PageClient
) -> None:
    inge = sign_in("inge")
    name_tess(inge, cast)
    save(inge, cast, pain_to=cast.people["tess"])
    for _ in range(2):
        assert inge.post(f"/talk/adults/{cast.people['tess']}/removal").status_code == 303
    assert missing(inge) == "Zon off: nobody is named for this class"
    assert tablet.get("/tablet/talks").json == {"screens": ""}


def test_nobody_of_another_school_can_be_named(sign_in: SignIn, cast: Cast) -> None:
    inge, otto = sign_in("inge"), sign_in("otto")
    assert inge.get(f"/talk/adults/{cast.people['fatma']}").status_code == 404
    assert otto.get(f"/talk/adults/{cast.people['tess']}").status_code == 404
    assert name_tess(otto, cast).status_code == 404


def test_one_school_does_not_switch_another_on(
    sign_in: SignIn, cast: Cast, tablet: PageClient
) -> None:
    inge, otto = sign_in("inge"), sign_in("otto")
    name_tess(inge, cast)
    save(otto, cast)
    assert tablet.get("/tablet/talks").json == {"screens": ""}
    assert missing(inge) == "Zon off: what the school does is not written down"
