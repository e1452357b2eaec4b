"""Setting a team up, and ending it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_MEMBERS, Classroom
from checkin.services import signing_in, teams
from checkin.services.classrooms import get_school_of
from checkin.services.rituals import RoundHasBegun
from checkin.services.teams import LONGEST_NAME, USUAL_HOURS, Plan
from checkin.web import meanwhile
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.team_form import TeamForm, form_of, read_team
from checkin.web.team_words import team_size_told
from checkin.web.teams import blueprint
from checkin.web.teams.places import get_team


@blueprint.get("/teams/new")
def new() -> ResponseReturnValue:
    """Show the empty form of a team."""
    return _show(None, form_of(Plan("", 0, USUAL_HOURS, frozenset())))


@blueprint.post("/teams")
def make() -> ResponseReturnValue:
    """Make a team."""
    form, plan = read_team(request.form, _staff())
    if plan is None:
        return _show(None, form), 400
    id = teams.make_team(signed_in(), plan, now())
    return _saved(id, plan)


@blueprint.get("/teams/<int:team>")
def plan(team: int) -> ResponseReturnValue:
    """Show what is set for a team."""
    found = get_team(team)
    return _show(found, form_of(teams.plan_of(found)))


@blueprint.post("/teams/<int:team>")
def change(team: int) -> ResponseReturnValue:
    """Change what is set for a team."""
    found = get_team(team)
    form, plan = read_team(request.form, _staff(), teams.plan_of(found).hours)
    if plan is None:
        return _show(found, form), 400
    page = url_for("teams.plan", team=team)
    if meanwhile.is_older("team", page, lambda: _facts(_form_now(team)), _facts(form_of(plan))):
        return _show(get_team(team), form), 409
    try:
        teams.change_team(signed_in(), found, plan, now())
    except RoundHasBegun as begun:
        form.problems[begun.moment.value] = _(
            "Cards were tapped in this round today, so it cannot open later. Change it tomorrow."
        )
        return _show(found, form), 409
    return _saved(team, plan)


@blueprint.post("/teams/<int:team>/end")
def end(team: int) -> ResponseReturnValue:
    """End a team."""
    found = get_team(team)
    teams.close_team(found, signed_in(), now())
    flash(_("%(name)s has ended. Its devices can no longer tap.", name=found.name), "done")
    return redirect(url_for("school.classrooms"), 303)


def _saved(team: int, plan: Plan) -> ResponseReturnValue:
    told = team_size_told(plan.members, get_school_of(signed_in()).floor)
    flash(_("%(name)s is saved.", name=plan.name) + " " + told, "done")
    return redirect(url_for("teams.plan", team=team), 303)


def _form_now(team: int) -> TeamForm:
    return form_of(teams.plan_of(get_team(team)))


def _facts(form: TeamForm) -> list[meanwhile.Fact]:
    """Return what the form of a team shows."""
    names = {one.id: one.name for one in signing_in.list_staff(signed_in().school)}
    rounds = {Moment.CHECK_IN: _("Check-in"), Moment.CHECK_OUT: _("Check-out")}
    return [
        meanwhile.text_of(_("Name"), form.name),
        meanwhile.text_of(_("Members, colleagues without an account too"), form.members),
        *(meanwhile.text_of(rounds[one], "–".join(form.times[one]).strip("–")) for one in Moment),
        meanwhile.those_of(_("Members who see the trend of the team"), form.seen_by, names),
    ]


def _staff() -> frozenset[int]:
    return frozenset(one.id for one in signing_in.list_staff(signed_in().school))


def _show(team: Classroom | None, form: TeamForm) -> str:
    person = signed_in()
    floor = get_school_of(person).floor
    members = team.pupils if team is not None else 0
    return render_template(
        "team/plan.html",
        team=team,
        form=form,
        seen=meanwhile.seen_of("team", _facts(_form_now(team.id))) if team else "",
        staff=signing_in.list_staff(person.school),
        moments=tuple(Moment),
        most=MOST_MEMBERS,
        longest=LONGEST_NAME,
        size_told=team_size_told(members, floor) if members else "",
    )
