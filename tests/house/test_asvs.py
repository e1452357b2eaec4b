"""The table of the security standard is whole, its evidence exists, and what is missing is said."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tools.security_pages import CHAPTERS, FOLDER, ROOT, STANDINGS, asvs_page, read_asvs

ROWS = read_asvs()
AT_LEVEL = {"1": 70, "2": 183}
"""How many requirements version 5.0.0 has."""


def test_every_requirement_of_levels_one_and_two_is_there_once() -> None:
    numbers = Counter(row["requirement"] for row in ROWS)
    assert set(numbers.values()) == {1}
    assert Counter(row["level"] for row in ROWS) == AT_LEVEL
    assert {number.split(".")[0] for number in numbers} == set(CHAPTERS)


def test_they_stand_in_order() -> None:
    numbers = [tuple(int(part) for part in row["requirement"].split(".")) for row in ROWS]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["requirement"])
def test_each_has_evidence_or_says_what_is_missing(row: dict[str, str]) -> None:
    assert row["about"]
    assert row["standing"] in STANDINGS
    if row["standing"] in ("met", "partly"):
        assert row["evidence"]
    if row["standing"] in ("partly", "open"):
        assert row["note"]


@pytest.mark.parametrize("path", sorted({p for row in ROWS for p in row["evidence"].split()}))
def test_what_is_named_as_evidence_is_there(path: str) -> None:
    place = ROOT / path
    assert place.exists()
    if path.startswith("tests/"):
        assert has_tests(place), "no test of this file is collected"


def test_the_page_says_what_the_table_says() -> None:
    page = (FOLDER / "asvs.md").read_text(encoding="utf-8")
    assert page == asvs_page(), "run: make documents"


def test_it_notices_a_file_without_a_test(tmp_path: Path) -> None:
    empty = tmp_path / "test_nothing.py"
    empty.write_text("def checks_nothing() -> None: ...\n")
    assert not has_tests(empty)


def has_tests(file: Path) -> bool:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        isinstance(one, ast.FunctionDef) and one.name.startswith("test_") for one in ast.walk(tree)
    )
