"""The page that says what is kept is true: its tables are the program's, its tests exist."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest

from checkin.storage import rows  # noqa: F401  # the tables register themselves
from checkin.storage.database import Base
from checkin.storage.open_rounds import FILE
from tests.keeping import back_up, opened
from tests.school import PASSWORD, small_school, taps

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "what-is-kept.md").read_text(encoding="utf-8")
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def tables_under(heading: str) -> dict[str, list[str]]:
    """Read a table of the page: its names, and their columns with 'x_1 to x_6' spelled out."""
    part = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", part, re.MULTILINE)
    return {name: _columns(columns) for name, columns in found}


def _columns(text: str) -> list[str]:
    columns = []
    for part in text.strip().split(", "):
        if span := re.fullmatch(r"(\w+_)(\d) to \1(\d)", part):
            columns += [f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)]
        else:
            columns.append(part)
    return columns


def test_every_table_and_column_of_the_main_database_is_on_the_page() -> None:
    real = {t.name: sorted(c.name for c in t.columns) for t in Base.metadata.sorted_tables}
    told = {name: sorted(columns) for name, columns in tables_under("The main database").items()}
    assert told == real


def test_every_table_of_the_main_database_carries_its_school() -> None:
    for table in Base.metadata.sorted_tables:
        assert table.name == "school" or "school_id" in table.columns, table.name


def test_every_table_and_column_of_the_open_rounds_is_on_the_page(tmp_path: Path) -> None:
    with small_school(tmp_path) as school:
        school.tap(*taps(1, 1))
    with sqlite3.connect(tmp_path / FILE) as file:
        names = [n for (n,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        real = {n: sorted(c[1] for c in file.execute(f"PRAGMA table_info({n})")) for n in names}
    file.close()
    told = {name: sorted(columns) for name, columns in tables_under("The open rounds").items()}
    assert told == real


def test_whatever_says_who_tried_it_names_a_test_that_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", PAGE)
    assert len(named) >= 7
    for name in named:
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        assert any(isinstance(n, ast.FunctionDef) and n.name[:5] == "test_" for n in tree.body)


def test_a_copy_made_as_the_guide_says_holds_no_open_round(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "keeping-it.md").read_text(encoding="utf-8")
    assert "checkin backup FILE --recipient age1" in guide
    copy, plain = tmp_path / "copy.age", tmp_path / "copy.sqlite3"
    with small_school(tmp_path / "files") as school:
        school.tap(*taps(5, 7))
        back_up(tmp_path / "files", copy)
    plain.write_bytes(opened(copy))
    with sqlite3.connect(plain) as file:
        names = {n for (n,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    file.close()
    assert names >= {"school", "released_round"}
    assert not names & tables_under("The open rounds").keys()


def test_a_signed_in_browser_keeps_no_page(tmp_path: Path) -> None:
    with small_school(tmp_path) as school:
        browser = school.app.test_client()
        form = {"email": "tess@school.example", "password": PASSWORD}
        assert browser.post("/sign-in", data=form, headers=SAME_SITE).status_code == 303
        for address in (f"/classrooms/{school.classrooms[0]}/trend", "/home"):
            answer = browser.get(address)
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "no-store"
        cookie = browser.get_cookie("checkin_session")
        assert cookie is not None
        assert cookie.http_only
        assert school.app.test_client().get(address).status_code != 200
        assert browser.get(f"/classrooms/{school.classrooms[1]}/trend").status_code == 403


THE_POST = ROOT / "checkin" / "services" / "mailing_post.py"
TO_THE_PROVIDER = ROOT / "checkin" / "services" / "oidc" / "fetching.py"
ASKS_OTHERS = {
    "smtplib": THE_POST,
    "aiosmtplib": THE_POST,
    "email": THE_POST,
    "urllib.request": TO_THE_PROVIDER,
    "requests": None,
    "httpx": None,
}


@pytest.mark.parametrize("module", ASKS_OTHERS)
def test_one_place_alone_sends_mail_and_one_asks_the_provider(module: str) -> None:
    for file in set((ROOT / "checkin").rglob("*.py")) - {ASKS_OTHERS[module]}:
        imported = {
            name
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", None) or "", *(a.name for a in node.names)]
        }
        assert module not in imported, file
