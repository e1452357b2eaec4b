"""What the school's papers claim of the program, read from the papers as they are shipped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAPERS = sorted((ROOT / "docs" / "papers").glob("*.*.md"))
MARK = re.compile(r"<!-- held: ([\w-]+) -->")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Claim:
    """Every sentence that carries one mark, in both languages."""

    name: str
    sentences: tuple[str, ...]

    @property
    def numbers(self) -> set[tuple[float, ...]]:
        """Return the numbers of each sentence that has any; article numbers are in none."""
        found = (NUMBER.findall(sentence) for sentence in self.sentences)
        return {tuple(float(n.replace(",", ".")) for n in numbers) for numbers in found if numbers}


Check = Callable[[Claim, Path], None]
CHECKS: dict[str, Check] = {}
"""What is tried for each mark; filled by the modules beside this one."""


def holds(name: str) -> Callable[[Check], Check]:
    """Let a function be what holds a claim."""

    def keep(check: Check) -> Check:
        assert name not in CHECKS, name
        CHECKS[name] = check
        return check

    return keep


def marks_of(paper: Path) -> list[tuple[str, str]]:
    """Return the marks of a paper in order, each with its sentence."""
    found = []
    for line in paper.read_text(encoding="utf-8").splitlines():
        for name in MARK.findall(line):
            found.append((name, MARK.sub("", line).strip(" |-")))
    return found


def claims() -> dict[str, Claim]:
    """Return every claim of every paper by its mark."""
    sentences: dict[str, list[str]] = {}
    for paper in PAPERS:
        for name, sentence in marks_of(paper):
            sentences.setdefault(name, []).append(sentence)
    return {name: Claim(name, tuple(told)) for name, told in sentences.items()}


def unmarked(paper: Path) -> list[str]:
    """Return the lines within '<!-- claims -->' that carry no mark."""
    text, found = paper.read_text(encoding="utf-8"), []
    for part in text.split("<!-- claims -->")[1:]:
        lines = part.partition("<!-- end of claims -->")[0].strip().splitlines()
        is_table = lines[0].startswith("|")
        rows = lines[2:] if is_table else lines  # without the head and its rule
        found += [line for line in rows if line.strip() and not MARK.search(line)]
    return found
