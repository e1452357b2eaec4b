"""The term report: a page to print, of a class or of the school."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.release import Light
from checkin.domain.released import ReleasedWeek
from checkin.domain.school_weeks import LIGHTS
from checkin.services import term_report
from checkin.services.classrooms import get_school_of
from checkin.services.report_periods import LAST_YEAR
from checkin.services.school_days import weeks_off
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.exchange import blueprint
from checkin.web.exchange.periods import asked_period, period_words
from checkin.web.exchange.process_words import process_lines, step_lines
from checkin.web.exchange.report_charts import ORDER, lights_chart, share_charts
from checkin.web.language import locale
from checkin.web.light_grid import GridWords, build_grid
from checkin.web.pictures import pictures_of
from checkin.web.round_words import light_word, meaning
from checkin.web.week_gaps import with_gaps
from checkin.web.week_shares import helps_of, read_share, words_of


@blueprint.get("/classrooms/<int:classroom>/report")
def class_report(classroom: int) -> ResponseReturnValue:
    """Show a class over a term."""
    person, period = signed_in(), asked_period()
    school = get_school_of(person)
    report = term_report.report_on_class(person, classroom, period, now())
    trend, language = report.trend, str(locale().language)
    feelings = trend.classroom.card_set.feelings
    words = words_of(feelings, language)
    helps = helps_of(trend.classroom, trend.weeks, language)
    off = weeks_off(report.days)
    weeks, picture_weeks = with_gaps(report.weeks, off), with_gaps(trend.weeks, off)
    pictured = [week for week in trend.weeks if week.shares]
    return render_template(
        "exchange/class_report.html",
        school=school,
        classroom=trend.classroom,
        report=report,
        trend=trend,
        period=period,
        periods=period_words(),
        blocks=build_grid(trend.rounds, report.days, report.today, GridWords()),
        lights=[(light.value, light_word(light)) for light in ORDER],
        weeks=weeks,
        picture_weeks=picture_weeks,
        chart=lights_chart(weeks, _("Lights by week")) if weeks else None,
        charts=share_charts(picture_weeks, words) if pictured else [],
        words=words,
        pictures=pictures_of(feelings, trend.classroom.style),
        helps=helps,
        helps_pictures={way: f"coping/{way}" for way in helps},
        read_share=read_share,
        why_withheld=lambda why: meaning(Light.WITHHELD, why, school.floor),
        process=process_lines(report.process),
        steps=step_lines(report.process),
        is_before=period == LAST_YEAR,
    )


@blueprint.get("/school/report")
def school_report() -> ResponseReturnValue:
    """Show the school over a term."""
    person, period = signed_in(), asked_period()
    report = term_report.report_on_school(person, period, now())
    shares = [ReleasedWeek(week.week, week.shares, None) for week in report.trend.weeks]
    off = report.trend.off
    words = {light.value: light_word(light) for light in LIGHTS}
    return render_template(
        "exchange/school_report.html",
        school=get_school_of(person),
        report=report,
        trend=report.trend,
        weeks=with_gaps(report.trend.weeks, off),
        period=period,
        periods=period_words(),
        words=words,
        charts=share_charts(with_gaps(shares, off), words)
        if any(one.shares for one in shares)
        else [],
        read_share=read_share,
        process=process_lines(report.process),
        steps=step_lines(report.process),
        is_before=period == LAST_YEAR,
    )
