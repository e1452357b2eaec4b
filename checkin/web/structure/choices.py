"""What the forms of a structure share: what there is to choose from, and ids for new parts."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from checkin.web.structure.fields import Around, Choices, Typed

A_NAME = _("This needs a name.")
A_ROLE = _("Choose a role.")


def roles_of(around: Around) -> Choices:
    """Return the roles of the draft."""
    return [(role.id, role.label) for role in around.structure.roles]


def steps_of(around: Around) -> Choices:
    """Return the steps of the draft."""
    return [(step.id, step.label) for step in around.structure.ordered_steps]


def tick(is_ticked: bool) -> tuple[str, ...]:
    """Return a tick box as it is sent."""
    return ("1",) if is_ticked else ()


def new_id(label: str, taken: Collection[str]) -> str:
    """Return an id for a new part, after its name."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "nieuw"
    free = (slug if n == 1 else f"{slug}-{n}" for n in range(1, len(taken) + 2))
    return next(id for id in free if id not in taken)


def named(ids: tuple[Any, ...], parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give every new part an id that no other has."""
    taken, named = {part.id for part in parts if part.id} | set(ids), []
    for part in parts:
        if not part.id:
            part = replace(part, id=new_id(part.label, taken))
            taken.add(part.id)
        named.append(part)
    return tuple(named)


def known_or_new(id: str, known: Choices) -> str:
    """Return the id of a part there is, '' for one that is new."""
    return id if id in {one for one, _label in known} else ""


def label_of(typed: Typed, around: Around) -> str:
    """Name a part as it is called."""
    return next(iter(typed.get("label", ())), "")
