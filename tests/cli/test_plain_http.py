"""`serve` speaks plain HTTP to other machines only when it is told so in so many words."""

import subprocess

import pytest

from tests.cli.conftest import ROOT, Command, Fails
from tests.processes import APART, INTERRUPT

TOLD = "plain HTTP: what children tap can be read on the network"


def said_until_ready(checkin: Command, port: int, *words: str, **settings: str) -> str:
    """Serve for a moment and return what it said first."""
    with subprocess.Popen(
        checkin.line("serve", "--port", str(port), *words),
        env=checkin.environment(settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **APART,
    ) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.strip() == "ready":
                process.send_signal(INTERRUPT)
                break
        process.wait(timeout=20)
    assert process.returncode == 0, said
    return "".join(said)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "school.test", ""])
def test_refuses_and_says_what_to_do(fails: Fails, host: str) -> None:
    said = fails("serve", "--host", host)
    assert "proxy with HTTPS" in said
    assert "--insecure-http" in said


@pytest.mark.parametrize("address", [None, "https://checkin.school.example"])
def test_this_machine_alone_needs_no_word(
    checkin: Command, free_port: int, address: str | None
) -> None:
    checkin.set_up()
    settings = {"CHECKIN_BASE_URL": address} if address else {}
    assert TOLD not in said_until_ready(checkin, free_port, "--host", "localhost", **settings)


def test_told_so_it_serves_and_says_what_that_means(checkin: Command, free_port: int) -> None:
    checkin.set_up()
    words = ("--host", "0.0.0.0", "--insecure-http")
    assert TOLD in said_until_ready(checkin, free_port, *words)


def test_an_address_of_plain_http_is_remarked_upon(checkin: Command, free_port: int) -> None:
    checkin.set_up()
    address = {"CHECKIN_BASE_URL": "http://checkin.school.example"}
    assert TOLD in said_until_ready(checkin, free_port, **address)
