"""One flag on screen: what of it a person sees, and how a step that was refused is told."""

from datetime import date, timedelta

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from checkin.domain.access import may_see_trend
from checkin.domain.flags import Flag
from checkin.domain.parents import Consent, Help, TalkedWith
from checkin.services import caring, rule_settings, school_days, trends
from checkin.web import flag_parents, flag_process, flag_words, review_words
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import clock, day
from checkin.web.light_grid import Block, GridWords, build_grid
from checkin.web.security import wants_json

BEFORE, AFTER = timedelta(weeks=3), timedelta(weeks=2)
"""How much of the class is shown around a flag."""
CHOICES = {"with": tuple(TalkedWith), "help": tuple(Help), "consent": tuple(Consent)}
"""What the form for a talk with parents offers."""


def find(id: int) -> Flag:
    """Return a flag the signed-in person may open; another school's does not exist for them."""
    flag = caring.find_flag_of(signed_in().school, id)
    if flag is None:
        abort(404)
    if not caring.may_open(signed_in(), flag, now()):
        abort(403)
    return flag


def find_to_decide(id: int) -> Flag:
    """Return a flag the signed-in person decides about."""
    flag = find(id)
    if not decides(flag):
        abort(403)
    return flag


def decides(flag: Flag) -> bool:
    """Tell whether the signed-in person decides: of the care team, or acting for its role."""
    return caring.may_decide(signed_in(), flag, now())


def has_next_step(flag: Flag) -> bool:
    """Tell whether an open flag can be handed on to a next step."""
    standing = caring.SchoolToday(flag.school, now()).standing_of(flag)
    return not flag.is_closed and standing.next_step is not None


def was_handed_on(flag: Flag) -> bool:
    """Tell whether there is a step a flag was handed on from."""
    return caring.SchoolToday(flag.school, now()).step_before(flag) is not None


def asks_own_consent(flag: Flag) -> bool:
    """Tell whether the step of a flag asks pupils of 16 and over themselves."""
    step = caring.SchoolToday(flag.school, now()).step_of(flag)
    return step is not None and step.own_consent


def may_reopen(flag: Flag) -> bool:
    """Tell whether the signed-in person can reopen a flag: the care team, or who closed it."""
    me = signed_in()
    if flag.closing is None or not caring.is_closed_lately(flag, now()):
        return False
    return me.in_care_team or flag.closing.by_id == me.id


def is_process_alone(flag: Flag) -> bool:
    """Tell whether the signed-in person sees the process part of a flag alone."""
    return caring.sees_process_of(signed_in(), flag)


def sees_notes(flag: Flag) -> bool:
    """Tell whether the signed-in person reads and writes notes: not as its teacher alone."""
    if is_process_alone(flag):
        return False
    return flag.assigned_to == signed_in().id or decides(flag)


def show(flag: Flag, status: int = 200, problem: str = "", note: str = "") -> ResponseReturnValue:
    """Show a flag, with what could not be done and what was written for it."""
    page, me = caring.look_at(flag, signed_in(), now()), signed_in()
    if is_process_alone(flag):
        return flag_process.show(page, status, problem, note)
    rendered = render_template(
        "care/flag.html",
        page=page,
        flag=page.flag,
        budget=rule_settings.budget_of(flag.school),
        standing=page.standing,
        blocks=_lights_around(flag),
        seen_by=_last_looks(page),
        sees_notes=sees_notes(flag),
        sees_trend=may_see_trend(me, flag.classroom),
        decides=decides(flag),
        in_care_team=me.in_care_team,
        may_reopen=may_reopen(page.flag),
        is_asked=_is_asked(page),
        outcomes=flag_words.outcomes(caring.outcomes_of(flag, now())),
        people=caring.who_can_take(flag),
        longest_note=caring.LONGEST_NOTE,
        problem=problem,
        note=note,
        given=request.form,
        today=today(),
        first_day=flag_parents.first_day(today()),
        choices=CHOICES,
        with_word=review_words.with_word,
        help_word=review_words.help_word,
        consent_word=review_words.consent_word,
    )
    return rendered, status


def refuse(flag: Flag, status: int, problem: str, note: str = "") -> ResponseReturnValue:
    """Say why a step was not taken; on the page what was written stays."""
    if wants_json(request):
        return jsonify(error=problem), status
    return show(flag, status, problem, note)


def not_possible_told(id: int) -> str:
    """Say why a step could not be taken: somebody closed the flag, or there is no next step."""
    flag = find(id)
    if not flag.is_closed:
        return _("This was the last step of the care structure: there is none to hand it on to.")
    last = flag.closing or flag.events[-1]
    at = to_user_timezone(last.at)
    return _(
        "This flag was closed by %(who)s on %(day)s at %(time)s: %(outcome)s.",
        who=last.by or _("somebody who has left"),
        day=day(at.date()),
        time=clock(last.at),
        outcome=flag_words.outcome_word(last.outcome) if last.outcome else "",
    )


def meanwhile_told(flag: Flag) -> str:
    """Say who did what with a flag while somebody else looked at it."""
    last = flag.last_step
    if last is None:
        return _("This flag changed meanwhile. Look again.")
    at = to_user_timezone(last.at)
    what = flag_words.event_word(last)
    if last.by_id == signed_in().id:
        return _(
            "You did this yourself already, on %(day)s at %(time)s: %(what)s. It was not done"
            " twice.",
            day=day(at.date()),
            time=clock(last.at),
            what=what,
        )
    return _(
        "Meanwhile, on %(day)s at %(time)s, %(who)s did this: %(what)s. Nothing of yours was done"
        " yet: look at how it stands now, and decide then.",
        day=day(at.date()),
        time=clock(last.at),
        who=last.by or _("the app"),
        what=what,
    )


def today() -> date:
    """Return the day it is at the school."""
    return to_user_timezone(now()).date()


def _is_asked(page: caring.FlagPage) -> bool:
    """Tell whether this flag waits for somebody, and the signed-in person is one of them."""
    if page.standing.due_on is None or page.standing.turn is None:
        return False
    return any(person.id == signed_in().id for person in page.standing.hands.people)


def _lights_around(flag: Flag) -> tuple[Block, ...]:
    first, last = flag.since - BEFORE, min(today(), flag.last_seen_on + AFTER)
    first -= timedelta(days=first.weekday())
    trend = trends.trend_of(flag.classroom, first, last)
    days = school_days.days_between(flag.classroom, first, last)
    return build_grid(trend.rounds, days, today(), GridWords())


def _last_looks(page: caring.FlagPage) -> dict[str, str]:
    """Return the last look of each person, newest first."""
    looks: dict[str, str] = {}
    for look in page.looks:
        if look.what == "looked":
            at = to_user_timezone(look.at)
            looks.setdefault(look.by, f"{day(at.date())}, {clock(look.at)}")
    return looks
