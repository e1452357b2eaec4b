"""Writes the two tables in docs/security: python -m tools.security_pages.

asvs.md is made of asvs.csv; dependencies.md of requirements.txt and what is installed.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tools.sbom import LOCKED, ROOT, Library, licence_of, read_locked

FOLDER = ROOT / "docs" / "security"
STANDINGS = ("met", "partly", "open", "not here")
CHAPTERS = {
    "1": "Encoding and making safe",
    "2": "Validation and the logic of the work",
    "3": "In the browser",
    "4": "Web services",
    "5": "Files",
    "6": "Signing in",
    "7": "Sessions",
    "8": "Who may do what",
    "9": "Tokens that speak for themselves",
    "10": "OAuth and OpenID Connect",
    "11": "Cryptography",
    "12": "Transport",
    "13": "Configuration",
    "14": "Protection of data",
    "15": "Code and architecture",
    "16": "Logging and errors",
    "17": "WebRTC",
}
ASVS_HEAD = """\
# Held against ASVS 5.0.0, levels 1 and 2

Every requirement of levels 1 and 2 of OWASP's Application Security Verification Standard, version
5.0.0, by its number; the words are ours and short: the standard's own decide. *met*: the evidence
shows it. *partly* and *open*: what is missing stands beside it. *not here*: there is nothing of
the kind in the program. We judged ourselves; nobody outside has.

Made of [asvs.csv](asvs.csv) by `make documents`. A test holds that every number is there once,
that what is named as evidence exists and that what is not met says why.
"""
DEPENDENCIES_HEAD = """\
# What checkin is made of

The libraries that run in a school, with their licences as they state them, and what each is there
for. Versions and hashes are in `requirements.txt`, of which `make sbom` makes a bill of materials;
*not said* is a library that only other systems than the one this page was made on install. Made by
`make documents`.
"""


def read_asvs() -> list[dict[str, str]]:
    """Return the rows of asvs.csv."""
    with (FOLDER / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asvs_page() -> str:
    """Return the page of the table, with a sum of it first."""
    rows = read_asvs()
    counted = Counter((row["level"], row["standing"]) for row in rows)
    sums = [(f"level {level}", *(str(counted[level, s]) for s in STANDINGS)) for level in "12"]
    parts = [ASVS_HEAD, _table(("", *STANDINGS), sums)]
    for chapter, title in CHAPTERS.items():
        own = [row for row in rows if row["requirement"].split(".")[0] == chapter]
        parts += [f"\n## V{chapter} {title}\n", _table(("", "level", "about", "", ""), _lines(own))]
    return "\n".join(parts)


def dependencies_page() -> str:
    """Return the page of the libraries."""
    libraries = read_locked(LOCKED.read_text(encoding="utf-8"))
    lines = [(one.name, licence_of(one.name), _needed(one)) for one in libraries]
    return DEPENDENCIES_HEAD + "\n" + _table(("library", "licence", "needed by"), lines)


def _needed(library: Library) -> str:
    return ", ".join("**checkin**" if by == "checkin" else by for by in library.needed_by)


def _lines(rows: list[dict[str, str]]) -> Iterable[tuple[str, ...]]:
    for row in rows:
        told = " ".join(filter(None, (_links(row["evidence"]), row["note"])))
        yield f"V{row['requirement']}", row["level"], row["about"], row["standing"], told


def _links(evidence: str) -> str:
    links = []
    for path in evidence.split():
        away = Path(os.path.relpath(ROOT / path, FOLDER)).as_posix()
        links.append(f"[{Path(path).stem}]({away})")
    return ", ".join(links) + ("." if links else "")


def _table(head: Iterable[str], lines: Iterable[tuple[str, ...]]) -> str:
    names = tuple(head)
    rows = [names, ("---",) * len(names), *lines]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


if __name__ == "__main__":
    (FOLDER / "asvs.md").write_text(asvs_page(), encoding="utf-8")
    (FOLDER / "dependencies.md").write_text(dependencies_page(), encoding="utf-8")
    print("wrote docs/security/asvs.md and docs/security/dependencies.md")
