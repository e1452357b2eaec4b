"""What every operation is made of: parameters, bodies, answers and refusals."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

Json = dict[str, Any]

TABLET: list[Json] = [{"tabletToken": []}, {"tabletCookie": []}]
STAFF: list[Json] = [{"staffCookie": []}]
NOBODY: list[Json] = []

REFUSALS = {
    400: "Something in it was missing or could not be read; `error` says what.",
    401: "Whoever asks is not known here, or not any more.",
    403: "Not for whoever asks, or the request came from another site.",
    404: "There is no such thing, or it is another school's.",
    409: "Not possible now; `error` says why.",
    413: "More than one request may hold.",
    503: "Nothing can be stored just now. Keep what was sent and send it again.",
}
WAITS = (403, 503)
"""Refusals that may say for how many seconds to wait."""
EVERYWHERE = (503,)


def ref(name: str, kind: str = "schemas") -> Json:
    """Point to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def one_of(kind: Iterable[Enum]) -> Json:
    """Return the schema of a value of an enumeration of strings."""
    return {"type": "string", "enum": [one.value for one in kind]}


def an_object(needed: Json, **optional: Json) -> Json:
    """Return the schema of an object with these parts and no others."""
    parts = {**needed, **optional}
    return {
        "type": "object",
        "properties": parts,
        "required": list(needed),
        "additionalProperties": False,
    }


def a_list(of: Json, **limits: int) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": of, **limits}


def or_null(schema: Json) -> Json:
    """Return the schema of a value that may be missing."""
    return {"anyOf": [schema, {"type": "null"}]}


def in_path(name: str, schema: Json) -> Json:
    """Return a part of an address."""
    return {"name": name, "in": "path", "required": True, "schema": schema}


def in_query(name: str, schema: Json, description: str) -> Json:
    """Return an optional part of a query."""
    return {"name": name, "in": "query", "schema": schema, "description": description}


def operation(
    endpoint: str,
    summary: str,
    security: list[Json],
    answer: Json,
    *,
    refusals: Iterable[int] = (),
    status: int = 200,
    parameters: Iterable[Json] = (),
    body: Json | None = None,
    kind: str = "application/json",
    is_unsafe: bool = False,
    needs_body: bool = True,
) -> Json:
    """Return one operation; its name is the endpoint of the program that answers it."""
    own = list(parameters)
    codes = {*refusals, *EVERYWHERE}
    if is_unsafe:
        own.append(
            ref("SameOriginUnlessBearer" if security == TABLET else "SameOrigin", "parameters")
        )
        codes |= {403, 413}
    if security != NOBODY:
        codes.add(401)
    made: Json = {
        "operationId": endpoint,
        "summary": summary,
        "security": security,
        "parameters": own,
        "responses": {
            str(status): _answer("It worked.", answer),
            **{str(code): ref(f"Refused{code}", "responses") for code in sorted(codes)},
        },
    }
    if body is not None:
        made["requestBody"] = {"required": needs_body, "content": {kind: {"schema": body}}}
    return made


def refused_responses() -> Json:
    """Return what each refusal looks like."""
    return {f"Refused{code}": _refused(code, text) for code, text in REFUSALS.items()}


def _refused(code: int, text: str) -> Json:
    made = _answer(text, ref("Error"))
    if code in WAITS:
        made["headers"]["Retry-After"] = {
            "description": "For how many seconds to wait, where it helps.",
            "schema": {"type": "string", "pattern": "^[0-9]+$"},
        }
    return made


def _answer(text: str, schema: Json) -> Json:
    return {
        "description": text,
        "headers": {"Cache-Control": {"schema": {"const": "no-store"}}},
        "content": {"application/json": {"schema": schema}},
    }
