"""The first page: a tablet's cards, or what a member of staff needs today."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person, may_keep_school
from checkin.domain.school import Classroom
from checkin.services import calendars, classrooms, signing_in, structuring, talking, teams
from checkin.services.trends import Today, today_of
from checkin.web import cookies, flags_today
from checkin.web import language as languages
from checkin.web.access import signed_in, was_tablet
from checkin.web.clock import now
from checkin.web.first_day import still_to_do
from checkin.web.security import relative_path, wants_json
from checkin.web.tablet import cards

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class ClassToday:
    """A classroom and where it stands today."""

    classroom: Classroom
    today: Today
    is_own: bool


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the cards on a tablet, staff their own page, everybody else where to sign in."""
    if g.tablet is not None:
        return cards.show()
    if g.person is not None:
        return staff()
    if was_tablet() and not wants_json(request):
        return redirect(url_for("tablet.grown_up"), 303)
    return abort(401) if wants_json(request) else redirect(url_for("signing_in.show"), 303)


@blueprint.get("/home")
def staff() -> ResponseReturnValue:
    """Show a person's classrooms, flags and chores of today; also on an enrolled device."""
    person = signed_in()
    here_and_now = now().astimezone(ZoneInfo(classrooms.get_school_of(person).zone))
    return render_template(
        "home.html",
        greeting=_greeting(person, here_and_now),
        date=here_and_now.date(),
        classes=_classes(person),
        flags=flags_today.of_team(person),
        mine=flags_today.mine(person),
        asked=flags_today.asked(person),
        overdue=flags_today.count_overdue(person),
        draft_waits=structuring.waits_for(person),
        talks=talking.count_waiting(person, now()),
        keeps_school=may_keep_school(person),
        missing=calendars.find_missing(person, now()) if may_keep_school(person) else None,
        teams=teams.visible_teams(person),
        first_day=still_to_do(person),
    )


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """Keep the chosen language, for the person and in this browser."""
    chosen = request.form.get("language", "")
    if chosen not in languages.LANGUAGES:
        abort(400, _("There is no such language here."))
    if g.person is not None:
        signing_in.set_locale(g.person.id, chosen)
    response = redirect(relative_path(request.form.get("next")) or url_for("home.show"), 303)
    cookies.LANGUAGE.keep(response, chosen)
    return response


def _greeting(person: Person, local: datetime) -> str:
    if local.hour < 12:
        return _("Good morning, %(name)s", name=person.name)
    if local.hour < 18:
        return _("Good afternoon, %(name)s", name=person.name)
    return _("Good evening, %(name)s", name=person.name)


def _classes(person: Person) -> tuple[ClassToday, ...]:
    """Return the classrooms a person may see, the own ones first."""
    seen = [
        ClassToday(c, today_of(c.id, now()), person.teaches(c.id))
        for c in classrooms.visible_classrooms(person)
    ]
    return tuple(sorted(seen, key=lambda one: not one.is_own))
