"""Every address as everybody: the real pages, against a table written by hand.

The table says who sees what as the school was promised it. It is not made of the program's own
table, so that a slip there shows here. A new address fails until somebody decides about it.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from checkin.domain.access import Person
from checkin.services.housekeeping import prepare_storage
from checkin.storage.database import db
from checkin.web import access
from checkin.web.access_table import TABLE, Who
from tests.web.conftest import (
    PASSWORD,
    Cast,
    HeldClock,
    close,
    make_app,
)
from tests.web.matrix_school import fill, people_of
from tests.web.matrix_staff import STAFF_FIRST, STAFF_PLACES
from tests.web.matrix_table import EVERYBODY, WHO_SEES_WHAT

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}

# What is asked with an address, where an empty form would be refused as a wrong password is.
FORMS = {
    "POST /sign-in": {"data": {"email": "hanna@school.example", "password": PASSWORD}},
    "POST /tablet/enrolment": {"json": {}},
    "POST /tablet/taps": {"json": {"taps": []}},
    "POST /account/factors/<any(app, passkey):kind>/<int:id>/name": {"data": {"label": "x"}},
    "POST /account/factors/passkeys/options": {"json": {}},
}
# What has to be done first, by the same person, for a page to have something to show.
FIRST = {
    "GET /tablets/code": "/classrooms/{classroom}/enrolment-codes",
    "GET /teams/<int:team>/code": "/teams/{team}/enrolment-codes",
    "GET /account/factors/app/picture.svg": "/account/factors/app",
    **STAFF_FIRST,
}


@dataclass(frozen=True)
class Filled:
    """A school in which every address has something to show, and everybody's cookies."""

    app: Flask
    folder: Path
    kept: Path
    parts: dict[str, object]
    cookies: dict[str, dict[str, str]]

    def opens(self, rule: Rule, method: str, who: str) -> bool:
        """Tell whether somebody gets in; a refusal is a status, or the way to sign in."""
        path = self.path_of(rule)
        browser = self.browser(who)
        name = f"{method} {rule.rule}"
        if name in FIRST:
            browser.post(FIRST[name].format(**self.parts), headers=SAME_SITE)
        form = FORMS.get(name, {})
        answer = browser.open(path, method=method, headers=SAME_SITE, buffered=True, **form)
        assert answer.status_code < 500, (method, path, who, answer.status_code)
        is_refused = answer.status_code in (401, 403, 404) or (
            answer.status_code == 303
            and answer.location.startswith(("/sign-in", "/tablet/grown-up"))
            and rule.rule not in ("/", "/sign-out")
        )
        if (method == "POST" or name in FIRST) and not is_refused:
            self.restore()
        return not is_refused

    def path_of(self, rule: Rule) -> str:
        own = {"/talk/<id>": "talk", "/absences/<int:id>": "absence", "/talk/adults": "adult"}
        own |= STAFF_PLACES
        values = {name: self.parts[name] for name in rule.arguments}
        for place, part in own.items():
            if place in rule.rule:
                values["id"] = self.parts[part]
        if rule.rule.startswith("/papers/"):
            values |= {"language": "nl"} if "language" in rule.arguments else {}
        if rule.rule.startswith("/talk/adults/") and "version" in rule.arguments:
            values["version"] = self.parts["photo"]
        adapter = self.app.url_map.bind("localhost")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        return str(adapter.build(rule.endpoint, values, method=method))

    def browser(self, who: str) -> FlaskClient:
        browser = FlaskClient(self.app, self.app.response_class)
        for name, value in self.cookies[who].items():
            browser.set_cookie(name, value)
        return browser

    def restore(self) -> None:
        """Undo what a form changed in the main database."""
        close(self.app)
        for file in self.folder.glob("checkin.sqlite3*"):
            file.unlink()
        for file in self.kept.glob("checkin.sqlite3*"):
            shutil.copy(file, self.folder)


@pytest.fixture(scope="module")
def filled(
    built_school: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    folder, kept = tmp_path_factory.mktemp("matrix"), tmp_path_factory.mktemp("matrix-kept")
    shutil.copytree(built_school[0], folder, dirs_exist_ok=True)
    clock, cast = HeldClock(), built_school[1]
    app = make_app(folder, clock)
    with app.app_context():
        prepare_storage()
        cookies, parts = people_of(cast, clock), fill(cast)
        db.session.commit()
    close(app)
    shutil.copytree(folder, kept, dirs_exist_ok=True)
    yield Filled(app, folder, kept, parts, cookies)
    close(app)


def addresses(app: Flask) -> list[tuple[str, Rule, str]]:
    """Return every address there is, as the table names it."""
    return [
        (f"{method} {rule.rule}", rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def wrongs(filled: Filled, only: set[str] | None = None) -> list[str]:
    """Return who gets in and should not, or should and does not."""
    found = []
    for name, rule, method in addresses(filled.app):
        if only is not None and name not in only:
            continue
        for who in sorted(EVERYBODY):
            opens, may = filled.opens(rule, method, who), who in WHO_SEES_WHAT[name]
            if opens != may:
                found.append(f"{name}: {who} {'gets in' if opens else 'is kept out'}")
    return found


def test_every_address_has_its_line(filled: Filled) -> None:
    assert {name for name, _, _ in addresses(filled.app)} == WHO_SEES_WHAT.keys()


def test_everybody_sees_what_they_may_and_nothing_else(filled: Filled) -> None:
    found = wrongs(filled)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("endpoint", "slip", "name"),
    [
        ("care.flags", Who.STAFF, "GET /flags"),
        ("trends.show", Who.STAFF, "GET /classrooms/<int:classroom>/trend"),
        ("mail.show", Who.OPEN, "GET /mail"),
        ("tablet.today", Who.OPEN, "GET /tablet/today"),
    ],
)
def test_a_slip_in_the_program_s_own_table_shows(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, endpoint: str, slip: Who, name: str
) -> None:
    if slip is Who.OPEN:
        monkeypatch.setitem(filled.app.view_functions, endpoint, lambda **_: "opened")
    monkeypatch.setitem(TABLE, endpoint, slip)
    assert wrongs(filled, {name}) != []


def test_a_page_that_forgets_to_ask_who_may_see_a_flag_shows(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checkin.services.caring import finding

    def careless(*_: Any) -> bool:
        return True

    assert Person is access.Person
    monkeypatch.setattr(finding, "may_see_flag", careless)
    assert wrongs(filled, {"GET /flags/<int:id>"}) != []
