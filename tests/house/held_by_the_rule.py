"""Holds what the papers say of the release rule, of counters and of flags."""

import ast
import sqlite3
import sys
import tomllib
from contextlib import closing
from dataclasses import replace
from math import e
from pathlib import Path

import pytest

from checkin.domain.cards import CardSet
from checkin.domain.chances import chances_of
from checkin.domain.feelings import Feeling
from checkin.domain.release import (
    Light,
    Released,
    Why,
    release_round,
    release_week,
    share_of,
    why_withheld,
)
from checkin.domain.school_weeks import release_school_week
from checkin.services import sealing, tapping
from checkin.services.timetables import timetable_of
from checkin.storage import schools
from checkin.storage.database import Base
from checkin.storage.open_rounds import open_rounds
from tests.house.claims import ROOT, Claim, holds
from tests.school import MONDAY, a_tap, at, next_day, small_school, taps

NOTHING_SAID = Claim("", ())
STEPS = {f"{n}%" for n in range(10, 100, 10)} | {"<10%", ">90%"}
LEARNING = ("torch", "tensorflow", "scikit", "keras", "onnx", "openai", "transformers", "opencv")


@holds("born-with-noise")
def counters_begin_at_a_random_number(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        room = schools.get_classroom(school.classrooms[0])
        timetable = timetable_of(room)
        for id in range(1000, 1040):
            tapping.store_for(replace(room, id=id), timetable, [a_tap(Feeling.CALM)], at(8, 30))
        counts = [heavy for (heavy,) in _read("SELECT heavy FROM open_round")]
    assert len(counts) == 40
    assert any(counts), "nobody tapped a heavy card, yet the counters are no zeros"
    assert len(set(counts)) > 2


@holds("nothing-while-open")
def an_open_round_tells_how_many_tapped_and_no_more(claim: Claim, folder: Path) -> None:
    from checkin.services import trends

    with small_school(folder) as school:
        school.tap(*taps(5, 4))
        room = school.classrooms[0]
        assert trends.trend_of(room, MONDAY, MONDAY).rounds == ()
        (round,) = [r for r in trends.today_of(room, school.clock.now).rounds if r.tapped]
        assert (round.tapped, round.light) == (9, None)
        school.seal()
        assert len(trends.trend_of(room, MONDAY, MONDAY).rounds) == 1


@holds("one-light")
def a_round_is_sealed_once_with_one_of_three_lights(claim: Claim, folder: Path) -> None:
    assert set(Light) - {Light.WITHHELD} == {Light.FEW, Light.SOME, Light.MANY}
    with small_school(folder) as school:
        school.tap(*taps(2, 8))
        first, second = school.seal(), school.seal()
        assert (first.is_new, second.is_new) == (True, False)
        assert first.round == second.round
    for sentence in claim.sentences:
        words = ("weinig", "enkele", "veel") if "lampje" in sentence else ("few", "some", "many")
        assert all(word in sentence for word in words)


@holds("floor")
def no_light_below_seven_and_no_lower_floor(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(7.0,)}
    assert why_withheld(6, 14, 7) is Why.TOO_FEW
    assert why_withheld(7, 14, 7) is Why.SHOWN
    assert why_withheld(9, 14, 10) is Why.TOO_FEW
    with pytest.raises(ValueError, match="floor"):
        release_round(12, 3, 14, floor=6)


@holds("small-classes")
def small_classes_get_weeks_or_nothing(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(7.0, 5.0)}
    assert {why_withheld(m, 6, 7) for m in range(20)} == {Why.SMALL_CLASS}
    assert _week(10, 5, pupils=5) is not None
    assert _week(10, 5, pupils=4) is None


@holds("week-picture")
def a_week_takes_five_rounds_and_forty_cards(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(5.0, 40.0)}
    assert _week(5, 8) is not None
    assert _week(4, 10) is None
    assert _week(5, 8, taps=39) is None
    assert {share_of(n, 100) for n in range(-5, 106)} == STEPS


@holds("school-figure")
def the_school_takes_three_classrooms(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(3.0,)}
    lights = {n: {Light.FEW: 6, Light.SOME: 2, Light.MANY: 2} for n in (1, 2, 3)}
    assert release_school_week("2026-W47", lights, frozenset()).shares is not None
    del lights[3]
    assert release_school_week("2026-W47", lights, frozenset()).shares is None


@holds("counter-gone")
def sealing_deletes_the_counter(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        school.tap(*taps(3, 6))
        assert len(_read("SELECT * FROM open_round")) == 1
        school.seal()
        assert _read("SELECT * FROM open_round") == []


@holds("week-gone")
def closing_a_week_deletes_its_counters_and_keys(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        school.tap(*taps(3, 6))
        assert len(_read("SELECT * FROM spent_key")) == 9
        sealing.seal_due(at(23, day=next_day(days=14)))
        for table in ("open_week", "spent_key"):
            assert _read(f"SELECT * FROM {table}") == []


@holds("odds")
def a_light_moves_the_odds_at_most_e_fold(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(2.72,)}
    for m in range(7, 31):
        for heavy in range(m):
            one, other = chances_of(m, heavy), chances_of(m, heavy + 1)
            for light in one.keys() | other.keys():
                assert 1 / e - 1e-9 <= one[light] / other[light] <= e + 1e-9
    assert round(e, 2) == 2.72


@holds("flags-of-a-class")
def a_flag_knows_a_classroom_and_no_child(claim: Claim, folder: Path) -> None:
    columns = Base.metadata.tables["flag"].columns
    assert not columns["classroom_id"].nullable
    points_to = {key.column.table.name for column in columns for key in column.foreign_keys}
    assert points_to == {"school", "classroom", "staff"}


@holds("plain-rules")
def the_rules_are_plain_python_and_explained(claim: Claim, folder: Path) -> None:
    from checkin.domain.patterns import examples

    for file in (ROOT / "checkin" / "domain" / "patterns").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.split(".")[0] in {"checkin", *sys.stdlib_module_names}, file
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [d for d in project["dependencies"] if d.startswith(LEARNING)]
    assert examples
    assert "patterns.show" in (ROOT / "checkin" / "web" / "access_table.py").read_text(
        encoding="utf-8"
    )


@holds("not-today")
def every_set_of_cards_has_not_today(claim: Claim, folder: Path) -> None:
    for cards in CardSet:
        assert Feeling.PASS in cards.feelings
    assert not Feeling.PASS.heavy


def _read(query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(open_rounds().path)) as file:
        return file.execute(query).fetchall()


def _week(rounds: int, answered: int, pupils: int = 14, taps: int | None = None) -> object:
    held = [Released(answered, pupils, 1, Light.FEW, Why.SHOWN)] * rounds
    total = rounds * answered if taps is None else taps
    return release_week(total, held, {"happy": 10}, {}).shares
