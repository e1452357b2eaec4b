"""The guard before every page: finds out who asks, and goes by the table of access."""

from collections.abc import Callable

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from checkin.domain.access import (
    Person,
    may_check_words,
    may_draft_structure,
    may_keep_class,
    may_keep_school,
    may_keep_sign_in,
    may_review,
    may_seal,
    may_see_papers,
    may_see_school,
    may_see_team,
    may_see_trend,
)
from checkin.domain.school import Tablet
from checkin.services import caring, classrooms, enrolling, signing_in, teams
from checkin.web import cookies, kept_forms
from checkin.web.access_table import TABLE, Who
from checkin.web.clock import now
from checkin.web.security import SAFE_METHODS, bearer_token, wants_json

_PERSON_MAY: dict[Who, Callable[[Person], bool]] = {
    Who.STAFF: lambda person: True,
    Who.HEARD: lambda person: True,
    Who.FLAG: lambda person: True,
    Who.TALK: lambda person: True,
    Who.CARE: may_review,
    Who.SCHOOL: may_keep_school,
    Who.ADMIN: may_keep_sign_in,
    Who.WHOLE: may_see_school,
    Who.DRAFT: may_draft_structure,
    Who.WORDS: may_check_words,
    Who.PAPERS: may_see_papers,
}
_PERSON_MAY_IN: dict[Who, Callable[[Person, int], bool]] = {
    Who.TREND: may_see_trend,
    Who.SEAL: may_seal,
    Who.CLASS: may_keep_class,
}
_PERSON_MAY_IN_TEAM: dict[Who, Callable[[Person, bool], bool]] = {
    Who.TEAM: may_see_team,
    Who.MEMBER: lambda person, is_member: is_member,
    Who.DEVICES: lambda person, is_member: is_member or may_keep_school(person),
}


class NotInTable(Exception):
    """An endpoint that the table does not know: nobody decided who may open it."""


def attach(app: Flask) -> None:
    """Ask the table before every page."""
    app.before_request(_recognise)
    app.before_request(_ask_the_table)


def check_table(app: Flask) -> None:
    """Raise NotInTable when a page of the app is missing from the table."""
    missing = {rule.endpoint for rule in app.url_map.iter_rules()} - TABLE.keys()
    if missing:
        raise NotInTable(f"not in the table of access: {', '.join(sorted(missing))}")


def may_open(endpoint: str, person: Person) -> bool:
    """Tell whether a person may open a page that is about no one classroom."""
    who = TABLE.get(endpoint)
    return who in _PERSON_MAY and _PERSON_MAY[who](person)


def may_open_in(endpoint: str, person: Person, classroom: int) -> bool:
    """Tell whether a person may open a page about a classroom of their school."""
    who = TABLE.get(endpoint)
    return who in _PERSON_MAY_IN and _PERSON_MAY_IN[who](person, classroom)


def may_open_of_team(endpoint: str, person: Person, is_member: bool) -> bool:
    """Tell whether a person may open a page about a team, as one of it or not."""
    who = TABLE.get(endpoint)
    return who in _PERSON_MAY_IN_TEAM and _PERSON_MAY_IN_TEAM[who](person, is_member)


def signed_in() -> Person:
    """Return who is signed in, behind the guard."""
    assert isinstance(g.person, Person)  # noqa: S101  # the table let nobody else in
    return g.person


def this_tablet() -> Tablet:
    """Return the tablet that asks, behind the guard."""
    assert isinstance(g.tablet, Tablet)  # noqa: S101  # the table let nothing else in
    return g.tablet


def was_tablet() -> bool:
    """Tell whether the device that asks was a tablet, until its right to tap was taken away."""
    token = cookies.TABLET.read()
    return g.tablet is None and token != "" and enrolling.was_revoked(token)


def asked_address() -> str:
    """Return what was asked for, within the site; a query may hold bytes that are no text."""
    query = request.query_string.decode(errors="replace")
    return f"{request.path}?{query}".rstrip("?")


def _recognise() -> None:
    """Find out who asks; a bearer token is asked alone, whatever cookies come with it."""
    g.person, g.tablet = None, None
    if request.endpoint in ("static", "health.show"):
        return
    bearer = bearer_token(request)
    tablet_token = cookies.TABLET.read() if bearer is None else bearer
    staff_token = cookies.SESSION.read() if bearer is None else ""
    if tablet_token:
        g.tablet = enrolling.find_tablet(tablet_token)
    if staff_token:
        g.person = signing_in.find_person(staff_token, now())


def _ask_the_table() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: routing says so
    who = TABLE.get(request.endpoint)
    if who is Who.OPEN or (who in (Who.TABLET, Who.HEARD) and g.tablet is not None):
        return None
    if who is None:
        abort(403)
    if who is Who.TABLET and not wants_json(request) and was_tablet():
        return redirect(url_for("tablet.grown_up"), 303)
    if g.person is None or (who is Who.TABLET and wants_json(request)):
        return _to_sign_in()
    if not _may(g.person, who):
        abort(403)
    return None


def _may(person: Person, who: Who) -> bool:
    """Decide; a classroom of another school is as unknown as one that does not exist."""
    if who in _PERSON_MAY:
        return _PERSON_MAY[who](person)
    if request.view_args is None:
        return False
    if who is Who.HANDS:
        return may_review(person) or _acts_for(person, request.view_args["id"])
    if who in _PERSON_MAY_IN_TEAM:
        team = teams.find_team(person, request.view_args["team"])
        if team is None:
            abort(404)
        return _PERSON_MAY_IN_TEAM[who](person, teams.is_member(person, team.id))
    if who not in _PERSON_MAY_IN:
        return False
    classroom = request.view_args["classroom"]
    if not _PERSON_MAY_IN[who](person, classroom):
        return False
    if classrooms.find_classroom(person, classroom) is None:
        abort(404)
    return True


def _acts_for(person: Person, id: int) -> bool:
    flag = caring.find_flag_of(person.school, id)
    return flag is not None and caring.acts_for_role(person, flag, now())


def _to_sign_in() -> ResponseReturnValue:
    if wants_json(request):
        abort(401)
    if request.method not in SAFE_METHODS:
        return kept_forms.to_sign_in(cookies.SESSION.read())
    return redirect(url_for("signing_in.show", next=asked_address()), 303)
