"""Why classes cannot change as was asked, in the reader's language, and how forms are read."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from checkin.domain.class_changes import ChangeKind
from checkin.domain.school import MOST_PUPILS
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange, Trouble
from checkin.services.classrooms import find_classroom
from checkin.web.access import signed_in
from checkin.web.language import day

FIELD_OF = {
    Trouble.NAME: "name",
    Trouble.TAKEN: "name",
    Trouble.PUPILS: "pupils",
    Trouble.DAY: "day",
    Trouble.NO_OTHER: "others",
}


def problem_of(wrong: CannotChange) -> dict[str, str]:
    """Say what is wrong, by the field that it is about; '' is about the whole."""
    return {FIELD_OF.get(wrong.trouble, ""): refusal(wrong)}


def place_of(wrong: CannotChange) -> str:
    """Return where the plan stands that is in the way, '' where none is."""
    if wrong.plan is None:
        return ""
    return url_for("school.classrooms", _anchor=f"change-{wrong.plan.id}")


def refusal(wrong: CannotChange) -> str:
    """Say why classes cannot change so, of the class it is about."""
    found = find_classroom(signed_in(), wrong.classroom) if wrong.classroom else None
    name = found.name if found is not None else _("This class")
    if wrong.plan is None:
        return trouble_word(wrong.trouble, name)
    kind, on = kind_word(wrong.plan.kind), day(wrong.plan.day)
    if wrong.trouble is Trouble.LATER:
        return _(
            "%(name)s changed again on %(day)s (%(kind)s). Undo that first.",
            name=name,
            day=on,
            kind=kind,
        )
    if wrong.plan.kind is ChangeKind.YEAR:
        return _(
            "%(name)s is part of a plan: %(kind)s, on %(day)s. Choose a day before it, or call that"
            " plan off first.",
            name=name,
            kind=kind,
            day=on,
        )
    return _(
        "%(name)s is part of a plan: %(kind)s, on %(day)s. Wait until it is done, or call it off"
        " first.",
        name=name,
        kind=kind,
        day=on,
    )


def trouble_word(trouble: Trouble, name: str = "") -> str:
    """Say why a class cannot change so."""
    return {
        Trouble.NAME: _("A class has a name of at most %(most)s letters.", most=LONGEST_NAME),
        Trouble.TAKEN: _("Another class has this name already, or begins with it by a plan."),
        Trouble.PUPILS: _(
            "The number of pupils is a whole number from 1 to %(most)s.", most=MOST_PUPILS
        ),
        Trouble.DAY: _(
            "Choose a day within a year on which no round of %(name)s has begun yet: tomorrow is"
            " always good.",
            name=name or _("these classes"),
        ),
        Trouble.FLAGS: _(
            "This cannot be planned now. Ask the care team: they may have something to finish"
            " first. That you asked is in the record."
        ),
        Trouble.ENDED: _("%(name)s has ended, or has yet to begin.", name=name),
        Trouble.CHANGING: _("A change of %(name)s is planned already.", name=name),
        Trouble.NO_OTHER: _("Choose one other class or more."),
        Trouble.NOTHING: _("Choose at least one class."),
        Trouble.BEGUN: _("A round has begun since, so this can no longer be undone."),
        Trouble.LATER: _("%(name)s changed again since. Undo that first.", name=name),
    }[trouble]


def kind_word(kind: ChangeKind) -> str:
    """Name what happens to classes."""
    return {
        ChangeKind.CLOSE: _("Closing"),
        ChangeKind.SPLIT: _("Splitting"),
        ChangeKind.MERGE: _("Merging"),
        ChangeKind.YEAR: _("New school year"),
    }[kind]


def whole_number(text: str) -> int:
    """Return a whole number as it was typed, or 0 when it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def read_day(text: str) -> date | None:
    """Return a day as a date field holds it, or None."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.isoformat() == text.strip() else None
