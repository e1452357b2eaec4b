"""Whatever is typed over, printed or scanned names the address that people reach the school at."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain.rounds import Moment
from checkin.services import signing_in
from checkin.services import teams as team_service
from checkin.services.teams import Plan
from tests.services.import_files import CLASS_LIST
from tests.web.conftest import OPENINGS, PASSWORD, Cast, HeldClock, browser
from tests.web.importing import choose_of, send
from tests.web.joining import invite
from tests.web.living import ENGLISH
from tests.web.page_checks import PageClient

OURS = "https://checkin.school.example"
HOURS = {moment: OPENINGS[(1, moment)] for moment in Moment}
PACKAGE = Path(__file__).parents[2] / "checkin"


@pytest.fixture
def behind(https_app: Flask) -> Iterator[Flask]:
    """The school behind a proxy that asks for it by a name of its own, without https."""
    yield https_app


def signed_in(app: Flask, cast: Cast, name: str) -> PageClient:
    client = browser(app)
    form = {"email": cast.email(name), "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def assert_ours(page: str, path: str) -> None:
    assert f"{OURS}{path}" in page
    assert "http://localhost" not in page


def test_the_code_of_a_tablet(behind: Flask, cast: Cast) -> None:
    adam = signed_in(behind, cast, "adam")
    adam.post(f"/classrooms/{cast.zon}/enrolment-codes", headers=ENGLISH)
    page = adam.get("/tablets/code", headers=ENGLISH)
    assert page.status_code == 200
    assert_ours(page.text, "/tablet/enrolment")


def test_the_code_of_a_device_of_a_team(behind: Flask, cast: Cast, clock: HeldClock) -> None:
    with behind.app_context():
        token = signing_in.sign_in(cast.email("hanna"), PASSWORD, clock())
        head = signing_in.find_person(token, clock())
        assert head is not None
        plan = Plan("Het team", 12, HOURS, frozenset({cast.people["tess"]}))
        team = team_service.make_team(head, plan, clock())
    tess = signed_in(behind, cast, "tess")
    made = tess.post(f"/teams/{team}/enrolment-codes", headers=ENGLISH)
    page = tess.get(made.location, headers=ENGLISH) if made.status_code == 303 else made
    assert page.status_code == 200
    assert_ours(page.text, "/tablet/enrolment")


def test_the_codes_after_a_file_was_read_in(behind: Flask, cast: Cast) -> None:
    adam = signed_in(behind, cast, "adam")
    page = choose_of(adam, send(adam, CLASS_LIST.encode()))
    assert page.status_code == 200
    assert_ours(page.text, "/join")


def test_the_sheet_of_an_invitation(behind: Flask, cast: Cast) -> None:
    adam = signed_in(behind, cast, "adam")
    page = adam.get(invite(adam).location, headers=ENGLISH)
    assert_ours(page.text, "/join")


def test_the_first_tablet_of_a_school(behind: Flask, cast: Cast) -> None:
    adam = signed_in(behind, cast, "adam")
    adam.post("/setup/tablet", headers=ENGLISH)
    page = adam.get("/setup/tablet", headers=ENGLISH)
    assert page.status_code == 200
    assert_ours(page.text, "/tablet/enrolment")


@pytest.mark.parametrize("own_way", [r"_external\s*=", r"request\.(host_url|url_root|base_url)"])
def test_a_whole_address_is_made_in_one_place(own_way: str) -> None:
    allowed = {"addresses.py", "passkey_place.py"}  # the second asks for a host, and makes none
    files = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
    assert len(files) > 200
    found = [f.name for f in files if re.search(own_way, f.read_text(encoding="utf-8"))]
    assert set(found) <= allowed
