"""What differs between two versions, in sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Outcome
from checkin.domain.structure import ReferralKind, Rhythm, Scope, Section, Structure
from checkin.domain.structure.comparing import Change, ChangeKind, differences
from checkin.web.flag_words import outcome_word
from checkin.web.language import long_day
from checkin.web.pattern_words import title_of
from checkin.web.structure.people import People
from checkin.web.structure.referrals_form import kind_word
from checkin.web.structure.section_forms import FORMS
from checkin.web.structure.words import rhythm_word, section_word

EMPTY = (None, "", ())

Sentences = list[tuple[str, list[str]]]
"""Sentences under the name of their section."""


def compare(before: Structure, after: Structure, people: People) -> Sentences:
    """Say section by section what is different after."""
    found = differences(before, after)
    told = {
        section: [_told(one, before, after, people) for one in found if one.section is section]
        for section in FORMS
    }
    return [(section_word(section), lines) for section, lines in told.items() if lines]


def _told(change: Change, before: Structure, after: Structure, people: People) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            return _("New: %(what)s.", what=_name(change, after))
        case ChangeKind.REMOVED:
            return _("Gone: %(what)s.", what=_name(change, before))
        case ChangeKind.CHANGED if change.field == "place":
            return _("They stand in another order.")
        case _:
            return _changed(change, before, after, people)


def _changed(change: Change, before: Structure, after: Structure, people: People) -> str:
    if change.section is Section.STEPS and change.field == "school_days":
        return _days(change, after)
    was = _written(change.field, change.before, before, people)
    now = _written(change.field, change.after, after, people)
    if change.part is None:
        return _("It now reads: “%(now)s”. It read: “%(was)s”.", now=now, was=was)
    what, field = _name(change, after), _field(change)
    if change.before in EMPTY:
        return _("%(what)s, %(field)s: now %(now)s.", what=what, field=field, now=now)
    if change.after in EMPTY:
        return _("%(what)s, %(field)s: no longer %(was)s.", what=what, field=field, was=was)
    return _(
        "%(what)s, %(field)s: %(now)s instead of %(was)s.",
        what=what,
        field=field,
        now=now,
        was=was,
    )


def _days(change: Change, after: Structure) -> str:
    role, step = after.role(change.part.owner).label, change.part.label
    if change.before and change.after:
        return ngettext(
            "%(role)s has %(num)s school day instead of %(was)s: %(step)s.",
            "%(role)s has %(num)s school days instead of %(was)s: %(step)s.",
            change.after,
            role=role,
            was=change.before,
            step=step,
        )
    if not change.after:
        return ngettext(
            "%(role)s does it the same day instead of within %(num)s school day: %(step)s.",
            "%(role)s does it the same day instead of within %(num)s school days: %(step)s.",
            change.before,
            role=role,
            step=step,
        )
    return ngettext(
        "%(role)s has %(num)s school day instead of the same day: %(step)s.",
        "%(role)s has %(num)s school days instead of the same day: %(step)s.",
        change.after,
        role=role,
        step=step,
    )


def _name(change: Change, structure: Structure) -> str:
    part = change.part
    if change.section is Section.ROUTES:
        pattern = title_of(part.pattern) if part.pattern else _("every pattern")
        step = structure.step(part.step).label
        return _("%(pattern)s starts at %(step)s", pattern=pattern, step=step)
    return str(getattr(part, "organisation", "") or part.label)


def _field(change: Change) -> str:
    if change.field == "rhythm":
        return _("how often")
    fields = FORMS[change.section].fields
    label = next(str(field.label) for field in fields if field.name == change.field)
    return label[:1].lower() + label[1:]


def _written(field: str, value: Any, structure: Structure, people: People) -> str:
    """Write a value as people read it; an empty one is nothing."""
    write = _WRITERS.get(field)
    if write is not None and value not in EMPTY:
        return write(value, structure, people)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, tuple):
        value = "; ".join(value)
    return str(value) if value not in EMPTY else _("nothing")


def _role(id: str, structure: Structure, people: People) -> str:
    return structure.role(id).label


def _scope(value: StrEnum, structure: Structure, people: People) -> str:
    is_classroom = value == Scope.CLASSROOM
    return _("each class's own teachers") if is_classroom else _("people of the whole school")


def _kind(value: ReferralKind, structure: Structure, people: People) -> str:
    return kind_word(value)


def _rhythm(value: Rhythm, structure: Structure, people: People) -> str:
    return rhythm_word(value)


_WRITERS: Mapping[str, Callable[[Any, Structure, People], str]] = {
    "holders": lambda ids, structure, people: ", ".join(people.name(id) for id in ids),
    "deputy": lambda id, structure, people: people.name(id),
    "scope": _scope,
    "role": _role,
    "owner": _role,
    "escalates_to": _role,
    "members": lambda ids, structure, people: ", ".join(structure.role(i).label for i in ids),
    "level": lambda order, structure, people: structure.level(order).label,
    "step": lambda id, structure, people: structure.step(id).label,
    "outcomes": lambda values, structure, people: ", ".join(
        outcome_word(Outcome(value)) if value in set(Outcome) else value for value in values
    ),
    "kind": _kind,
    "rhythm": _rhythm,
}
