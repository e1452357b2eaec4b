"""docs/openapi.json is true: every route that answers a program is in it, and none more."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from itertools import product
from types import FunctionType
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask

from tests.often import first
from tests.web import openapi
from tests.web.conftest import Cast, SignIn
from tests.web.living import JSON, add_flag
from tests.web.page_checks import SAME_SITE, PageClient
from tests.web.sending import DAY
from tools.openapi.document import written

ANSWERS = ("ResponseReturnValue", "Response")


def test_the_file_is_what_the_program_says() -> None:
    assert openapi.FILE.read_text(encoding="utf-8") == written(), "run: python -m tools.openapi"


def test_every_schema_is_one() -> None:
    for schema in openapi.read()["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_every_pointer_leads_somewhere() -> None:
    document = openapi.read()
    pointers = set(_pointers(document))
    assert len(pointers) > 30
    for pointer in pointers:
        found: Any = document
        for part in pointer.removeprefix("#/").split("/"):
            found = found[part]


def test_every_route_that_answers_json_is_in_it_and_none_more(app: Flask) -> None:
    answering = {name for name, view in app.view_functions.items() if _answers_json(view)}
    assert answering == set(openapi.operations(openapi.read()))


def test_every_operation_is_at_its_address(app: Flask) -> None:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for endpoint, (path, method, _) in openapi.operations(openapi.read()).items():
        written_here = path.replace("{classroom}", "<int:classroom>").replace("{id}", "<int:id>")
        assert rules[endpoint].rule == written_here.replace("{", "<").replace("}", ">")
        assert method.upper() in (rules[endpoint].methods or ())


def test_it_notices_a_route_that_answers_json_in_silence(app: Flask) -> None:
    def quiet() -> "ResponseReturnValue":  # type: ignore[name-defined]  # noqa: F821
        return {"heavy": 3}

    assert _answers_json(quiet)
    assert not _answers_json(app.view_functions["home.staff"])


@pytest.mark.parametrize("name", first(["inge", "nobody", "tablet", "tess", "hanna", "adam"]))
def test_no_page_gives_a_program_what_the_document_does_not_say(
    app: Flask, cast: Cast, client: PageClient, tablet: PageClient, sign_in: SignIn, name: str
) -> None:
    """Whoever asks any route as a program gets what is written, be it a refusal."""
    add_flag(app, cast)
    visitor = {"nobody": client, "tablet": tablet}.get(name) or sign_in(name)
    described = openapi.operations(openapi.read())
    problems, looked_at = [], 0
    for rule, method in product(app.url_map.iter_rules(), ("GET", "POST")):
        if method not in (rule.methods or ()) or rule.endpoint == "signing_in.sign_out":
            continue
        path = rule.rule.replace("<int:classroom>", "1").replace("<int:id>", "1")
        path = path.replace("<day>", DAY).replace("<moment>", "check-in")
        path = path.replace("<language>", "nl")
        if "<" in path:
            continue
        for body in ({}, {"json": {}}):
            answer = visitor.open(path, method=method, headers=JSON, **body)
            is_json = answer.mimetype == "application/json"
            looked_at += is_json
            if is_json and (answer.status_code < 300 or rule.endpoint in described):
                problems += openapi.problems_of(app, answer)
            elif rule.endpoint in described:
                problems.append(f"{rule.endpoint}: {answer.status_code} {answer.mimetype}")
    assert problems == []
    assert looked_at > 30


def test_it_notices_an_answer_that_is_not_as_written(app: Flask, client: PageClient) -> None:
    def broken() -> dict[str, Any]:
        return {"status": "ok", "taps": 3}

    assert openapi.problems_of(app, client.get("/healthz")) == []
    app.view_functions["health.show"] = broken
    assert openapi.problems_of(app, client.get("/healthz", headers=SAME_SITE))


def _answers_json(view: Callable[..., Any], deep: int = 0) -> bool:
    """Tell from its source whether a view, or what it returns through, answers with JSON."""
    if not isinstance(view, FunctionType) or not view.__module__.startswith(("checkin", "tests")):
        return False
    tree = ast.parse(textwrap.dedent(inspect.getsource(view))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    if deep and not (tree.returns and ast.unparse(tree.returns) in ANSWERS):
        return False
    returned = [one.value for one in ast.walk(tree) if isinstance(one, ast.Return)]
    if any(isinstance(part, ast.Dict) for one in returned for part in _parts(one)):
        return True
    called = {ast.unparse(one.func) for one in ast.walk(tree) if isinstance(one, ast.Call)}
    if "jsonify" in called:
        return True
    found = (_find(name, view.__globals__) for name in called)
    return deep < 3 and any(_answers_json(one, deep + 1) for one in found if one)


def _parts(value: ast.expr | None) -> list[ast.expr]:
    if isinstance(value, ast.Tuple):
        return value.elts[:1]
    return [value] if value else []


def _find(name: str, known: dict[str, Any]) -> Callable[..., Any] | None:
    first, _, rest = name.partition(".")
    found = known.get(first)
    return getattr(found, rest, None) if rest and inspect.ismodule(found) else found


def _pointers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from _pointers(part)
    elif isinstance(value, list):
        for part in value:
            yield from _pointers(part)
