"""With the code of the console a school is set up in a browser, without script, in five steps."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.domain.cards import CardSet, Style
from checkin.services import setting_up_code, signing_in
from checkin.storage import schools, structures
from checkin.storage.database import db
from tests.web.conftest import HeldClock, browser, close
from tests.web.first_start import (
    ENGLISH,
    PASSWORD,
    code_of,
    enter,
    make_empty_app,
    problems_on,
    send,
    send_all_but_the_last,
    value_of,
)
from tests.web.page_checks import PageClient, h1_of, page_of


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an empty database once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("empty")
    close(make_empty_app(folder, HeldClock()))
    return folder


@pytest.fixture
def app(empty: Path, tmp_path: Path, clock: HeldClock) -> Iterator[Flask]:
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    app = make_empty_app(tmp_path, clock)
    yield app
    close(app)


@pytest.fixture
def inside(app: Flask, clock: HeldClock) -> PageClient:
    """A browser that gave the code."""
    client = browser(app)
    assert enter(client, code_of(app, clock)).status_code == 303
    return client


def count_schools(app: Flask) -> int:
    with app.app_context():
        return len(schools.list_schools())


@pytest.mark.parametrize("address", ["/", "/sign-in", "/join", "/forgotten"])
def test_people_are_led_here_while_there_is_no_school(client: PageClient, address: str) -> None:
    assert client.get(address).location == "/setup"


def test_tablets_and_programs_are_answered_as_ever(client: PageClient) -> None:
    assert client.get("/tablet/enrolment").status_code == 200
    assert client.get("/tablet").location.startswith("/sign-in")
    assert client.get("/", headers={"Accept": "application/json"}).status_code == 401
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("step", ["school", "class", "times", "care", "you"])
def test_no_step_opens_without_the_code(app: Flask, client: PageClient, step: str) -> None:
    assert client.get(f"/setup/{step}").location == "/setup"
    assert send(client, step).location == "/setup"
    client.set_cookie("checkin_setup", "something else", path="/setup")
    assert send(client, step).location == "/setup"
    assert count_schools(app) == 0


def test_the_code_may_be_typed_in_any_manner(app: Flask, clock: HeldClock) -> None:
    code = code_of(app, clock)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert enter(browser(app), typed).location == "/setup/school"


def test_a_wrong_code_lets_nobody_in_and_stays_in_its_field(
    app: Flask, client: PageClient, clock: HeldClock
) -> None:
    code_of(app, clock)
    answer = enter(client, "ABCD-EFGH")
    assert answer.status_code == 400
    assert value_of(answer, "code") == "ABCD-EFGH"
    assert problems_on(answer) == ["This is not the code that the server shows now."]


def test_guessing_is_slowed_for_everybody_until_the_wait_is_over(
    app: Flask, client: PageClient, clock: HeldClock
) -> None:
    code = code_of(app, clock)
    statuses = [enter(client, f"ABCD-EFG{n}").status_code for n in range(2, 8)]
    assert statuses == [400, 400, 400, 400, 400, 429]
    assert enter(browser(app), code).status_code == 429
    clock.pass_time(minutes=6)
    assert enter(client, code).status_code == 303


def test_says_so_where_no_server_made_a_code(client: PageClient) -> None:
    said = client.get("/setup", headers=ENGLISH).get_data(as_text=True)
    assert "has not made a code yet" in said
    assert enter(client, "").status_code == 400


def test_a_restart_asks_for_its_new_code_and_what_was_typed_is_there(
    app: Flask, inside: PageClient, clock: HeldClock
) -> None:
    send(inside, "school")
    again = code_of(app, clock)
    assert inside.get("/setup/school").location == "/setup"
    assert send(inside, "class").location == "/setup"
    assert enter(inside, again).location == "/setup/class"
    assert value_of(inside.get("/setup/school"), "name") == "De Brug"


def test_an_earlier_code_is_good_no_more(app: Flask, client: PageClient, clock: HeldClock) -> None:
    first = code_of(app, clock)
    code_of(app, clock)
    assert enter(client, first).status_code == 400


def test_each_step_leads_to_the_next_and_back(inside: PageClient) -> None:
    assert send(inside, "school").location == "/setup/class"
    assert send(inside, "class").location == "/setup/times"
    assert send(inside, "times").location == "/setup/care"
    assert send(inside, "care").location == "/setup/you"
    assert send(inside, "you", go="back").location == "/setup/care"
    assert send(inside, "school", go="back").location == "/setup/school"
    assert inside.get("/setup").location == "/setup/you"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(inside: PageClient) -> None:
    refused = send(inside, "class", name="Zon", pupils="many")
    assert (refused.status_code, refused.location) == (303, "/setup/class")  # 'back' asks nothing
    answer = inside.get("/setup/class", headers=ENGLISH)
    assert problems_on(answer) == ["The number of pupils is a whole number from 1 to 40."]
    assert (value_of(answer, "name"), value_of(answer, "pupils")) == ("Zon", "many")
    later = page_of(inside.get("/setup/class", headers=ENGLISH))
    assert later.xpath("//input[@name='pupils']/@value") == ["many"]
    assert later.xpath("//input[@name='languages'][@checked]/@value") == ["ar", "ti"]
    assert later.xpath("//input[@name='card_set'][@checked]/@value") == ["8"]


def test_going_back_keeps_also_what_is_not_right_yet(inside: PageClient) -> None:
    assert send(inside, "class", go="back", pupils="many").location == "/setup/school"
    assert value_of(inside.get("/setup/class"), "pupils") == "many"


@pytest.mark.parametrize(
    ("step", "changed", "says"),
    [
        ("school", {"name": " "}, "A name has 1 to 80 letters."),
        ("school", {"region": None}, "Choose the region of your school."),
        ("school", {"region": "west"}, "Choose the region of your school."),
        ("class", {"name": "x" * 41}, "A name has 1 to 40 letters."),
        ("class", {"pupils": "0"}, "The number of pupils is a whole number from 1 to 40."),
        ("class", {"pupils": "٣"}, "The number of pupils is a whole number from 1 to 40."),
        ("times", {"check-in-2-closes": "07:00"}, "A round opens before it closes."),
        ("you", {"email": "ada"}, "That is no e-mail address."),
    ],
)
def test_what_cannot_be_is_refused(
    inside: PageClient, step: str, changed: dict[str, object], says: str
) -> None:
    assert send(inside, step, **changed).location == f"/setup/{step}"
    assert says in problems_on(inside.get(f"/setup/{step}", headers=ENGLISH))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "kort", "again": "kort"}, "At least 10 characters."),
        ({"password": "wachtwoord123", "again": "wachtwoord123"}, "Many people have"),
        ({"password": "ada de wit brug", "again": "ada de wit brug"}, "Beside your name"),
        ({"again": "paarse fiets op het land"}, "This is not the same as above."),
    ],
)
def test_the_password_follows_the_rules_that_hold_elsewhere(
    app: Flask, inside: PageClient, typed: dict[str, str], says: str
) -> None:
    send_all_but_the_last(inside)
    answer = send(inside, "you", **typed)
    assert answer.status_code == 400
    assert any(says in one for one in problems_on(answer))
    assert value_of(answer, "email") == "Ada@school.example"
    assert count_schools(app) == 0


def test_no_password_is_kept_before_there_is_a_school(
    app: Flask, inside: PageClient, tmp_path: Path
) -> None:
    send(inside, "you", go="back")
    send(inside, "you", again="something else")
    assert PASSWORD not in inside.get("/setup/you").get_data(as_text=True)
    with app.app_context():
        db.session.remove()
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("checkin.sqlite3*"))
    assert b"Ada de Wit" in kept
    assert PASSWORD.encode() not in kept


def test_a_step_that_was_left_out_is_asked_before_the_school_is_made(
    app: Flask, inside: PageClient
) -> None:
    send(inside, "school")
    assert send(inside, "you").location == "/setup/class"
    assert count_schools(app) == 0


def test_it_makes_the_school_and_signs_its_first_administrator_in(
    app: Flask, inside: PageClient
) -> None:
    send_all_but_the_last(inside)
    assert send(inside, "you").location == "/setup/tablet"
    with app.app_context():
        (school,) = schools.list_schools()
        (room,) = schools.list_classrooms(school.id)
        (ada,) = signing_in.list_staff(school.id)
        held = structures.list_approved(school.id)
    assert (school.name, school.region) == ("De Brug", "midden")
    assert (room.name, room.pupils, room.card_set) == ("Zon", 12, CardSet.EIGHT)
    assert (room.style, room.languages) == (Style.FACELESS, ("nl", "ar", "ti"))
    assert (ada.email, ada.roles) == ("ada@school.example", {Role.ADMIN, Role.TEACHER})
    assert (ada.classrooms, ada.locale) == ({room.id}, "en")
    assert [one.approved_by for one in held] == [None]
    assert inside.get("/home", headers=ENGLISH).status_code == 200


def test_its_last_page_has_a_code_that_enrols_a_tablet(app: Flask, inside: PageClient) -> None:
    send_all_but_the_last(inside)
    send(inside, "you")
    page = page_of(inside.get("/setup/tablet", headers=ENGLISH))
    code = page.xpath("//p[contains(@class, 'code')]")[0].text_content()
    assert page.xpath("//div[@role='img']//*[local-name()='svg']")
    enrolled = browser(app).post("/tablet/enrolment", json={"code": code})
    assert enrolled.status_code == 200
    after = page_of(inside.get("/setup/tablet", headers=ENGLISH))
    assert not after.xpath("//p[contains(@class, 'code')]")
    assert inside.post("/setup/tablet").location == "/setup/tablet"
    assert page_of(inside.get("/setup/tablet")).xpath("//p[contains(@class, 'code')]")


def test_once_there_is_a_school_nothing_of_it_opens_again(
    app: Flask, inside: PageClient, clock: HeldClock
) -> None:
    send_all_but_the_last(inside)
    send(inside, "you")
    stranger = browser(app)
    assert stranger.get("/sign-in").status_code == 200
    assert stranger.get("/setup").location == "/"
    assert enter(stranger, "ABCD-EFGH").location == "/"
    assert inside.get("/setup/school").location == "/setup"
    assert send(inside, "you").location == "/setup"
    assert count_schools(app) == 1
    with app.app_context():
        assert setting_up_code.offer(clock.instant) is None
        assert db.session.execute(db.text("SELECT count(*) FROM first_answer")).scalar() == 0


def test_whoever_was_too_late_is_told_and_makes_no_second_school(
    app: Flask, clock: HeldClock
) -> None:
    code, both = code_of(app, clock), (browser(app), browser(app))
    for client in both:
        enter(client, code)
        send_all_but_the_last(client)
    assert send(both[0], "you").location == "/setup/tablet"
    app.extensions.pop("checkin_has_school", None)  # another process has not heard of it
    late = send(both[1], "you", email="other@school.example")
    assert late.location == "/setup"
    assert both[1].get("/setup").location == "/"
    assert count_schools(app) == 1


def test_it_is_in_dutch_unless_a_browser_wants_english(inside: PageClient) -> None:
    assert page_of(inside.get("/setup/school")).get("lang") == "nl"
    assert h1_of(inside.get("/setup/school", headers=ENGLISH)) == "Your school"


def test_says_what_a_size_means_once_it_is_known(inside: PageClient) -> None:
    send(inside, "class", pupils="4")
    said = inside.get("/setup/times", headers=ENGLISH).get_data(as_text=True)
    assert "there are no lights and no week pictures" in said


def test_more_fields_than_there_are_and_long_ones_break_nothing(inside: PageClient) -> None:
    many = {f"field-{n}": "x" * 400 for n in range(150)}
    assert send(inside, "school", **many).status_code == 303
    assert send(inside, "school", name="\0De\tBrug \ud7ff").status_code in (303, 400)
