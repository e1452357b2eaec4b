"""What the forms of a class's rituals show, so that nobody undoes what they have not seen."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from checkin.domain.cards import Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, Pause, Table
from checkin.services import classrooms as classroom_service
from checkin.services.rituals import Openings, coming_pause
from checkin.web import meanwhile
from checkin.web.language import day as day_in_words
from checkin.web.meanwhile import Fact
from checkin.web.opening_words import opening_lines
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school.places import get_classroom


def seen_of(classroom: Classroom, now: datetime) -> dict[str, str]:
    """Return the field `made_from` of each form."""
    facts = {
        "rhythm": _rhythm(classroom_service.openings_of(classroom)),
        "pause": _pause(coming_pause(classroom, now)),
        "table": _table(classroom, classroom.table),
    }
    return {form: meanwhile.seen_of(form, shown) for form, shown in facts.items()}


def is_older_rhythm(classroom: Classroom, typed: Openings) -> bool:
    """Tell whether the times changed since the form was opened."""

    def there() -> list[Fact]:
        return _rhythm(classroom_service.openings_of(classroom))

    return meanwhile.is_older("rhythm", _page(classroom), there, _rhythm(typed))


def is_older_pause(classroom: Classroom, typed: Pause, now: datetime) -> bool:
    """Tell whether the pause changed since the form was opened."""

    def there() -> list[Fact]:
        return _pause(coming_pause(get_classroom(classroom.id), now))

    return meanwhile.is_older("pause", _page(classroom), there, _pause(typed))


def is_older_table(classroom: Classroom, typed: Table) -> bool:
    """Tell whether what the pupils see changed since the form was opened."""

    def there() -> list[Fact]:
        return _table(classroom, get_classroom(classroom.id).table)

    return meanwhile.is_older("table", _page(classroom), there, _table(classroom, typed))


def _page(classroom: Classroom) -> str:
    return url_for("school.rituals", classroom=classroom.id)


def _rhythm(openings: Openings) -> list[Fact]:
    names = {Moment.CHECK_IN: _("Check-in"), Moment.CHECK_OUT: _("Check-out")}
    return [
        Fact(
            names[moment],
            "; ".join(f"{days} {hours}" for days, hours in lines),
            sorted((day, o.opens, o.closes) for (day, its), o in openings.items() if its is moment),
        )
        for moment, lines in opening_lines(openings)
    ]


def _pause(pause: Pause | None) -> list[Fact]:
    days = [pause.first, pause.last] if pause else []
    words = " – ".join(map(day_in_words, days))
    return [Fact(_("Pause"), words, [day.isoformat() for day in days])]


def _table(classroom: Classroom, table: Table) -> list[Fact]:
    known = {one.code: one.name for one in vocabulary_of(classroom.school).languages}
    asked = {
        None: _("do not ask"),
        Moment.CHECK_IN: _("ask at check-in"),
        Moment.CHECK_OUT: _("ask at check-out"),
    }
    faces = table.style is Style.FACES
    languages = list(table.languages)
    return [
        meanwhile.text_of(_("Cards"), str(table.card_set.value)),
        Fact(
            _("Pictures"), _("faces") if faces else _("weather and plants, no faces"), table.style
        ),
        Fact(_("Words"), _("yes") if table.shows_words else _("no"), table.shows_words),
        Fact(_("Languages"), ", ".join(known.get(one, one) for one in languages), languages),
        Fact(_("What helps me today?"), asked[table.coping], table.coping),
        meanwhile.text_of(_("Seconds to take a card back"), str(table.undo_seconds)),
    ]
