"""Runs the attacks or the faults, the long ones too, and prints a table: what, tried how, result.

Reads the tests themselves: a file's first line says what is attacked, a test that begins with
`test_it_catches` is a canary, a broken program that the attack must notice.
"""

import ast
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SUITES = {
    "adversary": ("tests/adversary", "tests/storage/test_open_rounds_leave_no_trace.py"),
    "faults": (
        "tests/faults",
        "tests/browser/test_offline_day.py",
        "tests/browser/test_offline_bad_network.py",
    ),
}
CANARY = "test_it_catches"
WIDTH = 62


@dataclass
class Score:
    """How the tests of one file went."""

    tried: int = 0
    canaries: int = 0
    failed: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    not_run: int = 0
    seconds: float = 0.0

    @property
    def result(self) -> str:
        """Say in words how it went."""
        if self.missed or self.failed:
            return f"{len(self.failed)} GOT THROUGH, {len(self.missed)} canaries missed"
        if not self.tried:
            return "not run"
        return "held" + (f", {self.not_run} not run" if self.not_run else "")


class Scores:
    """Collects the score of every file while pytest runs."""

    def __init__(self) -> None:
        self.files: defaultdict[str, Score] = defaultdict(Score)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one phase of one test."""
        file, _, test = report.nodeid.partition("::")
        score = self.files[file]
        score.seconds += report.duration
        is_canary = test.rpartition("::")[2].startswith(CANARY)
        if report.failed:
            (score.missed if is_canary else score.failed).append(test)
        elif report.skipped:
            score.not_run += 1
        elif report.when == "call" and report.passed:  # not one that was given a second go
            score.tried += 1
            score.canaries += is_canary


def title_of(file: str) -> str:
    """Return the first line of a test file's docstring."""
    told = ast.get_docstring(ast.parse(Path(file).read_text(encoding="utf-8"))) or file
    return told.splitlines()[0].rstrip(".")


def table_of(scores: Scores) -> str:
    """Lay the scores out as a table."""
    lines = [f"{'what':{WIDTH}}  tests  canaries  seconds  result"]
    for file, score in sorted(scores.files.items()):
        title = title_of(file)
        title = title if len(title) <= WIDTH else f"{title[: WIDTH - 3]}..."
        plain, caught = score.tried - score.canaries, score.canaries
        lines.append(
            f"{title:{WIDTH}}  {plain:5}  {caught:8}  {score.seconds:7.0f}  {score.result}"
        )
    return "\n".join(lines)


def main() -> None:
    """Run a suite by its name; what succeeded or was lost gives exit code 1."""
    name, *more = sys.argv[1:] or ["adversary"]
    scores = Scores()
    options = ["-q", "--no-header", "-p", "no:cacheprovider", "-m", "long or not long"]
    code = pytest.main([*options, *more, *SUITES[name]], plugins=[scores])
    all_of_them = scores.files.values()
    failed, missed = (
        sum(len(s.failed) for s in all_of_them),
        sum(len(s.missed) for s in all_of_them),
    )
    caught = sum(score.canaries for score in all_of_them)
    word = "successes" if name == "adversary" else "losses"
    print(f"\n{table_of(scores)}\n\n{failed} {word}; {caught} canaries caught, {missed} missed")
    sys.exit(int(code))


if __name__ == "__main__":
    main()
