"""checkin setup: a school, its first administrator, its first classrooms."""

import json
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import click

from checkin.cli.starting import app_in_hand, now
from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.school import MOST_PUPILS
from checkin.domain.school_years import Region
from checkin.services.setting_up import (
    NewClassroom,
    NewSchool,
    NewStaff,
    NotValid,
    is_set_up,
    ordinary_week,
    set_up_first,
)

E = TypeVar("E", bound=Enum)

EXAMPLE = """{"school": "De Regenboog", "region": "midden",
 "staff": [{"name": "A. de Wit", "email": "a.dewit@school.nl", "password": "...",
            "roles": ["admin"]},
           {"name": "T. Mulder", "email": "t.mulder@school.nl", "password": "...",
            "roles": ["teacher"], "classrooms": ["Zonnebloem"]}],
 "classrooms": [{"name": "Zonnebloem", "pupils": 12, "card_set": 6, "languages": ["nl", "ar"]}]}"""


@click.command(epilog=f"The file holds, for example:\n\n\b\n{EXAMPLE}")
@click.option("--json", "file", type=click.Path(path_type=Path))
def setup(file: Path | None) -> None:
    """Set a school up: asks, or reads a JSON file."""
    with app_in_hand():
        if is_set_up():
            raise click.ClickException("there is a school already; it is kept as it is")
        try:
            document = json.loads(file.read_text(encoding="utf-8")) if file else _ask()
            made = set_up_first(_read(document), now())
        except (NotValid, KeyError, TypeError, ValueError) as error:
            raise click.ClickException(_say(error)) from error
    click.echo(f"set up: {len(made.classrooms)} classrooms; now run 'checkin serve'")


def _say(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the file has no {error}"
    return str(error)


def _ask() -> dict[str, Any]:
    school = click.prompt("Name of the school")
    region = click.prompt("Holiday region", type=click.Choice([r.value for r in Region]))
    admin = {
        "name": click.prompt("Your name"),
        "email": click.prompt("Your e-mail address"),
        "password": click.prompt("A password (10 characters or more)", hide_input=True),
        "roles": ["admin"],
    }
    classroom = {
        "name": click.prompt("Name of the first classroom"),
        "pupils": click.prompt("How many pupils", type=click.IntRange(1, MOST_PUPILS)),
        "card_set": int(click.prompt("Cards", type=click.Choice(["4", "6", "8"]), default="6")),
    }
    return {"school": school, "region": region, "staff": [admin], "classrooms": [classroom]}


def _read(document: Any) -> NewSchool:
    """Read a document; NotValid, KeyError and ValueError say in words what is not right."""
    classrooms = [_classroom(room) for room in _list(document, "classrooms")]
    names = [classroom.name for classroom in classrooms]
    staff = [_person(person, names) for person in _list(document, "staff")]
    if not any(Role.ADMIN in person.roles for person in staff):
        raise NotValid("somebody must have the role 'admin'")
    region = _one_of(Region, document["region"], "region")
    return NewSchool(str(document["school"]), region, tuple(classrooms), tuple(staff))


def _list(document: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(document, dict):
        raise NotValid("the file must hold one JSON object")
    items = document[name]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise NotValid(f"'{name}' must be a list of objects")
    return items


def _classroom(document: dict[str, Any]) -> NewClassroom:
    name = str(document["name"])
    if not isinstance(document["pupils"], int):
        raise NotValid(f"{name}: 'pupils' must be a number")
    return NewClassroom(
        name=name,
        pupils=document["pupils"],
        card_set=_one_of(CardSet, document.get("card_set", 6), f"{name}: card_set"),
        openings=ordinary_week(),
        languages=tuple(_texts(document.get("languages", ["nl"]), f"{name}: languages")),
    )


def _person(document: dict[str, Any], classrooms: list[str]) -> NewStaff:
    email = str(document["email"])
    teaches = _texts(document.get("classrooms", []), f"{email}: classrooms")
    for name in teaches:
        if name not in classrooms:
            raise NotValid(f"{email}: there is no classroom '{name}' in the file")
    roles = _texts(document["roles"], f"{email}: roles")
    return NewStaff(
        name=str(document["name"]),
        email=email,
        password=str(document["password"]),
        roles=tuple(_one_of(Role, role, f"{email}: role") for role in roles),
        classrooms=tuple(classrooms.index(name) for name in teaches),
    )


def _texts(value: Any, what: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise NotValid(f"{what} must be a list of words")
    return value


def _one_of(kind: type[E], value: Any, what: str) -> E:
    try:
        return kind(value)
    except ValueError:
        offered = ", ".join(str(one.value) for one in kind)
        raise NotValid(f"{what} must be one of {offered}, not {value!r}") from None
