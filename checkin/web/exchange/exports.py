"""Tables to take along: never more than the pages show, and noted who took them."""

from datetime import date

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_keep_sign_in, may_see_school
from checkin.domain.school import Classroom
from checkin.domain.school_weeks import LIGHTS
from checkin.services import classrooms, exporting, process_figures, trends
from checkin.services.report_periods import (
    days_of_class,
    days_within,
    period_of,
    stopped_classes,
    year_that_shows,
)
from checkin.services.term_report import school_weeks_of
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.exchange import blueprint
from checkin.web.exchange.files import csv_answer, period_told
from checkin.web.exchange.periods import asked_period, period_words
from checkin.web.exchange.process_words import process_lines, step_lines
from checkin.web.language import locale
from checkin.web.round_words import light_word, moment_word
from checkin.web.week_shares import helps_of, words_of


@blueprint.get("/export")
def exports() -> ResponseReturnValue:
    """Show which tables there are for whoever asks."""
    person, asked = signed_in(), asked_period()
    stopped = stopped_classes(person, now())
    return render_template(
        "exchange/exports.html",
        rooms=classrooms.visible_classrooms(person),
        stopped=[_stopped(room, asked) for room in stopped],
        sees_school=may_see_school(person),
        may_read_in=may_keep_sign_in(person),
        period=asked,
        periods=period_words(),
    )


@blueprint.get("/classrooms/<int:classroom>/lights.csv")
def class_lights(classroom: int) -> ResponseReturnValue:
    """Give the lights of a class."""
    trend = _trend(classroom)
    rows = [[_("Class"), _("Day"), _("Round"), _("Light"), _("Tapped")]]
    rows += [
        [
            trend.classroom.name,
            one.round.day.isoformat(),
            moment_word(one.round.moment),
            light_word(one.light),
            str(one.released.answered),
        ]
        for one in trend.rounds
        if one.was_held
    ]
    return _given_of_class(rows, "class-lights", trend, _("lights"))


@blueprint.get("/classrooms/<int:classroom>/weeks.csv")
def class_weeks(classroom: int) -> ResponseReturnValue:
    """Give the week pictures of a class."""
    trend, language = _trend(classroom), str(locale().language)
    words = words_of(trend.classroom.card_set.feelings, language)
    helps = helps_of(trend.classroom, trend.weeks, language)
    name = trend.classroom.name
    rows = [[_("Class"), _("Week"), *words.values(), *helps.values()]]
    for week in trend.weeks:
        if week.shares is None:
            rows.append([name, week.week, _("too few cards this week")])
            continue
        shares, coping = week.shares, week.coping or {}
        known = [shares.get(card, "") for card in words]
        rows.append([name, week.week, *known, *(coping.get(way, "") for way in helps)])
    return _given_of_class(rows, "class-weeks", trend, _("week pictures"))


@blueprint.get("/school/lights.csv")
def school_lights() -> ResponseReturnValue:
    """Give the published weeks of the school."""
    person = signed_in()
    rows = [[_("Week"), *(light_word(light) for light in LIGHTS), _("Classrooms")]]
    for week in school_weeks_of(person, asked_period(), now()).weeks:
        if week.shares is None:
            rows.append([week.week, _("too few classrooms with lights this week")])
        else:
            shares = [week.shares[light.value] for light in LIGHTS]
            rows.append([week.week, *shares, str(week.classrooms)])
    period = period_of(person.school, asked_period(), now())
    return _given_of_school(rows, "school-lights", period, _("lights"))


@blueprint.get("/school/process.csv")
def school_process() -> ResponseReturnValue:
    """Give how the care for flags went: counts, without a class."""
    person, instant = signed_in(), now()
    first, last = period_of(person.school, asked_period(), instant)
    process = process_figures.process_of_school(person, first, last, instant)
    rows = [[_("Figure"), _("How many")]]
    rows += [[_("from"), first.isoformat()], [_("to"), last.isoformat()]]
    rows += [[name, str(n)] for name, n in (*process_lines(process), *step_lines(process))]
    return _given_of_school(rows, "school-process", (first, last), _("care"))


def _trend(classroom: int) -> trends.Trend:
    person = signed_in()
    asked = period_of(person.school, asked_period(), now())
    return trends.trend_of(classroom, *days_of_class(classroom, *asked))


def _stopped(room: Classroom, asked: str) -> tuple[Classroom, str, tuple[date, date]]:
    """Return a class that ended with the year to show of it, and the days it had in that year."""
    year = year_that_shows(room, asked, now())
    return room, year, days_within(room, *period_of(room.school, year, now()))


def _given_of_class(rows: list[list[str]], what: str, trend: trends.Trend, called: str) -> Response:
    room = trend.classroom
    exporting.note_export(signed_in(), f"export-{what}", f"classroom {room.id}", now())
    return csv_answer(rows, room.name, called, period_told(trend.first, trend.last))


def _given_of_school(
    rows: list[list[str]], what: str, period: tuple[date, date], called: str
) -> Response:
    person = signed_in()
    exporting.note_export(person, f"export-{what}", f"school {person.school}", now())
    return csv_answer(rows, _("school"), called, period_told(*period))
