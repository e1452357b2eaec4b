"""Reads which cards a class sees from the form where staff choose them."""

from enum import Enum
from typing import TypeVar

from flask import abort
from werkzeug.datastructures import MultiDict

from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, Table
from checkin.domain.words import LANGUAGES
from checkin.web.pupil_words import DUTCH

Choice = TypeVar("Choice", bound=Enum)


def read_table(form: MultiDict[str, str], classroom: Classroom) -> Table:
    """Read the form; what only a broken or forged one can say is answered with 400."""
    coping = form.get("coping", "")
    return Table(
        card_set=_choose(CardSet, form.get("card_set", "")),
        style=_choose(Style, form.get("style", "")),
        languages=_languages(form.getlist("languages"), classroom.languages),
        undo_seconds=_seconds(form.get("undo_seconds", "")),
        coping=None if coping == "off" else _choose(Moment, coping),
    )


def _choose(choices: type[Choice], given: str) -> Choice:
    by_value = {str(one.value): one for one in choices}
    return by_value[given] if given in by_value else abort(400)


def _languages(given: list[str], before: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the order a class has; Dutch stays where it is, or leads."""
    wanted = {DUTCH, *given}
    kept = [code for code in before if code in wanted]
    if DUTCH not in kept:
        kept = [DUTCH, *kept]
    added = [one.code for one in LANGUAGES if one.code in wanted and one.code not in kept]
    return (*kept, *added)


def _seconds(given: str) -> int:
    """Return a number of seconds, 0 for what is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 0
