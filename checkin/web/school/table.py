"""Reads which cards a class sees from the form where staff choose them."""

from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from flask import abort
from werkzeug.datastructures import MultiDict

from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import Table
from checkin.domain.words import DUTCH, Language

Choice = TypeVar("Choice", bound=Enum)


def read_table(form: MultiDict[str, str], known: Sequence[Language]) -> Table:
    """Read the form; what only a broken or forged one can say is answered with 400.

    The languages stand in the order of the form: the first is shown first.
    """
    coping = form.get("coping", "")
    return Table(
        card_set=_choose(CardSet, form.get("card_set", "")),
        style=_choose(Style, form.get("style", "")),
        languages=_languages(form.getlist("languages"), {language.code for language in known}),
        undo_seconds=_seconds(form.get("undo_seconds", "")),
        coping=None if coping == "off" else _choose(Moment, coping),
        shows_words="shows_words" in form,
    )


def ordered_languages(chosen: Sequence[str], known: Sequence[Language]) -> list[Language]:
    """Return every language: those that are chosen in their order, then the others."""
    by_code = {language.code: language for language in known}
    codes = [code for code in chosen if code in by_code]
    return [by_code[code] for code in dict.fromkeys([*codes, *by_code])]


def _choose(choices: type[Choice], given: str) -> Choice:
    by_value = {str(one.value): one for one in choices}
    return by_value[given] if given in by_value else abort(400)


def _languages(given: list[str], known: set[str]) -> tuple[str, ...]:
    """Keep what there is, once and in order; Dutch leads where it was left out."""
    found = tuple(code for code in dict.fromkeys(given) if code in known)
    return found if DUTCH in found else (DUTCH, *found)


def _seconds(given: str) -> int:
    """Return a number of seconds, 0 for what is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 0
