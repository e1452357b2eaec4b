"""The command line and the browser make the same school; the file says what it misses."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from checkin.cli.setup import setup
from tests.keeping import run
from tests.web.conftest import HeldClock, browser, close
from tests.web.first_start import (
    PASSWORD,
    STEPS,
    WEEK,
    code_of,
    enter,
    make_empty_app,
    send,
    send_all_but_the_last,
)

DOCUMENT: dict[str, Any] = {
    "school": "De Brug",
    "region": "midden",
    "staff": [
        {
            "name": "Ada de Wit",
            "email": "ada@school.example",
            "password": PASSWORD,
            "roles": ["admin", "teacher"],
            "classrooms": ["Zon"],
        }
    ],
    "classrooms": [{"name": "Zon", "pupils": 12, "card_set": 8, "languages": ["nl", "ar", "ti"]}],
}
SAME = {
    "school": "name, region, zone, floor, is_demo",
    "classroom": "name, pupils, card_set, style, languages, undo_seconds, coping, shows_words",
    "opening": "classroom_id, weekday, moment, opens, closes",
    "calendar_day": "first, last, kind, label, to_check, added_by",
    "structure": "version, state, approved_by, document",
    "staff": "name, email, left_at",
    "staff_role": "staff_id, role",
    "teaching": "staff_id, classroom_id",
}
"""What both make; days and times of making are each their own."""


def made_in(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
        return {
            table: sorted(file.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in SAME.items()
        }


def write(folder: Path, document: dict[str, Any]) -> Path:
    file = folder / "setup.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_both_make_the_same(tmp_path: Path, clock: HeldClock) -> None:
    by_hand, in_browser = tmp_path / "by-hand", tmp_path / "in-browser"
    result = run(setup, by_hand, "--json", write(tmp_path, DOCUMENT))
    assert result.exit_code == 0, result.output
    in_browser.mkdir()
    app = make_empty_app(in_browser, clock)
    client = browser(app)
    enter(client, code_of(app, clock))
    send_all_but_the_last(client)
    wednesday = {"check-out-3-opens": "12:00", "check-out-3-closes": "12:45"}
    send(client, "times", **{**WEEK, **wednesday})
    send(client, "class", style="faces")
    assert send(client, "you").location == "/setup/tablet"
    close(app)
    assert made_in(in_browser) == made_in(by_hand)
    assert STEPS["school"]["name"] == DOCUMENT["school"]


@pytest.mark.parametrize(
    ("where", "key"),
    [
        *(((), key) for key in ("school", "region", "staff", "classrooms")),
        *((("staff", 0), key) for key in ("name", "email", "password", "roles")),
        *((("classrooms", 0), key) for key in ("name", "pupils")),
    ],
)
def test_a_file_without_what_it_must_have_is_refused_in_one_sentence(
    tmp_path: Path, where: tuple[Any, ...], key: str
) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    part = document
    for step in where:
        part = part[step]
    del part[key]
    result = run(setup, tmp_path / "files", "--json", write(tmp_path, document))
    assert result.exit_code == 1
    assert result.output == f"Error: the file has no '{key}'\n"


def test_a_file_may_leave_the_rest_out(tmp_path: Path) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    del document["classrooms"][0]["card_set"], document["classrooms"][0]["languages"]
    del document["staff"][0]["classrooms"]
    result = run(setup, tmp_path / "files", "--json", write(tmp_path, document))
    assert result.exit_code == 0, result.output
    assert made_in(tmp_path / "files")["classroom"][0][2:5] == (6, "faces", "nl")
