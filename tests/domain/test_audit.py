"""Whatever is done to lines of the audit is found, at the first line it was done to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkin.domain import audit
from checkin.domain.audit import (
    BEGINNING,
    FORGOT,
    Break,
    Ends,
    Line,
    Place,
    Why,
    find_break,
    forgot_up_to,
    hash_of,
)

START = Place()
NINE = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
OTHERWISE = {
    "school": 2,
    "number": 99,
    "at": NINE + timedelta(microseconds=1),
    "by": None,
    "what": "looked away",
    "subject": "flag 8",
    "previous": "f" * 64,
    "hash": "e" * 64,
}


def chain_of(count: int, first: Place = START, tells: str | None = None) -> list[Line]:
    """Return a chain that holds on to an anchor; its last line may tell of what was forgotten."""
    lines, last = [], first
    for n in range(count):
        is_last = n == count - 1 and tells is not None
        what, subject = (FORGOT, tells) if is_last else ("looked", f"flag {n}")
        line = Line(1, last.number + 1, NINE + timedelta(minutes=n), 7, what, subject, last.hash)
        line = replace(line, hash=hash_of(line))
        lines.append(line)
        last = Place(line.number, line.hash)
    return lines


def ends_of(lines: list[Line], anchor: Place = START) -> Ends:
    return Ends(anchor, Place(lines[-1].number, lines[-1].hash))


LINES = chain_of(6)
ENDS = ends_of(LINES)


def test_finds_nothing_in_a_chain_as_it_was_written() -> None:
    assert find_break(ENDS, LINES) is None
    assert find_break(Ends(), []) is None


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("column", OTHERWISE)
def test_finds_any_column_of_any_line_that_was_changed(column: str, place: int) -> None:
    changed = replace(LINES[place], **{column: OTHERWISE[column]})
    lines = sorted([*LINES[:place], changed, *LINES[place + 1 :]], key=lambda line: line.number)
    found = find_break(ENDS, lines)
    assert found is not None
    assert found.number == place + 1


@pytest.mark.parametrize("column", sorted(OTHERWISE.keys() - {"previous", "hash", "number"}))
def test_would_miss_a_column_that_the_hash_leaves_out(
    column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(line: Line) -> str:
        return hash_of(replace(line, **{column: OTHERWISE[column]}))

    monkeypatch.setattr(audit, "hash_of", blind)
    lines, last = [], Place()
    for line in LINES:
        line = replace(line, previous=last.hash)
        line = replace(line, hash=blind(line))
        last = Place(line.number, line.hash)
        lines.append(line)
    lines[2] = replace(lines[2], **{column: "another" if column == "what" else line.by})
    assert find_break(ends_of(lines), lines) is None


@pytest.mark.parametrize("place", range(6))
def test_finds_a_line_that_was_removed(place: int) -> None:
    found = find_break(ENDS, LINES[:place] + LINES[place + 1 :])
    assert found == Break(place + 1, Why.MISSING)


@pytest.mark.parametrize("place", range(6))
def test_finds_a_line_that_was_put_in(place: int) -> None:
    twice = [*LINES[: place + 1], LINES[place], *LINES[place + 1 :]]
    assert find_break(ENDS, twice) == Break(place + 1, Why.INSERTED)


def test_finds_a_line_that_was_put_in_and_the_rest_numbered_anew() -> None:
    moved = [replace(line, number=line.number + 1) for line in LINES[3:]]
    lines = [*LINES[:3], replace(LINES[0], number=4), *moved]
    assert find_break(ENDS, lines) == Break(4, Why.CHANGED)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 4), (4, 5)])
def test_finds_two_lines_that_changed_places(one: int, other: int) -> None:
    lines = list(LINES)
    lines[one] = replace(LINES[other], number=one + 1)
    lines[other] = replace(LINES[one], number=other + 1)
    assert find_break(ENDS, lines) == Break(one + 1, Why.CHANGED)


@pytest.mark.parametrize("kept", range(6))
def test_finds_an_end_that_was_cut_off(kept: int) -> None:
    assert find_break(ENDS, LINES[:kept]) == Break(kept + 1, Why.MISSING)


def test_finds_lines_added_by_another_hand() -> None:
    assert find_break(ENDS, chain_of(8)) == Break(6, Why.CHANGED)


def test_a_chain_cut_with_its_end_moved_shows_only_by_a_line_noted_elsewhere() -> None:
    cut = LINES[:4]
    noted = Place(6, LINES[5].hash)
    assert find_break(ends_of(cut), cut) is None
    assert find_break(ends_of(cut), cut, noted) == Break(6, Why.NOTED)
    assert find_break(ENDS, LINES, noted) is None


def test_a_chain_written_anew_as_a_whole_shows_only_by_a_line_noted_elsewhere() -> None:
    anew, last = [], Place()
    for line in LINES:
        line = replace(line, by=8, previous=last.hash)
        line = replace(line, hash=hash_of(line))
        last = Place(line.number, line.hash)
        anew.append(line)
    assert find_break(ends_of(anew), anew) is None
    assert find_break(ends_of(anew), anew, Place(3, LINES[2].hash)) == Break(3, Why.NOTED)


def test_what_was_forgotten_leaves_an_anchor_that_the_chain_tells_of() -> None:
    anchor = Place(40, "a" * 64)
    lines = chain_of(5, anchor, tells=forgot_up_to(anchor))
    ends = ends_of(lines, anchor)
    assert find_break(ends, lines) is None
    assert find_break(ends, lines, anchor) is None
    assert find_break(ends, lines, Place(12, "b" * 64)) is None  # long forgotten: cannot be told
    assert find_break(ends, lines, Place(40, "b" * 64)) == Break(40, Why.NOTED)


def test_finds_lines_removed_as_if_they_were_forgotten() -> None:
    anchor = Place(2, LINES[1].hash)
    assert find_break(ends_of(LINES, anchor), LINES[2:]) == Break(2, Why.ANCHOR)


def test_finds_an_anchor_that_was_changed() -> None:
    anchor = Place(40, "a" * 64)
    lines = chain_of(5, anchor, tells=forgot_up_to(anchor))
    for other in (Place(39, "a" * 64), Place(40, "b" * 64), Place()):
        assert find_break(ends_of(lines, other), lines) is not None


def test_the_first_line_holds_on_to_the_beginning() -> None:
    assert LINES[0].previous == BEGINNING == "0" * 64
