"""What a page looks up is what was extracted, to the letter: else Dutch pages speak English."""

import io
import tomllib
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from flask import Flask
from jinja2 import nodes

import checkin

LOOKS_UP = {"_": 1, "gettext": 1, "ngettext": 2}
"""How many of what is handed over are texts."""
PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def templates_of(app: Flask) -> dict[str, str]:
    folder = Path(checkin.__file__).parent / "templates"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return {name: app.jinja_loader.get_source(app.jinja_env, name)[0] for name in names}


def looked_up(app: Flask, source: str) -> set[tuple[str, ...]]:
    """Return the texts a template looks up when it is rendered."""
    found = set()
    for call in app.jinja_env.parse(source).find_all(nodes.Call):
        texts = LOOKS_UP.get(getattr(call.node, "name", ""), 0)
        given = call.args[:texts]
        if texts and all(isinstance(one, nodes.Const) for one in given):
            found.add(tuple(one.value for one in given))
    return found


def extracted(source: str, options: dict[str, Any]) -> set[tuple[str, ...]]:
    """Return the texts of a template that go into the catalogue."""
    found = extract("jinja2", io.BytesIO(source.encode()), options=options)
    told = (message if isinstance(message, tuple) else (message,) for _line, message, *_ in found)
    return {tuple(text for text in texts if text) for texts in told}


def options_of_the_project() -> dict[str, Any]:
    mappings = tomllib.loads(PROJECT.read_text())["tool"]["babel"]["mappings"]
    return next(one for one in mappings if one["method"] == "jinja2")


def never_found(app: Flask, sources: dict[str, str]) -> dict[str, set[tuple[str, ...]]]:
    options = options_of_the_project()
    missing = {n: looked_up(app, its) - extracted(its, options) for n, its in sources.items()}
    return {name: texts for name, texts in missing.items() if texts}


def test_every_text_of_a_template_is_found_in_the_catalogue(app: Flask) -> None:
    sources = templates_of(app)
    assert sum(len(looked_up(app, source)) for source in sources.values()) > 1000
    assert never_found(app, sources) == {}


def test_a_percent_sign_is_one_and_not_the_end_of_a_text(app: Flask) -> None:
    source = (
        "{% trans %}Up to 100% of {{ n }}.{% endtrans %}{% trans %}All 100% of it.{% endtrans %}"
    )
    assert looked_up(app, source) == {("Up to 100%% of %(n)s.",), ("All 100%% of it.",)}
    assert never_found(app, {"": source}) == {}
    with app.test_request_context():
        assert app.jinja_env.from_string(source).render(n=3) == "Up to 100% of 3.All 100% of it."
