"""A team for its members: today, and what was released of it; for the head the latter alone."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from checkin.services import school_days, teams, trends
from checkin.web import charts
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import locale
from checkin.web.light_grid import GridWords, build_grid, off_word
from checkin.web.periods import WEEKS, BadPeriod, Period, read_period
from checkin.web.pictures import pictures_of
from checkin.web.round_words import in_all, so_far
from checkin.web.team_words import meaning
from checkin.web.teams import blueprint
from checkin.web.teams.places import get_team
from checkin.web.week_gaps import with_gaps
from checkin.web.week_shares import helps_of, read_share, words_of


@blueprint.get("/teams/<int:team>/trend")
def show(team: int) -> ResponseReturnValue:
    """Show a team: its lights and week pictures, and to its members how many tapped today."""
    found, instant, period = get_team(team), now(), _period(team)
    trend = trends.trend_of(team, period.first, period.last)
    days = school_days.days_between(team, period.first, period.last)
    today = trends.today_of(team, instant)
    feelings = found.card_set.feelings
    language = str(locale().language)
    words, names = words_of(feelings, language), GridWords()
    helps = helps_of(found, trend.weeks, language)
    weeks = with_gaps(trend.weeks, school_days.weeks_off(days))
    has_pictures = any(week.shares for week in trend.weeks)
    return render_template(
        "team/show.html",
        team=found,
        today=today if teams.is_member(signed_in(), team) else None,
        floor=today.floor,
        period=period,
        periods=WEEKS,
        trend=trend,
        blocks=build_grid(trend.rounds, days, today.day, names),
        words=words,
        pictures=pictures_of(feelings, found.style),
        helps=helps,
        helps_pictures={way: f"coping/{way}" for way in helps},
        names=names,
        weeks=weeks,
        figure=charts.week_figure(weeks, words) if has_pictures else None,
        plotly_version=charts.plotly_version(),
        style_element=charts.STYLE_ELEMENT,
        meaning=meaning,
        so_far=so_far,
        in_all=in_all,
        off_word=off_word,
        read_share=read_share,
    )


def _period(team: int) -> Period:
    try:
        return read_period(request.args, team, now())
    except BadPeriod as problem:
        abort(400, str(problem))
