"""The structure of the cast, and its forms filled in as a browser would send them."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Flask

from checkin.domain.structure import DEFAULT_STRUCTURE, Structure
from checkin.storage import structures
from checkin.storage.database import db
from tests.web.conftest import Cast
from tests.web.living import ENGLISH
from tests.web.page_checks import PageClient, page_of

DRAFT = "/structure/draft"


def put_in_force(
    app: Flask, cast: Cast, structure: Structure = DEFAULT_STRUCTURE, day: date = date(2026, 8, 31)
) -> None:
    with app.app_context():
        structures.add_version(cast.school, structure, day, None)
        db.session.commit()


def held_by_cast(cast: Cast) -> Structure:
    """Return the default with Inge as IB'er, Omar as her deputy, and a nurse without an account."""
    changed = {
        "ib": {"holders": (cast.people["inge"],), "deputy": cast.people["omar"]},
        "jgz": {"named": "Joke Smit", "named_deputy": "De GGD"},
        "team": {"holders": (cast.people["inge"], cast.people["tess"])},
    }
    roles = (replace(role, **changed.get(role.id, {})) for role in DEFAULT_STRUCTURE.roles)
    return replace(DEFAULT_STRUCTURE, roles=tuple(roles))


def stored_draft(app: Flask, cast: Cast) -> Structure | None:
    with app.app_context():
        found = structures.find_draft(cast.school)
        return found.structure if found else None


def begin(client: PageClient) -> PageClient:
    assert client.post(DRAFT).status_code == 303
    return client


def form_of(client: PageClient, section: str) -> dict[str, list[str]]:
    """Return what a browser would send for the form of a section, untouched."""
    answer = client.get(f"{DRAFT}/{section}", headers=ENGLISH)
    assert answer.status_code == 200
    return fields_in(answer)


def fields_in(answer: Any) -> dict[str, list[str]]:
    (form,) = page_of(answer).xpath("//form[contains(@class, 'section-form')]")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    return sent


def send(client: PageClient, section: str, form: dict[str, list[str]], do: str = "save") -> Any:
    return client.post(f"{DRAFT}/{section}", data=form | {"do": do}, headers=ENGLISH)


def number_of(form: dict[str, list[str]], id: str) -> str:
    """Return the number of the row of a part."""
    name = next(name for name, values in form.items() if values == [id] and name.endswith("-id"))
    return name.removesuffix("-id")
