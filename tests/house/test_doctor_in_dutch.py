"""The Dutch manual explains all that `checkin doctor` says, in the words it says it in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from checkin.services.doctor.examining import ELSEWHERE, LOOKS, LOOKS_AT_A_SCHOOL

ROOT = Path(__file__).parents[2]
SECTION = re.compile(r"^## Wat `checkin doctor` zegt\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
# Which argument of a call is what a finding is about.
SUBJECT = {"well": 0, "look": 0, "say": 0, "wrong": 0, "look_at_room": 1}


def section() -> str:
    page = (ROOT / "docs" / "keeping-it.nl.md").read_text(encoding="utf-8")
    return str(SECTION.findall(page)[0])


def nodes() -> Iterator[ast.AST]:
    for path in (ROOT / "checkin" / "services" / "doctor").glob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def subjects() -> Iterator[str]:
    """Yield what findings are about, and what cannot be looked at."""
    yield from (name for name, _ in (*LOOKS, *LOOKS_AT_A_SCHOOL, *ELSEWHERE))
    for node in nodes():
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = node.args[SUBJECT[name] :][:1] if name in SUBJECT else []
            yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


def test_every_subject_is_explained() -> None:
    known = set(subjects())
    assert known >= {"folder", "disk of backups", "place", "certificate", "versions", "mail"}
    assert known - set(SPAN.findall(section())) == set()


def test_what_it_is_told_to_say_it_says() -> None:
    pieces = [one.value for one in nodes() if isinstance(one, ast.Constant)]
    said = "\n".join(one for one in pieces if isinstance(one, str))
    rows = [line.split(" | ") for line in section().splitlines() if line.startswith("| `")]
    # First the subject, then what is said of it.
    told = {span for row in rows if len(row) == 3 for span in SPAN.findall(row[0])[1:]}
    assert len(told) > 30
    assert {one for one in told if one not in said} == set()
