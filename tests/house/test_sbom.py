"""Every library that runs in a school is pinned by hashes, and in the bill of materials."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tools.sbom import LOCKED, make_bill, read_locked
from tools.security_pages import FOLDER, ROOT

TEXT = LOCKED.read_text(encoding="utf-8")
LIBRARIES = read_locked(TEXT)


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The bill as `make sbom` writes it."""
    file = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    subprocess.run([sys.executable, "-m", "tools.sbom", str(file)], check=True, cwd=ROOT)
    return json.loads(file.read_text(encoding="utf-8"))


def test_every_pinned_library_has_hashes() -> None:
    pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", TEXT, re.MULTILINE)
    assert [(one.name, one.version) for one in LIBRARIES] == pinned
    assert len(pinned) > 30
    assert [one.name for one in LIBRARIES if not one.hashes] == []


def test_every_line_is_pinned() -> None:
    starts = [line for line in TEXT.splitlines() if line[:1].strip() and line[0] != "#"]
    assert [line for line in starts if "==" not in line] == []


def test_the_bill_lists_each_with_its_hashes(bill: Any) -> None:
    listed = {(c["name"], c["version"]): c for c in bill["components"]}
    assert set(listed) == {(one.name, one.version) for one in LIBRARIES}
    for one in LIBRARIES:
        hashes = {h["content"] for h in listed[one.name, one.version]["hashes"]}
        assert hashes == set(one.hashes)
        assert f"--hash=sha256:{min(hashes)}" in TEXT


def test_the_bill_says_who_needs_whom(bill: Any) -> None:
    needs = {one["ref"]: set(one["dependsOn"]) for one in bill["dependencies"]}
    by_name = {one.name: one.purl for one in LIBRARIES}
    assert by_name["flask"] in needs["checkin"]
    assert by_name["werkzeug"] in needs[by_name["flask"]]
    needed = set().union(*needs.values())
    assert {one.purl for one in LIBRARIES} == needed


def test_the_same_input_gives_the_same_bill() -> None:
    assert make_bill(LIBRARIES) == make_bill(read_locked(TEXT))


def test_the_bill_names_no_place_to_fetch_from(bill: Any) -> None:
    assert not re.search(r"https?://", json.dumps(bill))


def test_a_library_without_a_pin_is_refused() -> None:
    with pytest.raises(SystemExit, match="not a pinned library"):
        read_locked("flask>=3\n")


def test_the_page_of_licences_names_each() -> None:
    page = (FOLDER / "dependencies.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z0-9][a-z0-9._-]*) \| [^|]+\S \|", page, re.MULTILINE)
    assert named[1:] == [one.name for one in LIBRARIES], "run: make documents"


def test_no_licence_forbids_what_ours_allows() -> None:
    """All are permissive, or, like psycopg's, let a program use them as a library."""
    page = (FOLDER / "dependencies.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| [a-z0-9._-]+ \| ([^|]+\S) \|", page, re.MULTILINE)[2:]
    refused = [one for one in told if re.search(r"\bA?GPL", one) and "LGPL" not in one]
    assert refused == []


def test_the_requirements_name_no_other_place() -> None:
    assert not re.search(r"https?://|--index-url|--find-links", TEXT)
