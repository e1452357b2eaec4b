"""One flag on screen: what of it a person sees, and how a step that was refused is told."""

from datetime import timedelta

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from checkin.domain.access import may_see_flag, may_see_trend
from checkin.domain.flags import Flag
from checkin.services import caring, school_days, trends
from checkin.web import flag_words
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import clock, day
from checkin.web.light_grid import Block, GridWords, build_grid
from checkin.web.security import wants_json

BEFORE, AFTER = timedelta(weeks=3), timedelta(weeks=2)
"""How much of the class is shown around a flag."""


def find(id: int) -> Flag:
    """Return a flag the signed-in person may see; another school's does not exist for them."""
    flag = caring.find_flag_of(signed_in().school, id)
    if flag is None:
        abort(404)
    if not may_see_flag(signed_in(), flag.classroom, flag.assigned_to):
        abort(403)
    return flag


def sees_notes(flag: Flag) -> bool:
    """Tell whether the signed-in person reads and writes notes: not as its teacher alone."""
    return signed_in().in_care_team or flag.assigned_to == signed_in().id


def show(flag: Flag, status: int = 200, problem: str = "", note: str = "") -> ResponseReturnValue:
    """Show a flag, with what could not be done and what was written for it."""
    page = caring.look_at(flag, signed_in(), now())
    rendered = render_template(
        "care/flag.html",
        page=page,
        flag=page.flag,
        blocks=_lights_around(flag),
        seen_by=_last_looks(page),
        sees_notes=sees_notes(flag),
        sees_trend=may_see_trend(signed_in(), flag.classroom),
        decides=signed_in().in_care_team,
        outcomes=flag_words.outcomes(caring.outcomes_of(flag)),
        people=caring.who_can_take(flag),
        longest_note=caring.LONGEST_NOTE,
        problem=problem,
        note=note,
        given=request.form,
    )
    return rendered, status


def refuse(flag: Flag, status: int, problem: str, note: str = "") -> ResponseReturnValue:
    """Say why a step was not taken; on the page what was written stays."""
    if wants_json(request):
        return jsonify(error=problem), status
    return show(flag, status, problem, note)


def closed_told(flag: Flag) -> str:
    """Say by whom and when a flag was closed."""
    last = flag.events[-1]
    at = to_user_timezone(last.at)
    return _(
        "This flag was closed by %(who)s on %(day)s at %(time)s: %(outcome)s.",
        who=last.by or _("somebody who has left"),
        day=day(at.date()),
        time=clock(last.at),
        outcome=flag_words.outcome_word(last.outcome) if last.outcome else "",
    )


def _lights_around(flag: Flag) -> tuple[Block, ...]:
    today = to_user_timezone(now()).date()
    first, last = flag.since - BEFORE, min(today, flag.last_seen_on + AFTER)
    first -= timedelta(days=first.weekday())
    trend = trends.trend_of(flag.classroom, first, last)
    days = school_days.days_between(flag.classroom, first, last)
    return build_grid(trend.rounds, days, today, GridWords())


def _last_looks(page: caring.FlagPage) -> dict[str, str]:
    """Return the last look of each person, newest first."""
    looks: dict[str, str] = {}
    for look in page.looks:
        if look.what == "looked":
            at = to_user_timezone(look.at)
            looks.setdefault(look.by, f"{day(at.date())}, {clock(look.at)}")
    return looks
