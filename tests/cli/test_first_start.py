"""`serve` without a school says where to set one up, with a code that holds until it is used."""

import re
import urllib.request

from tests.cli.conftest import SETUP, Command, Fails
from tests.cli.test_plain_http import said_until_ready

TOLD = re.compile(
    r"there is no school yet: open (\S+) and give this code: ([A-Z2-9]{4}-[A-Z2-9]{4})\n"
)


def test_says_an_address_and_a_code_and_after_a_restart_another(
    checkin: Command, free_port: int
) -> None:
    first, again = (TOLD.search(said_until_ready(checkin, free_port)) for _ in range(2))
    assert first and again
    assert first[1] == f"http://127.0.0.1:{free_port}/setup"
    assert first[2] != again[2]


def test_names_the_address_people_type_where_it_is_known(checkin: Command, free_port: int) -> None:
    said = said_until_ready(checkin, free_port, CHECKIN_BASE_URL="https://checkin.school.example")
    assert "open https://checkin.school.example/setup and" in said


def test_the_address_answers_and_leads_from_the_first_page(
    checkin: Command, free_port: int
) -> None:
    address = f"http://127.0.0.1:{free_port}/"
    with (
        checkin.running("serve", "--port", str(free_port)),
        urllib.request.urlopen(address, timeout=30) as page,
    ):
        assert page.url.endswith("/setup")


def test_says_nothing_of_it_once_there_is_a_school(
    checkin: Command, fails: Fails, free_port: int
) -> None:
    checkin.set_up()
    assert TOLD.search(said_until_ready(checkin, free_port)) is None
    assert SETUP["school"]
    assert "there is a school already" in fails(
        "setup", "--json", str(checkin.folder.parent / "setup.json")
    )
