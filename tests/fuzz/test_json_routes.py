"""Whatever a program asks of a JSON route, as anybody: what docs/openapi.json says, never a 5xx."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from time import monotonic
from typing import Any

import pytest
import requests
import schemathesis
from flask import Flask
from hypothesis import given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.failures import FailureGroup

from checkin.domain.release import Light
from tests.fuzz.test_parsers import UNHURRIED
from tests.fuzz.visitors import VISITORS, headers_of, served
from tests.web import openapi
from tests.web.conftest import browser, built_school  # noqa: F401  # a fixture
from tests.web.living import add_flag, add_light, add_week
from tests.web.test_talk_settings import name_tess, save

CHECKED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
BROKEN = {
    "breaks": "Server error",
    "is silent about a status": "Undocumented status code",
    "says more than is written": "Response violates schema",
}
SHORT, TURN = 2, 30
"""Requests of each kind to each operation: in the suite, and in one turn of the long version."""
Visitors = list[dict[str, str]]
LAST_FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def a_living_school(fuzzed_app: Flask, built_school: Any) -> Flask:  # noqa: F811
    """A school with a light, a week, a flag, and a class where pupils can ask to talk."""
    cast = built_school[1]
    add_light(fuzzed_app, cast.zon, LAST_FRIDAY, Light.SOME)
    add_week(fuzzed_app, cast.zon, "2026-W47", {"happy": "30%", "sad": "<10%"})
    add_flag(fuzzed_app, cast)
    inge = browser(fuzzed_app)
    form = {"email": cast.email("inge"), "password": "a long password"}
    assert inge.post("/sign-in", data=form).status_code == 303
    assert name_tess(inge, cast).status_code == 303
    assert save(inge, cast).status_code == 303
    return fuzzed_app


@pytest.fixture(scope="module")
def address(a_living_school: Flask) -> Iterator[str]:
    with served(a_living_school) as url:
        yield url


@pytest.fixture(scope="module")
def visitors(a_living_school: Flask, built_school: Any) -> Visitors:  # noqa: F811
    return [headers_of(a_living_school, built_school[1], name) for name in VISITORS]


def ask_everything(
    url: str, visitors: Visitors, run: Callable[[Any], Any], only: str | None = None
) -> int:
    """Send what fits and what does not to each operation, as everybody; return how many."""
    schema = schemathesis.openapi.from_dict(openapi.read())
    schema = schema.include(operation_id=only) if only else schema
    session, sent = requests.Session(), 0
    session.trust_env = False

    def ask(case: Case) -> None:
        nonlocal sent
        for headers in visitors:
            sent += 1
            answer = case.call(base_url=url, session=session, headers=headers, timeout=30)
            case.validate_response(answer, checks=CHECKED)

    with session:
        for found in schema.get_all_operations():
            operation = found.ok()
            for mode in GenerationMode:
                with suppress(Unsatisfiable):  # nothing can be wrong where nothing is sent
                    run(given(operation.as_strategy(generation_mode=mode))(ask))
    return sent


def short(ask: Callable[[], None]) -> None:
    settings(UNHURRIED, max_examples=SHORT)(ask)()


def test_every_answer_to_strange_requests_is_as_written(address: str, visitors: Visitors) -> None:
    assert ask_everything(address, visitors, short) > 60 * len(visitors)


@pytest.mark.long
def test_every_answer_to_strange_requests_is_as_written_for_long(
    address: str, visitors: Visitors, seconds: float
) -> None:
    ends, turn = monotonic() + seconds * len(visitors), 0

    def run(ask: Callable[[], None]) -> None:
        random = settings(UNHURRIED, derandomize=False, max_examples=TURN)
        seed(turn)(random(ask))()

    while turn == 0 or monotonic() < ends:
        turn += 1
        ask_everything(address, visitors, run)


@pytest.mark.parametrize("how", BROKEN)
def test_it_catches_a_route_that_is_broken(
    a_living_school: Flask,
    address: str,
    visitors: Visitors,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    def broken(classroom: int) -> Any:
        if how == "breaks":
            raise ZeroDivisionError
        if how == "is silent about a status":
            return {"error": "a teapot"}, 418
        return {"rounds": [], "heavy": 3}

    monkeypatch.setitem(a_living_school.view_functions, "trends.today_json", broken)

    with pytest.raises(FailureGroup, match=BROKEN[how]):
        ask_everything(address, visitors, short, only="trends.today_json")
