"""Why classes cannot change as was asked, in the reader's language, and how forms are read."""

from datetime import date

from flask_babel import gettext as _

from checkin.domain.class_changes import ChangeKind
from checkin.domain.school import MOST_PUPILS
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange, Trouble

FIELD_OF = {
    Trouble.NAME: "name",
    Trouble.TAKEN: "name",
    Trouble.PUPILS: "pupils",
    Trouble.DAY: "day",
    Trouble.NO_OTHER: "others",
}


def problem_of(wrong: CannotChange) -> dict[str, str]:
    """Say what is wrong, by the field that it is about; '' is about the whole."""
    return {FIELD_OF.get(wrong.trouble, ""): trouble_word(wrong.trouble)}


def trouble_word(trouble: Trouble) -> str:
    """Say why classes cannot change so."""
    return {
        Trouble.NAME: _("A class has a name of at most %(most)s letters.", most=LONGEST_NAME),
        Trouble.TAKEN: _("Another class has this name already."),
        Trouble.PUPILS: _(
            "The number of pupils is a whole number from 1 to %(most)s.", most=MOST_PUPILS
        ),
        Trouble.DAY: _(
            "Choose a day within a year on which no round of this class has begun yet: tomorrow is"
            " always good."
        ),
        Trouble.FLAGS: _(
            "The care team still has something open about this class. It is closed or handed on"
            " first: ask the care team."
        ),
        Trouble.CHANGING: _("This class has ended, or a change of it is planned already."),
        Trouble.NO_OTHER: _("Choose one other class or more."),
        Trouble.NOTHING: _("Choose at least one class."),
        Trouble.BEGUN: _("A round has begun since, so this can no longer be undone."),
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
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.isoformat() == text.strip() else None
