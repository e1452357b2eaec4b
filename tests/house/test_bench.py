"""The measurements can be run, are explained, and say so when a target is missed."""

import importlib
from pathlib import Path

import pytest

from bench.__main__ import SHORT
from bench.serving import floor
from bench.table import Row, at_most, ratio_at_least, ratio_at_most, show
from bench.tablets import tap_as_fast, tap_steadily

README = Path(__file__).parents[2] / "bench" / "README.md"


@pytest.mark.parametrize("name", SHORT)
def test_every_measurement_is_explained(name: str) -> None:
    assert importlib.import_module(f"bench.{name}").__doc__
    assert f"`python -m bench.{name}`" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        (at_most("s", 10, 10), True),
        (at_most("s", 10.1, 10), False),
        (ratio_at_most("x", 30, 20, 1.5), True),
        (ratio_at_most("x", 31, 20, 1.5), False),
        (ratio_at_least("x", 8, 10, 0.8), True),
        (ratio_at_least("x", 7, 10, 0.8), False),
        (Row("told only", 1e9, 1), True),
    ],
)
def test_a_missed_target_is_told(
    row: Row, is_met: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show("", [at_most("met", 0, 1), row]) is is_met
    assert ("OVER" in capsys.readouterr().out) is not is_met


def test_tablets_tap_as_they_are_told_and_miss_nothing() -> None:
    with floor() as server:
        steady = tap_steadily(server, rate=40, seconds=0.5, tablets=4)
        assert len(steady.delays) in range(18, 22)
        assert steady.trouble == []
        fast = tap_as_fast(server, tablets=4, seconds=0.2)
        assert len(fast.delays) >= 4
        assert fast.trouble == []
        assert fast.percentile(0.5) <= fast.percentile(0.99)
