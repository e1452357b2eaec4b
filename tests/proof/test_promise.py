"""The document of the promise says what the auditor finds, and points to what there is."""

import re
from pathlib import Path

import pytest

from tools.audit_release.__main__ import TITLES, all_tables, written
from tools.audit_release.tables import SECTIONS

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "promise.md"


@pytest.fixture(scope="module")
def text():
    return DOCUMENT.read_text("utf-8")


@pytest.fixture(scope="module")
def tables():
    return all_tables()


def test_its_numbers_are_those_of_the_auditor(text, tables):
    assert written(text, tables) == text, (
        "run: python -m tools.audit_release --write docs/promise.md"
    )


def test_it_has_every_table(text):
    assert set(re.findall(r"<!-- audit: (?!end)(\S+) -->", text)) == set(SECTIONS) == set(TITLES)


def test_its_numbers_cannot_be_changed_by_hand(text, tables):
    changed = text.replace("| 7 | 62 % |", "| 7 | 26 % |")
    assert changed != text
    assert written(changed, tables) == text


def test_a_document_without_a_mark_is_refused(text, tables):
    with pytest.raises(SystemExit, match="weeks"):
        written(text.replace("<!-- audit: weeks -->", ""), tables)


def test_every_guarantee_holds_in_it(tables):
    assert "**NO**" not in tables["guarantees"]
    assert tables["guarantees"].count("| yes |") == 8


def test_it_points_to_files_that_are_there(text):
    links = re.findall(r"\]\((\.\./[^)]+)\)", text)
    assert links
    assert not [link for link in links if not (DOCUMENT.parent / link).exists()]
    named = re.findall(r"`((?:services|domain|proof|adversary|storage)/[\w/.*]+)`", text)
    found = [name for name in named if _is_there(name)]
    assert sorted(set(named) - set(found)) == []


def _is_there(name):
    places = ROOT / "checkin", ROOT / "tests"
    return any(list(place.glob(f"{name}*")) for place in places)
