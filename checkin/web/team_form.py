"""Reads the form in which a team is set up; what was typed is kept where something is wrong."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_MEMBERS
from checkin.services.teams import LONGEST_NAME, Hours, Plan
from checkin.web.plain_text import plain_name

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?", re.ASCII)
Times = tuple[str, str]


@dataclass(frozen=True)
class TeamForm:
    """What stands in the fields, and what is wrong with which of them."""

    name: str
    members: str
    times: Mapping[Moment, Times]
    seen_by: frozenset[int]
    problems: dict[str, str] = field(default_factory=dict)


def form_of(plan: Plan) -> TeamForm:
    """Return the fields as a team has them now."""
    times = {moment: _written(plan.hours.get(moment)) for moment in Moment}
    return TeamForm(plan.name, str(plan.members) if plan.members else "", times, plan.seen_by)


def read_team(
    given: MultiDict[str, str], staff: Collection[int], before: Hours | None = None
) -> tuple[TeamForm, Plan | None]:
    """Read the form; without a plan its problems say why. What a team has is never called wrong."""
    times = {
        moment: (_typed(given, f"{moment.value}-opens"), _typed(given, f"{moment.value}-closes"))
        for moment in Moment
    }
    seen_by = frozenset(id for id in staff if str(id) in given.getlist("seen_by"))
    name = plain_name(given.get("name", ""))[:200]
    form = TeamForm(name, _typed(given, "members"), times, seen_by)
    members = _members(form)
    _check_name(form)
    hours = _hours(form, before)
    return form, None if form.problems else Plan(form.name, members, hours, form.seen_by)


def _typed(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").strip()[:16]


def _check_name(form: TeamForm) -> None:
    if not form.name or len(form.name) > LONGEST_NAME or not form.name.isprintable():
        form.problems["name"] = _("A name has 1 to %(n)s letters.", n=LONGEST_NAME)


def _members(form: TeamForm) -> int:
    text = form.members
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_MEMBERS:
        return int(text)
    form.problems["members"] = _(
        "The number of members is a whole number from 1 to %(most)s.", most=MOST_MEMBERS
    )
    return 0


def _hours(form: TeamForm, before: Hours | None) -> dict[Moment, Opening]:
    hours = {}
    for moment, times in form.times.items():
        if any(times):
            opening = _opening(*times)
            if isinstance(opening, str):
                form.problems[moment.value] = opening
            else:
                hours[moment] = opening
    if not hours and not form.problems:
        form.problems[Moment.CHECK_IN.value] = _("Give at least one round its times.")
    if hours != before and _overlap(hours.get(Moment.CHECK_IN), hours.get(Moment.CHECK_OUT)):
        form.problems[Moment.CHECK_OUT.value] = _(
            "The check-out would open before the check-in has closed: change one of them."
        )
    return hours


def _opening(opens: str, closes: str) -> Opening | str:
    """Return the opening, or what is wrong with it."""
    if not opens or not closes:
        return _("Fill in both times, or leave both empty.")
    found = CLOCK.fullmatch(opens), CLOCK.fullmatch(closes)
    if found[0] is None or found[1] is None:
        return _("Write a time such as 08:15.")
    minutes = [60 * int(time[1]) + int(time[2]) for time in (found[0], found[1])]
    opens_at, closes_at = minutes[0], minutes[1] or MINUTES_A_DAY  # midnight ends the day
    if opens_at >= closes_at:
        return _("A round opens before it closes.")
    return Opening(opens_at, closes_at)


def _overlap(first: Opening | None, last: Opening | None) -> bool:
    return first is not None and last is not None and first.closes > last.opens


def _written(opening: Opening | None) -> Times:
    if opening is None:
        return ("", "")
    return (_clock(opening.opens), _clock(opening.closes))


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
