"""The school as a whole over weeks, for the head and the care team: no classroom, no ranking."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.released import ReleasedWeek
from checkin.domain.school_weeks import LIGHTS, SchoolWeek
from checkin.services import school_trend
from checkin.services.classrooms import get_school_of
from checkin.web import charts
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.periods import WEEKS, read_weeks
from checkin.web.round_words import light_word
from checkin.web.week_gaps import with_gaps
from checkin.web.week_shares import read_share

blueprint = Blueprint("school_trend", __name__)


@blueprint.get("/school/trend")
def show() -> ResponseReturnValue:
    """Show the published weeks of the school."""
    person, weeks = signed_in(), read_weeks(request.args.get("weeks", ""))
    trend = school_trend.school_trend_of(person, weeks, now())
    words = {light.value: light_word(light) for light in LIGHTS}
    return render_template(
        "school_trend/show.html",
        school=get_school_of(person),
        trend=trend,
        weeks=with_gaps(trend.weeks, trend.off),
        chosen=weeks,
        periods=WEEKS,
        words=words,
        figure=_figure(trend, words),
        plotly_version=charts.plotly_version(),
        style_element=charts.STYLE_ELEMENT,
        read_share=read_share,
    )


@blueprint.get("/school/trend.json")
def show_json() -> ResponseReturnValue:
    """Answer with the published weeks of the school."""
    weeks = read_weeks(request.args.get("weeks", ""))
    trend = school_trend.school_trend_of(signed_in(), weeks, now())
    return {"weeks": [_as_dict(week) for week in trend.weeks]}


def _figure(trend: school_trend.SchoolTrend, words: dict[str, str]) -> dict[str, Any] | None:
    if not any(week.shares for week in trend.weeks):
        return None
    shown = [ReleasedWeek(week.week, week.shares, None) for week in trend.weeks]
    return charts.week_figure(with_gaps(shown, trend.off), words, _("too few classrooms"))


def _as_dict(week: SchoolWeek) -> dict[str, Any]:
    shares = dict(week.shares) if week.shares is not None else None
    return {"week": week.week, "classrooms": week.classrooms, "lights": shares}
