"""The filter: JSON lines of released rounds in, JSON lines of flags out."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.patterns import Observation, find_patterns
from checkin.services.replaying import ReplayError, replay
from tests.domain.pattern_histories import school_days

FIRST = date(2026, 9, 1)
ROUND = {"classroom": "A", "day": "2026-09-01", "round": "check-in", "pupils": 14, "answered": 12}


def line(**changes: object) -> str:
    return json.dumps({**ROUND, "heavy": 3, **changes}) + "\n"


def day_line(n: int, heavy: int | None, classroom: str | int = "A") -> str:
    day = (FIRST + timedelta(n)).isoformat()
    return line(classroom=classroom, day=day, pupils=24, answered=20, heavy=heavy)


def flags_of(*lines: str | bytes) -> list[dict[str, object]]:
    written: list[str] = []
    replay(lines, written.append)
    assert all(text.endswith("\n") and text.count("\n") == 1 for text in written)
    return [json.loads(text) for text in written]


def failure_of(*lines: str | bytes) -> ReplayError:
    with pytest.raises(ReplayError) as failure:
        replay(lines, lambda _: None)
    return failure.value


class TestWords:
    def test_say_that_bytes_are_not_utf_8(self) -> None:
        assert failure_of(line(), b'{"classroom": "\xff"}').message == "this is not UTF-8"

    def test_say_that_a_number_is_too_long(self) -> None:
        failure = failure_of('{"classroom": "A", "pupils": ' + "9" * 5000 + "}")
        assert failure.message == "a number of 5000 digits is too long"

    def test_say_which_field_is_there_twice_and_where(self) -> None:
        twice = line(day="2026-09-02").replace('"heavy"', '"pupils": 3, "heavy"')
        assert str(failure_of(line(), twice)) == "line 2: 'pupils' is there twice"


class TestFlags:
    def test_have_the_fields_of_the_contract(self) -> None:
        [flag] = flags_of(*[day_line(n, 3) for n in range(30)], day_line(30, 15))
        assert list(flag) == ["classroom", "day", "pattern", "strength", "text"]
        assert flag["classroom"] == "A"
        assert flag["day"] == "2026-10-01"
        assert flag["pattern"] == "sudden-day"
        assert isinstance(flag["strength"], float)
        assert str(flag["text"]).startswith("On 2026-10-01, 80% or more of the taps")

    def test_of_a_day_are_written_when_the_first_line_of_a_later_day_was_read(self) -> None:
        written: list[str] = []
        seen: list[int] = []

        def lines() -> Iterator[str]:
            for n in range(30):
                yield day_line(n, 3, "A")
                yield day_line(n, 3, "B")
            yield day_line(30, 15, "A")
            seen.append(len(written))
            yield day_line(30, 15, "B")
            seen.append(len(written))
            yield day_line(31, 3, "B")
            seen.append(len(written))
            yield day_line(31, 3, "A")

        replay(lines(), written.append)
        assert seen == [0, 0, 2]

    def test_of_the_last_day_are_written_at_the_end(self) -> None:
        assert flags_of(*[day_line(n, 3) for n in range(30)]) == []
        assert len(flags_of(*[day_line(n, 3) for n in range(30)], day_line(30, 15))) == 1

    def test_of_a_classroom_do_not_depend_on_the_others(self) -> None:
        alone = [day_line(n, 3 if n < 30 else 10, "A") for n in range(45)]
        other = [day_line(n, n % 9, 7) for n in range(45)]
        mixed = [text for pair in zip(other, alone, strict=True) for text in pair]
        assert [flag for flag in flags_of(*mixed) if flag["classroom"] == "A"] == flags_of(*alone)

    def test_keep_a_number_apart_from_the_same_name(self) -> None:
        lines = [day_line(n, 3, name) for n in range(30) for name in (1, "1")]
        flags = flags_of(*lines, day_line(30, 15, "1"))
        assert [flag["classroom"] for flag in flags] == ["1"]

    def test_come_from_a_check_out_before_its_check_in_too(self) -> None:
        assert flags_of(line(round="check-out"), line(round="check-in")) == []

    def test_count_a_withheld_round_as_missing(self) -> None:
        before = [day_line(n, 3) for n in range(30)]
        withheld = [day_line(30 + n, None) for n in range(20)]
        assert len(flags_of(*before, *withheld, day_line(50, 15))) == 1

    def test_of_participation_come_from_withheld_rounds_too(self) -> None:
        days = school_days(40)
        lines = [
            line(day=day.isoformat(), pupils=10, answered=9 if n < 30 else 4, heavy=None)
            for n, day in enumerate(days)
        ]
        [flag] = flags_of(*lines)
        assert flag["pattern"] == "participation"
        assert "of the pupils tapped" in str(flag["text"])

    def test_include_a_heavy_start_and_good_news_after_it(self) -> None:
        flags = flags_of(*[day_line(n, 12 if n < 15 else 3) for n in range(30)])
        assert [flag["pattern"] for flag in flags] == ["heavy-start", "recovery"]

    def test_are_none_for_no_input(self) -> None:
        assert flags_of() == []
        assert flags_of("\n", line(), " \n") == []

    def test_come_from_bytes_as_well(self) -> None:
        assert flags_of(line(classroom="Σ").encode()) == []

    @given(st.lists(st.none() | st.integers(0, 20), max_size=80))
    def test_are_the_patterns_of_the_whole_history(self, heavy: list[int | None]) -> None:
        flags = flags_of(*[day_line(n, count) for n, count in enumerate(heavy)])
        rounds = [
            Observation(FIRST + timedelta(n), "check-in", 24, 20, count)
            for n, count in enumerate(heavy)
        ]
        found = [(p.day.isoformat(), p.pattern, p.strength) for p in find_patterns(rounds)]
        assert [(flag["day"], flag["pattern"], flag["strength"]) for flag in flags] == found


class TestBadInput:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"classroom": None}, "'classroom' must be a name or a number"),
            ({"classroom": True}, "'classroom' must be a name or a number"),
            ({"classroom": ""}, "'classroom' must be a name or a number"),
            ({"classroom": ["A"]}, "'classroom' must be a name or a number"),
            ({"day": "1 September"}, "'day' must be a date such as 2026-09-01"),
            ({"day": "20260901"}, "'day' must be a date such as 2026-09-01"),
            ({"day": "2026-02-30"}, "'day' must be a date such as 2026-09-01"),
            ({"day": 20260901}, "'day' must be a date such as 2026-09-01"),
            ({"round": "lunch"}, "'round' must be 'check-in' or 'check-out'"),
            ({"round": ["check-in"]}, "'round' must be 'check-in' or 'check-out'"),
            ({"pupils": "14"}, "'pupils' must be a whole number"),
            ({"pupils": True}, "'pupils' must be a whole number"),
            ({"pupils": 10**400}, "'pupils' must not be more than 10000"),
            ({"answered": 12.0}, "'answered' must be a whole number"),
            ({"answered": None}, "'answered' must be a whole number"),
            ({"answered": -1}, "'answered' must not be negative"),
            ({"answered": 15}, "'answered' must not be more than 'pupils'"),
            ({"heavy": 13}, "'heavy' must not be more than 'answered'"),
            ({"heavy": -1}, "'heavy' must not be negative"),
            ({"heavy": False}, "'heavy' must be a whole number or null"),
            ({"heavy": float("nan")}, "'heavy' must be a whole number or null"),
        ],
    )
    def test_is_named_with_its_line(self, changes: dict[str, object], message: str) -> None:
        failure = failure_of(line(day="2026-08-31"), "\n", line(**changes))
        assert failure.line_number == 3
        assert failure.message == message
        assert str(failure) == f"line 3: {message}"

    @pytest.mark.parametrize("name", [*ROUND, "heavy"])
    def test_names_the_field_that_is_missing(self, name: str) -> None:
        fields = {**ROUND, "heavy": 3}
        del fields[name]
        assert failure_of(json.dumps(fields)).message == f"'{name}' is missing"

    @pytest.mark.parametrize("text", ["{", "heavy", "[" * 100_000, "\ufeff{}"])
    def test_is_told_from_json(self, text: str | bytes) -> None:
        assert failure_of(text).message == "this is not JSON"

    @pytest.mark.parametrize("text", ["[]", "3", "null", '"A"'])
    def test_is_told_from_an_object(self, text: str) -> None:
        assert failure_of(text).message == "this is not a JSON object"

    def test_includes_days_out_of_order_in_whatever_classroom(self) -> None:
        failure = failure_of(line(day="2026-09-02"), line(classroom="B"))
        assert failure.line_number == 2
        assert "2026-09-01 comes after day 2026-09-02" in failure.message

    def test_includes_the_same_round_twice(self) -> None:
        twice = line(), line(classroom="B"), line(round="check-out"), line(heavy=None)
        failure = failure_of(*twice)
        assert failure.line_number == 4
        assert failure.message == "the check-in of 2026-09-01 comes twice"

    def test_leaves_what_was_written_before_it(self) -> None:
        written: list[str] = []
        lines = [*[day_line(n, 3) for n in range(30)], day_line(30, 15), day_line(31, 3), "{"]
        with pytest.raises(ReplayError):
            replay(lines, written.append)
        assert len(written) == 1


def test_a_pipe_gets_its_flags_while_it_is_still_open() -> None:
    program = (
        "import sys; from checkin.services.replaying import replay\n"
        "replay(sys.stdin.buffer, lambda text: print(text, end='', flush=True))"
    )
    lines = [*[day_line(n, 3) for n in range(30)], day_line(30, 15), day_line(31, 3)]
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write("".join(lines))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["pattern"] == "sudden-day"
        process.stdin.close()
        assert process.stdout.read() == ""
    assert process.returncode == 0
