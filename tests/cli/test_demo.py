"""`checkin demo` makes a school to try, and says in demo.json how to get in."""

import json
import re
import socket
import urllib.error
import urllib.request
from datetime import date, datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Command, Fails

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
SIZES = {6, 12, 14, 24}


class Stay(urllib.request.HTTPRedirectHandler):
    """Stays where it is when it is sent elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(url: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
    request = urllib.request.Request(url, body, SAME_SITE | headers)
    try:
        return urllib.request.build_opener(Stay).open(request, timeout=20)
    except urllib.error.HTTPError as answer:
        return answer


def read(url: str, **headers: str) -> Any:
    with ask(url, **headers) as answer:
        assert answer.status == 200, url
        return json.load(answer)


def signed_in(facts: dict[str, Any], role: str) -> dict[str, str]:
    person = next(p for p in facts["staff"] if role in p["roles"])
    form = urlencode({"email": person["email"], "password": person["password"]}).encode()
    with ask(f"{facts['url']}/sign-in", form) as answer:
        assert answer.status == 303
        return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


def facts_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "demo.json").read_text(encoding="utf-8"))


def tap(facts: dict[str, Any], classroom: int, moment: str) -> str:
    token = next(t["token"] for t in facts["tablets"] if t["classroom"] == classroom)
    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    key = f"{classroom:031x}{len(moment) % 16:x}"
    one = {"key": key, "day": day, "round": moment, "feeling": 1, "helps": 0}
    body = json.dumps({"taps": [one], "waiting": 0}).encode()
    with ask(f"{facts['url']}/tablet/taps", body, Authorization=f"Bearer {token}") as answer:
        assert answer.status == 200
        return json.load(answer)["results"][0]["status"]


@pytest.fixture
def port(free_port: int) -> str:
    return str(free_port)


def test_demo_json_is_as_the_contract_says(checkin: Command, port: str) -> None:
    with checkin.running("demo", "--port", port, "--dir", str(checkin.folder), "--no-history"):
        facts = facts_of(checkin.folder)
        flags = read(f"{facts['url']}/flags.json", **signed_in(facts, "ib"))["flags"]
    assert flags == []  # of a class that did not begin no flag can speak
    assert {"url", "staff", "classrooms", "tablets"} <= facts.keys()
    assert facts["url"] == f"http://127.0.0.1:{port}"
    ids = {room["id"] for room in facts["classrooms"]}
    assert {room["pupils"] for room in facts["classrooms"]} >= SIZES
    for room in facts["classrooms"]:
        assert {"id", "name", "pupils", "card_set"} <= room.keys()
        assert room["card_set"] in (4, 6, 8)
    for tablet in facts["tablets"]:
        assert tablet["classroom"] in ids
        assert len(tablet["token"]) >= 43
    assert {tablet["classroom"] for tablet in facts["tablets"]} == ids
    roles = [role for person in facts["staff"] for role in person["roles"]]
    assert set(roles) <= {"teacher", "ib", "head", "admin"}
    assert (roles.count("ib"), roles.count("teacher")) >= (2, 3)
    for person in facts["staff"]:
        assert {"email", "password", "roles", "classrooms"} <= person.keys()
        assert set(person["classrooms"]) <= ids
    taught = {id for person in facts["staff"] for id in person["classrooms"]}
    assert taught == ids
    assert (checkin.folder / "demo.json").stat().st_mode & 0o077 == 0  # it holds passwords


def test_it_has_twelve_weeks_an_open_flag_and_both_rounds_open(checkin: Command, port: str) -> None:
    with checkin.running("demo", "--port", port, "--dir", str(checkin.folder)):
        facts = facts_of(checkin.folder)
        care = signed_in(facts, "ib")
        flags = read(f"{facts['url']}/flags.json", **care)["flags"]
        assert any(flag["state"] == "raised" for flag in flags)
        first = datetime.now(ZoneInfo("Europe/Amsterdam")).date() - timedelta(weeks=30)
        for room in facts["classrooms"]:
            address = f"{facts['url']}/classrooms/{room['id']}/trend.json?from={first}"
            trend = read(address, **care)
            held = {one["day"] for one in trend["rounds"] if one["answered"]}
            assert len({date.fromisoformat(day).isocalendar()[:2] for day in held}) >= 12
            assert len(trend["weeks"]) >= 11
            for moment in ("check-in", "check-out"):
                assert tap(facts, room["id"], moment) == "stored"
        for role in ("teacher", "head", "admin"):
            signed_in(facts, role)


def test_the_next_start_goes_on_where_it_was_and_fresh_begins_anew(
    checkin: Command, port: str
) -> None:
    demo = ("demo", "--port", port, "--dir", str(checkin.folder), "--no-history")
    with checkin.running(*demo):
        first = facts_of(checkin.folder)
        room = first["classrooms"][0]["id"]
        assert tap(first, room, "check-in") == "stored"
    with checkin.running(*demo):
        assert facts_of(checkin.folder) == first
        assert tap(first, room, "check-in") == "known"
    with checkin.running(*demo, "--fresh"):
        again = facts_of(checkin.folder)
        assert again["tablets"] != first["tablets"]
        assert tap(again, room, "check-in") == "stored"


def test_fresh_does_not_touch_a_folder_that_is_no_demo(checkin: Command, port: str) -> None:
    checkin.folder.mkdir()
    (checkin.folder / "thesis.txt").write_text("years of work")
    done = checkin("demo", "--port", port, "--dir", str(checkin.folder), "--fresh")
    assert done.returncode != 0
    assert re.search("not a demo", done.stderr)
    assert [path.name for path in checkin.folder.iterdir()] == ["thesis.txt"]


def test_a_demo_says_which_port_is_in_use(checkin: Command, port: str, fails: Fails) -> None:
    demo = ("demo", "--port", port, "--no-history", "--dir")
    with socket.create_server(("127.0.0.1", int(port))):
        done = checkin(*demo, str(checkin.folder))
    assert done.returncode == 1
    assert done.stderr.strip() == f"checkin: port {port} is in use; choose another with --port"
