"""The rituals of one class: when it checks in and out, when it pauses, what lies on its table."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_keep_school, may_see_trend
from checkin.domain.cards import CardSet, Coping, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import UNDO_SECONDS, Classroom, Pause
from checkin.domain.vocabulary import Vocabulary
from checkin.services import classrooms as classroom_service
from checkin.services import rituals as ritual_service
from checkin.services.rituals import NotAPause, PauseProblem, RoundHasBegun
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import day as day_in_words
from checkin.web.pictures import picture_of
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school import blueprint, ritual_facts
from checkin.web.school.places import get_running
from checkin.web.school.rhythm import read_rhythm, rhythm_of
from checkin.web.school.table import ordered_languages, read_table


@blueprint.get("/classrooms/<int:classroom>/rituals")
def rituals(classroom: int) -> ResponseReturnValue:
    """Show what is set for a class."""
    return _show(get_running(classroom))


@blueprint.post("/classrooms/<int:classroom>/rhythm")
def set_rhythm(classroom: int) -> ResponseReturnValue:
    """Change when the rounds of a class are."""
    found, instant = get_running(classroom), now()
    rhythm = read_rhythm(request.form, classroom_service.openings_of(found))
    if rhythm.is_wrong:
        return _show(found, rhythm=rhythm), 400
    if ritual_facts.is_older_rhythm(found, rhythm.openings):
        return _show(found, rhythm=rhythm), 409
    try:
        ritual_service.set_openings(found, rhythm.openings, instant)
    except RoundHasBegun as begun:
        weekday = ritual_service.today_of(found, instant).isoweekday()
        told = _(
            "Cards were tapped in this round today, so it cannot open later. Close it first, or "
            "change this day tomorrow."
        )
        return _show(found, rhythm=rhythm.with_problem((weekday, begun.moment), told)), 409
    return _saved(found, _("The rounds of %(name)s are saved.", name=found.name))


@blueprint.post("/classrooms/<int:classroom>/pause")
def set_pause(classroom: int) -> ResponseReturnValue:
    """Let a class pause."""
    found, instant = get_running(classroom), now()
    typed = {end: request.form.get(end, "").strip()[:16] for end in ("first", "last")}
    days = {end: _read_day(text) for end, text in typed.items()}
    first, last = days["first"], days["last"]
    if first is None or last is None:
        told = _("Choose a day.")
        problems = {end: told for end, day in days.items() if day is None}
        return _show(found, pause_typed=typed, pause_problems=problems), 400
    if ritual_facts.is_older_pause(found, Pause(first, last), instant):
        return _show(get_running(classroom), pause_typed=typed), 409
    try:
        ritual_service.set_pause(found, Pause(first, last), instant)
    except NotAPause as wrong:
        problems = _problem_words(wrong.problem)
        return _show(found, pause_typed=typed, pause_problems=problems), 400
    told = _(
        "%(name)s pauses from %(first)s to %(last)s.",
        name=found.name,
        first=day_in_words(first),
        last=day_in_words(last),
    )
    return _saved(found, told)


@blueprint.post("/classrooms/<int:classroom>/pause/end")
def end_pause(classroom: int) -> ResponseReturnValue:
    """End the pause of a class early, or call it off."""
    found = get_running(classroom)
    ritual_service.end_pause(found, now())
    return _saved(found, _("%(name)s does not pause.", name=found.name))


@blueprint.post("/classrooms/<int:classroom>/cards")
def set_cards(classroom: int) -> ResponseReturnValue:
    """Change which cards a class sees, and how."""
    found = get_running(classroom)
    table = read_table(request.form, vocabulary_of(found.school).languages)
    if ritual_facts.is_older_table(found, table):
        undo_typed = request.form.get("undo_seconds", "")[:16]
        return _show(get_running(classroom), table=table, undo_typed=undo_typed), 409
    try:
        classroom_service.lay_table(found, table, now())
    except ValueError:
        least, most = UNDO_SECONDS[0], UNDO_SECONDS[-1]
        told = _("Choose %(least)s to %(most)s seconds.", least=least, most=most)
        given = request.form.get("undo_seconds", "")[:16]
        return _show(found, table=table, undo_typed=given, undo_problem=told), 400
    told = _("%(name)s gets these cards when nobody is at the tablet.", name=found.name)
    return _saved(found, told)


def _show(classroom: Classroom, **typed: Any) -> str:
    """Show the page, with what was typed where something was wrong with it."""
    person, today = signed_in(), ritual_service.today_of(classroom, now())
    pause = ritual_service.coming_pause(classroom, now())
    table = typed.pop("table", classroom.table)
    written = {"first": pause.first.isoformat(), "last": pause.last.isoformat()} if pause else {}
    shown = {
        "rhythm": rhythm_of(classroom_service.openings_of(classroom)),
        "pause_typed": written,
        "pause_problems": {},
        "undo_typed": str(classroom.undo_seconds),
        "undo_problem": "",
    }
    vocabulary = vocabulary_of(classroom.school)
    seen = ritual_facts.seen_of(classroom, now())
    return render_template(
        "school/rituals.html",
        classroom=classroom,
        zone=classroom_service.get_school_of(person).zone,
        today=today,
        pause=pause,
        is_pausing=pause is not None and pause.first <= today,
        table=table,
        offered=ordered_languages(table.languages, vocabulary.languages),
        wordless=_wordless(vocabulary),
        card_sets=tuple(CardSet),
        styles=tuple(Style),
        moments=tuple(Moment),
        coping=tuple(Coping),
        undo=UNDO_SECONDS,
        picture_of=picture_of,
        seen=seen,
        may_see_trend=may_see_trend(person, classroom.id),
        keeps_school=may_keep_school(person),
        **(shown | typed),
    )


def _saved(classroom: Classroom, told: str) -> ResponseReturnValue:
    flash(told, "done")
    return redirect(url_for("school.rituals", classroom=classroom.id), 303)


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _problem_words(problem: PauseProblem) -> dict[str, str]:
    """Say what is wrong with a pause beside the day that it is about."""
    return {
        PauseProblem.BEGAN: {"first": _("A pause can begin today or later.")},
        PauseProblem.BACKWARDS: {"last": _("The last day is the first day or a later one.")},
        PauseProblem.OVER: {"last": _("This day is over. Choose today or a later day.")},
        PauseProblem.LONG: {"last": _("A pause lasts a year at most.")},
    }[problem]


def _wordless(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the languages in which no card has a word yet: a child would see Dutch alone."""
    cards = CardSet.EIGHT.feelings
    return frozenset(
        one.code
        for one in vocabulary.languages
        if not any(vocabulary.find_word(card, one.code) for card in cards)
    )
