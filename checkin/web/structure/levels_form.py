"""The form of the levels."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from checkin.domain.structure import Level, Section, Structure
from checkin.web.structure.choices import A_NAME, A_ROLE, label_of, roles_of
from checkin.web.structure.fields import Around, Field, Kind, Typed
from checkin.web.structure.forms import SectionForm, Values


def _type_level(level: Level) -> Typed:
    return {
        "id": (str(level.order),),
        "order": (str(level.order),),
        "label": (level.label,),
        "content": (level.content,),
        "role": (level.role,),
        "talks": (level.talks,),
        "recorded": (level.recorded,),
    }


def _build_level(values: Values, around: Around) -> tuple[str, Level]:
    """Return a level with the number it had: its steps go with it to another."""
    return values["id"], Level(
        order=values["order"],
        label=values["label"],
        content=values["content"],
        role=values["role"],
        talks=values["talks"],
        recorded=values["recorded"],
    )


def _put_levels(structure: Structure, levels: tuple[tuple[str, Level], ...]) -> Structure:
    moved = {was: level.order for was, level in levels if was}
    steps = tuple(
        replace(step, level=moved.get(str(step.level), _gone(step.level, levels)))
        for step in structure.steps
    )
    ordered = sorted((level for _was, level in levels), key=lambda level: level.order)
    return replace(structure, levels=tuple(ordered), steps=steps)


def _gone(order: int, levels: tuple[tuple[str, Level], ...]) -> int:
    """Return a number no level has, where another one took the number of one that was removed."""
    return -1 if any(level.order == order for _was, level in levels) else order


LEVELS = SectionForm(
    section=Section.LEVELS,
    title=_("Levels of support"),
    lead=_("From what a teacher does in class to help outside school. Most schools have 3 to 5."),
    fields=(
        Field("order", _("Number"), Kind.NUMBER, must=_("A level needs a number."), most=9),
        Field("label", _("Name of the level"), must=A_NAME),
        Field("content", _("What happens here"), Kind.TEXT),
        Field(
            "role",
            _("Who answers for it"),
            Kind.CHOICE,
            must=A_ROLE,
            choices=roles_of,
        ),
        Field("talks", _("Who talks to whom, about what"), Kind.TEXT),
        Field("recorded", _("What is written down, and where"), Kind.TEXT),
    ),
    parts=lambda structure: structure.levels,
    typed=_type_level,
    build=_build_level,
    put=_put_levels,
    legend=label_of,
    another=_("Add a level"),
)
