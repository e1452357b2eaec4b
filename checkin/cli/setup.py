"""checkin setup: a school, its first administrator, its first classrooms."""

import json
from pathlib import Path
from typing import Any

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
    set_up,
)

EXAMPLE = """{"school": "De Regenboog", "region": "midden",
 "staff": [{"name": "A. de Wit", "email": "a.dewit@school.nl", "password": "...",
            "roles": ["admin"]}],
 "classrooms": [{"name": "Zonnebloem", "pupils": 12, "card_set": 6, "languages": ["nl", "ar"]}]}"""


@click.command(epilog=f"The file holds, for example:\n\n\b\n{EXAMPLE}")
@click.option("--json", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def setup(file: Path | None) -> None:
    """Set a school up: asks, or reads a JSON file."""
    with app_in_hand():
        if is_set_up():
            raise click.ClickException("there is a school already; it is kept as it is")
        try:
            document = json.loads(file.read_text(encoding="utf-8")) if file else _ask()
            made = set_up(_read(document), now())
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


def _read(document: dict[str, Any]) -> NewSchool:
    staff = tuple(_person(person) for person in document["staff"])
    if not any(Role.ADMIN in person.roles for person in staff):
        raise NotValid("somebody must have the role 'admin'")
    return NewSchool(
        name=document["school"],
        region=Region(document["region"]),
        classrooms=tuple(_classroom(classroom) for classroom in document["classrooms"]),
        staff=staff,
    )


def _classroom(document: dict[str, Any]) -> NewClassroom:
    return NewClassroom(
        name=document["name"],
        pupils=int(document["pupils"]),
        card_set=CardSet(document.get("card_set", 6)),
        openings=ordinary_week(),
        languages=tuple(document.get("languages", ["nl"])),
    )


def _person(document: dict[str, Any]) -> NewStaff:
    return NewStaff(
        name=document["name"],
        email=document["email"],
        password=document["password"],
        roles=tuple(Role(role) for role in document["roles"]),
        classrooms=tuple(document.get("classrooms", ())),
    )
