"""A class for its teacher: today's rounds, the lights of the weeks, the week pictures."""

import gzip
from datetime import date, timedelta
from typing import Any

from babel.lists import format_list
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import may_seal
from checkin.domain.release import FLOOR, WEEK_PUPILS, Light, UnsafeFloor
from checkin.domain.rounds import Moment, Round, week_of
from checkin.domain.school import Classroom
from checkin.services import caring, class_loop, classrooms, school_days, sealing, trends
from checkin.services.report_periods import last_year_of
from checkin.web import charts, round_words
from checkin.web.access import signed_in
from checkin.web.class_loop import idea_word
from checkin.web.clock import now
from checkin.web.language import locale
from checkin.web.light_grid import GridWords, build_grid, off_word
from checkin.web.periods import WEEKS, BadPeriod, Period, read_day, read_period
from checkin.web.pictures import pictures_of
from checkin.web.security import wants_json
from checkin.web.week_gaps import with_gaps
from checkin.web.week_shares import helps_of, read_share, words_of

blueprint = Blueprint("trends", __name__)
A_YEAR = 365 * 24 * 3600


@blueprint.get("/classrooms/<int:classroom>/trend")
def show(classroom: int) -> ResponseReturnValue:
    """Show a class: today, and what was released of it in a period."""
    instant, period = now(), _period(classroom)
    trend = trends.trend_of(classroom, period.first, period.last)
    today = trends.today_of(classroom, instant)
    days = school_days.days_between(classroom, period.first, period.last)
    feelings = trend.classroom.card_set.feelings
    language = str(locale().language)
    words, names = words_of(feelings, language), GridWords()
    helps = helps_of(trend.classroom, trend.weeks, language)
    weeks = with_gaps(trend.weeks, school_days.weeks_off(days))
    lines = class_loop.lines_of(trend.classroom)
    return render_template(
        "trends/show.html",
        classroom=trend.classroom,
        today=today,
        ended=trend.classroom.closed_on,
        is_planned=trend.classroom.is_planned,
        goes_on=_goes_on(trend.classroom, today.day),
        smallest=WEEK_PUPILS,
        open_flags=caring.open_flags_of(classroom),
        period=period,
        periods=WEEKS,
        last_year=last_year_of(trend.classroom, instant),
        trend=trend,
        blocks=build_grid(trend.rounds, days, today.day, names),
        words=words,
        pictures=pictures_of(feelings, trend.classroom.style),
        heavy_cards=format_list([words[f.value] for f in feelings if f.heavy], locale=locale()),
        helps=helps,
        helps_pictures={way: f"coping/{way}" for way in helps},
        names=names,
        picture_due_on=school_days.picture_due_on(classroom, instant),
        earlier_picture=school_days.earlier_picture_due(classroom, instant),
        weeks=weeks,
        figure=charts.week_figure(weeks, words) if _has_pictures(trend) else None,
        plotly_version=charts.plotly_version(),
        style_element=charts.STYLE_ELEMENT,
        may_seal=may_seal(signed_in(), classroom),
        asked=request.args.get("close"),
        meaning=round_words.meaning,
        so_far=round_words.so_far,
        in_all=round_words.in_all,
        off_word=off_word,
        read_share=read_share,
        line=class_loop.line_among(lines, week_of(today.day)),
        lines=lines,
        longest_line=class_loop.LONGEST_LINE,
        ideas=class_loop.ideas_of(trend.classroom, instant),
        idea_word=idea_word,
    )


@blueprint.get("/classrooms/<int:classroom>/trend.json")
def show_json(classroom: int) -> ResponseReturnValue:
    """Answer with what was released of a class in a period."""
    period = _period(classroom)
    trend = trends.trend_of(classroom, period.first, period.last)
    return {
        "classroom": classroom,
        "from": trend.first.isoformat(),
        "to": trend.last.isoformat(),
        "rounds": [
            {
                "day": r.round.day.isoformat(),
                "round": r.round.moment.value,
                "answered": r.released.answered,
                "light": r.light.value,
            }
            for r in trend.rounds
        ],
        "weeks": [{"week": w.week, "shares": _as_dict(w.shares)} for w in trend.weeks],
    }


@blueprint.get("/classrooms/<int:classroom>/today.json")
def today_json(classroom: int) -> ResponseReturnValue:
    """Answer how many have tapped today: all that may be told of an open round."""
    today = trends.today_of(classroom, now())
    return {
        "rounds": [
            {
                "round": r.moment.value,
                "state": r.state.value,
                "tapped": r.tapped,
                "text": round_words.so_far(r.tapped, r.pupils),
            }
            for r in today.rounds
        ]
    }


@blueprint.post("/classrooms/<int:classroom>/rounds/<day>/<moment>/seal")
def seal(classroom: int, day: str, moment: str) -> ResponseReturnValue:
    """Seal a round now; a second time changes nothing.

    A form that says so is asked once more where the round would have no light.
    """
    round = _find_round(classroom, day, moment)
    if "ask" in request.form and trends.today_of(classroom, now()).is_short_of_cards(round):
        asked = round.moment.value
        again = url_for("trends.show", classroom=classroom, close=asked, _anchor=asked)
        return redirect(again, 303)
    try:
        done = sealing.seal_by_hand(round, signed_in().id, now())
    except sealing.NeverOpened:
        abort(409, _("That round never opened, so there is nothing to close."))
    except UnsafeFloor:
        abort(
            409,
            _(
                "This round cannot be closed now. In the settings of the school the smallest number"
                " of cards for a light was made lower than %(floor)d, and that is not allowed."
                " Nothing was lost: tell your administrator.",
                floor=FLOOR,
            ),
        )
    if wants_json(request):
        return {
            "day": round.day.isoformat(),
            "round": round.moment.value,
            "light": done.round.light.value,
            "answered": done.round.released.answered,
            "silent": list(done.silent),
        }
    is_plain = done.is_new and done.round.light is not Light.WITHHELD and not done.silent
    floor = classrooms.get_school_of(signed_in()).floor
    flash(round_words.sealing_told(done, floor), "done" if is_plain else "look")
    return redirect(url_for("trends.show", classroom=classroom), 303)


@blueprint.get("/plotly.min.js")
def plotly_js() -> ResponseReturnValue:
    """Serve Plotly from the installed package; its address names its version."""
    packed = charts.plotly_js()
    response = Response(mimetype="text/javascript")
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.data = packed
        response.content_encoding = "gzip"
    else:
        response.data = gzip.decompress(packed)
    if request.args.get("v") == charts.plotly_version():
        response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _period(classroom: int) -> Period:
    try:
        return read_period(request.args, classroom, now())
    except BadPeriod as problem:
        abort(400, str(problem))


def _goes_on(classroom: Classroom, today: date) -> bool:
    """Tell whether a class has this week still to come or to end: else it has no future."""
    ended = classroom.closed_on
    return ended is None or ended > today - timedelta(days=today.weekday())


def _find_round(classroom: int, day: str, moment: str) -> Round:
    try:
        return Round(classroom, read_day(day), Moment(moment))
    except (ValueError, BadPeriod):
        abort(404)


def _has_pictures(trend: trends.Trend) -> bool:
    return any(week.shares for week in trend.weeks)


def _as_dict(shares: Any) -> dict[str, str] | None:
    return dict(shares) if shares is not None else None
