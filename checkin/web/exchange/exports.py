"""Tables to take along: never more than the pages show, and noted who took them."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_keep_sign_in, may_see_school
from checkin.domain.school_weeks import LIGHTS
from checkin.services import classrooms, exporting, process_figures, trends
from checkin.services.term_report import period_of, school_weeks_of
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.exchange import blueprint
from checkin.web.exchange.files import csv_answer
from checkin.web.exchange.periods import asked_period, period_words
from checkin.web.exchange.process_words import process_lines, step_lines
from checkin.web.language import locale
from checkin.web.round_words import light_word, moment_word
from checkin.web.week_shares import helps_of, words_of


@blueprint.get("/export")
def exports() -> ResponseReturnValue:
    """Show which tables there are for whoever asks."""
    person = signed_in()
    return render_template(
        "exchange/exports.html",
        rooms=classrooms.visible_classrooms(person),
        sees_school=may_see_school(person),
        may_read_in=may_keep_sign_in(person),
        period=asked_period(),
        periods=period_words(),
    )


@blueprint.get("/classrooms/<int:classroom>/lights.csv")
def class_lights(classroom: int) -> ResponseReturnValue:
    """Give the lights of a class."""
    rows = [[_("Day"), _("Round"), _("Light"), _("Tapped")]]
    rows += [
        [
            one.round.day.isoformat(),
            moment_word(one.round.moment),
            light_word(one.light),
            str(one.released.answered),
        ]
        for one in _trend(classroom).rounds
        if one.was_held
    ]
    return _given(rows, "class-lights", f"classroom {classroom}")


@blueprint.get("/classrooms/<int:classroom>/weeks.csv")
def class_weeks(classroom: int) -> ResponseReturnValue:
    """Give the week pictures of a class."""
    trend, language = _trend(classroom), str(locale().language)
    words = words_of(trend.classroom.card_set.feelings, language)
    helps = helps_of(trend.classroom, trend.weeks, language)
    rows = [[_("Week"), *words.values(), *helps.values()]]
    for week in trend.weeks:
        if week.shares is None:
            rows.append([week.week, _("too few cards this week")])
            continue
        shares, coping = week.shares, week.coping or {}
        known = [shares.get(card, "") for card in words]
        rows.append([week.week, *known, *(coping.get(way, "") for way in helps)])
    return _given(rows, "class-weeks", f"classroom {classroom}")


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
    return _given(rows, "school-lights", f"school {person.school}")


@blueprint.get("/school/process.csv")
def school_process() -> ResponseReturnValue:
    """Give how the care for flags went: counts, without a class."""
    person, instant = signed_in(), now()
    first, last = period_of(person.school, asked_period(), instant)
    process = process_figures.process_of_school(person, first, last, instant)
    rows = [[_("Figure"), _("How many")]]
    rows += [[_("from"), first.isoformat()], [_("to"), last.isoformat()]]
    rows += [[name, str(n)] for name, n in (*process_lines(process), *step_lines(process))]
    return _given(rows, "school-process", f"school {person.school}")


def _trend(classroom: int) -> trends.Trend:
    first, last = period_of(signed_in().school, asked_period(), now())
    return trends.trend_of(classroom, first, last)


def _given(rows: list[list[str]], what: str, subject: str) -> Response:
    exporting.note_export(signed_in(), f"export-{what}", subject, now())
    return csv_answer(rows, f"checkin-{what}")
