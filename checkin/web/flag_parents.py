"""The form for a talk with parents or guardian: what it asks, and what it cannot take."""

from datetime import date

from flask_babel import gettext as _

from checkin.domain.parents import LONGEST_LANGUAGE, Consent, Help, ParentsTalk, TalkedWith
from checkin.domain.school_years import days_of_year, school_year_of
from checkin.web.care.form import given, given_day
from checkin.web.language import long_day


class NotATalk(ValueError):
    """A form that is not complete; its text says what is missing, in the reader's language."""


def first_day(today: date) -> date:
    """Return the first day of the school year: a talk before it is not about what goes on now."""
    return days_of_year(school_year_of(today))[0]


def read_talk(today: date, asks_own: bool) -> ParentsTalk:
    """Read a talk from the form, with what pupils of 16 answered if asked; raises NotATalk."""
    try:
        talked_on, consent_on = given_day("talked_on"), given_day("consent_on")
    except ValueError:
        raise NotATalk(_("Write a day as year, month and day: 2026-11-23.")) from None
    if talked_on is None:
        raise NotATalk(_("On which day was the talk?"))
    if talked_on < first_day(today):
        raise NotATalk(
            _(
                "That day is before this school year. Look at the year: %(day)s.",
                day=long_day(talked_on),
            )
        )
    if talked_on > today or (consent_on and consent_on > today):
        raise NotATalk(_("That day is still to come. Note a talk after it was held."))
    if len(given("language")) > LONGEST_LANGUAGE:
        raise NotATalk(_("The language is one word, at most %(n)s letters.", n=LONGEST_LANGUAGE))
    talked_with, help, consent = _with(), _help(), _consent("consent")
    if consent is Consent.NOT_ASKED and consent_on is not None:
        raise NotATalk(
            _("You wrote on which day they agreed, and that it was not asked. Which is it?")
        )
    if consent_on is not None and consent_on < talked_on:
        raise NotATalk(_("They agreed on the day of the talk, or later."))
    return ParentsTalk(
        talked_on,
        talked_with,
        help,
        given("language"),
        consent,
        (consent_on or talked_on) if consent is not Consent.NOT_ASKED else None,
        _own_consent(asks_own),
    )


def _with() -> TalkedWith:
    try:
        return TalkedWith(given("talked_with"))
    except ValueError:
        raise NotATalk(_("With whom was the talk: parents, or a guardian?")) from None


def _help() -> Help:
    try:
        return Help(given("help"))
    except ValueError:
        raise NotATalk(_("Was there an interpreter or a key person?")) from None


def _own_consent(is_asked: bool) -> Consent:
    return _consent("own_consent") if is_asked or given("own_consent") else Consent.NOT_ASKED


def _consent(name: str) -> Consent:
    try:
        return Consent(given(name))
    except ValueError:
        raise NotATalk(_("Was it agreed to: yes, no, or not asked?")) from None
