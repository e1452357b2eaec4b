"""Holds what a route answers to a program against docs/openapi.json."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

FILE = Path(__file__).parents[2] / "docs" / "openapi.json"
Document = dict[str, Any]


def read() -> Document:
    document: Document = json.loads(FILE.read_text(encoding="utf-8"))
    return document


def operations(document: Document) -> dict[str, tuple[str, str, Document]]:
    """Return path, method and operation by endpoint."""
    return {
        one["operationId"]: (path, method, one)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    }


def problems_of(app: Flask, answer: TestResponse) -> list[str]:
    """Say in what an answer to a program is not as the document says."""
    if answer.status_code == 405 or (endpoint := _endpoint_of(app, answer)) is None:
        return []
    known = _known()
    if endpoint not in known:  # a page: it says to a program as well why it refuses
        return [f"{endpoint} is not in the document"] if answer.status_code < 300 else []
    responses = known[endpoint][2]["responses"]
    if str(answer.status_code) not in responses:
        return [f"{endpoint} answered {answer.status_code}"]
    told = [f"{endpoint}: {e}" for e in _validator(endpoint, answer.status_code)(answer.json)]
    if answer.headers.get("Cache-Control") != "no-store":
        told.append(f"{endpoint}: Cache-Control is {answer.headers.get('Cache-Control')}")
    return told


def _endpoint_of(app: Flask, answer: TestResponse) -> str | None:
    """Return the endpoint that an answer came from; None where there is no such page."""
    try:
        address = app.url_map.bind_to_environ(answer.request.environ)
        endpoint, _ = address.match()
    except HTTPException:
        return None
    return endpoint


@cache
def _known() -> dict[str, tuple[str, str, Document]]:
    return operations(read())


@cache
def _validator(endpoint: str, status: int) -> Any:
    document = read()
    response = operations(document)[endpoint][2]["responses"][str(status)]
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rsplit("/")[-1]]
    schema = response["content"]["application/json"]["schema"]
    whole = {**schema, "components": document["components"]}
    checker = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return lambda body: [f"{e.instance_path} {e.message}" for e in checker.iter_errors(body)]
