"""Every page and who may open it, in one table; what is not in it is not opened."""

from collections.abc import Callable
from enum import Enum

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
from checkin.services import classrooms, enrolling, signing_in, teams
from checkin.web.clock import now
from checkin.web.security import SAFE_METHODS, bearer_token, wants_json

STAFF_COOKIE = "checkin_session"
TABLET_COOKIE = "checkin_tablet"


class Who(Enum):
    """Who may open a page."""

    OPEN = "everybody"
    TABLET = "an enrolled tablet"
    STAFF = "everybody who is signed in"
    CARE = "the care team"
    SCHOOL = "the head and administrators"
    ADMIN = "administrators"
    WHOLE = "the head and the care team"
    DRAFT = "the head and the care team, who draw up the structure"
    WORDS = "the head, administrators and the care team"
    PAPERS = "the head, administrators and the care team; the school's papers"
    TEAM = "a member of the team, and the head"
    MEMBER = "a member of the team"
    DEVICES = "a member of the team, the head and administrators"
    HEARD = "an enrolled tablet, and everybody who is signed in"
    TREND = "a teacher of the classroom, and the care team"
    SEAL = "a teacher of the classroom"
    CLASS = "a teacher of the classroom, the head and administrators"
    TALK = "signed in; the page asks `find_talk` what may be seen"
    FLAG = "signed in; the page asks `find_flag` what of it may be seen"


TABLE = {
    "static": Who.OPEN,
    "health.show": Who.OPEN,
    "home.show": Who.OPEN,
    "home.staff": Who.STAFF,
    "home.language": Who.OPEN,
    "signing_in.show": Who.OPEN,
    "signing_in.sign_in": Who.OPEN,
    "signing_in.sign_out": Who.OPEN,
    "signing_in.second": Who.OPEN,
    "signing_in.finish": Who.OPEN,
    "signing_in.passkey_challenge": Who.OPEN,
    "signing_in.sign_in_by_passkey": Who.OPEN,
    "elsewhere.begin": Who.OPEN,
    "elsewhere.arrive": Who.OPEN,
    "factors.show": Who.STAFF,
    "factors.rename": Who.STAFF,
    "factors.remove": Who.STAFF,
    "factors.begin_app": Who.STAFF,
    "factors.new_app": Who.STAFF,
    "factors.app_picture": Who.STAFF,
    "factors.add_app": Who.STAFF,
    "factors.passkey_options": Who.STAFF,
    "factors.add_passkey": Who.STAFF,
    "factors.codes": Who.STAFF,
    "factors.make_codes": Who.STAFF,
    "factors.standings": Who.ADMIN,
    "factors.choose_rule": Who.ADMIN,
    "factors.colleague": Who.ADMIN,
    "factors.take_away": Who.ADMIN,
    "setup.show": Who.OPEN,
    "setup.enter": Who.OPEN,
    "setup.step": Who.OPEN,
    "setup.keep": Who.OPEN,
    "setup.tablet": Who.SCHOOL,
    "setup.make_code": Who.SCHOOL,
    "first_day.show": Who.SCHOOL,
    "first_day.tick": Who.SCHOOL,
    "first_day.of_class": Who.CLASS,
    "first_day.tick_of_class": Who.CLASS,
    "demo.open_tablet": Who.OPEN,
    "tablet.enrolment_page": Who.OPEN,
    "tablet.enrol": Who.OPEN,
    "tablet.grown_up": Who.OPEN,
    "tablet.worker": Who.OPEN,
    "tablet.show": Who.TABLET,
    "tablet.today": Who.TABLET,
    "tablet.tap": Who.TABLET,
    "tablet.talk_screens": Who.TABLET,
    "tablet.ask_to_talk": Who.TABLET,
    "tablet.talk_answer": Who.TABLET,
    "trends.show": Who.TREND,
    "trends.show_json": Who.TREND,
    "trends.today_json": Who.TREND,
    "trends.seal": Who.SEAL,
    "trends.plotly_js": Who.STAFF,
    "heard.show": Who.TREND,
    "lesson.show": Who.CLASS,
    "lesson.sheet": Who.CLASS,
    "lesson.practice": Who.CLASS,
    "care.flags": Who.CARE,
    "care.flags_json": Who.CARE,
    "care.review": Who.CARE,
    "care.flag": Who.FLAG,
    "care.acknowledge": Who.FLAG,
    "care.note": Who.FLAG,
    "care.assign": Who.FLAG,
    "care.close": Who.FLAG,
    "care.take_up": Who.FLAG,
    "care.parents": Who.FLAG,
    "care.withdraw_parents": Who.FLAG,
    "care.give_back": Who.FLAG,
    "care.hand_on": Who.FLAG,
    "care.decide_flag": Who.CARE,
    "care.begin_review": Who.CARE,
    "care.end_review": Who.CARE,
    "care.decide": Who.CARE,
    "care.follow": Who.CARE,
    "care.decision_list": Who.CARE,
    "care.write_line": Who.SEAL,
    "patterns.show": Who.STAFF,
    "patterns.settings": Who.WHOLE,
    "patterns.choose": Who.WHOLE,
    "school_trend.show": Who.WHOLE,
    "school_trend.show_json": Who.WHOLE,
    "exchange.upload": Who.ADMIN,
    "exchange.template": Who.ADMIN,
    "exchange.preview": Who.ADMIN,
    "exchange.carry_out": Who.ADMIN,
    "exchange.exports": Who.STAFF,
    "exchange.class_lights": Who.TREND,
    "exchange.class_weeks": Who.TREND,
    "exchange.class_report": Who.TREND,
    "exchange.school_lights": Who.WHOLE,
    "exchange.school_process": Who.WHOLE,
    "exchange.school_report": Who.WHOLE,
    "staff.show": Who.SCHOOL,
    "staff.invitation": Who.ADMIN,
    "staff.invite": Who.ADMIN,
    "staff.person": Who.SCHOOL,
    "staff.change": Who.SCHOOL,
    "staff.invite_again": Who.ADMIN,
    "staff.withdraw": Who.ADMIN,
    "staff.offer_password": Who.ADMIN,
    "staff.paper": Who.ADMIN,
    "staff.end_sessions": Who.ADMIN,
    "staff.leaving": Who.ADMIN,
    "staff.let_go": Who.ADMIN,
    "staff.coming_back": Who.ADMIN,
    "staff.invite_back": Who.ADMIN,
    "staff.sees": Who.SCHOOL,
    "staff.who_sees_what": Who.STAFF,
    "account.show": Who.STAFF,
    "account.change_password": Who.STAFF,
    "account.end_browser": Who.STAFF,
    "account.end_others": Who.STAFF,
    "joining.enter": Who.OPEN,
    "joining.find": Who.OPEN,
    "joining.show": Who.OPEN,
    "joining.choose": Who.OPEN,
    "joining.forgotten": Who.OPEN,
    "joining.ask": Who.OPEN,
    "mail.show": Who.SCHOOL,
    "mail.test": Who.SCHOOL,
    "mail.choose_quiet": Who.SCHOOL,
    "mail.mine": Who.STAFF,
    "mail.choose_mine": Who.STAFF,
    "audit.show": Who.SCHOOL,
    "running.show": Who.SCHOOL,
    "explaining.show": Who.OPEN,
    "explaining.pictures": Who.OPEN,
    "talk.show": Who.STAFF,
    "talk.see": Who.TALK,
    "talk.call": Who.TALK,
    "talk.close": Who.TALK,
    "talk.paper": Who.STAFF,
    "talk_settings.show": Who.CARE,
    "talk_settings.keep": Who.CARE,
    "talk_settings.adult": Who.CARE,
    "talk_settings.keep_adult": Who.CARE,
    "talk_settings.photo": Who.CARE,
    "talk_settings.remove_adult": Who.CARE,
    "structure.show": Who.STAFF,
    "structure.versions": Who.STAFF,
    "structure.version": Who.STAFF,
    "structure.absences": Who.STAFF,
    "structure.note_absence": Who.STAFF,
    "structure.take_back_absence": Who.STAFF,
    "structure.draft": Who.DRAFT,
    "structure.begin_draft": Who.DRAFT,
    "structure.whole_draft": Who.DRAFT,
    "structure.approve": Who.DRAFT,
    "structure.give_up_draft": Who.DRAFT,
    "structure.edit": Who.DRAFT,
    "structure.change": Who.DRAFT,
    "school.tablets": Who.SCHOOL,
    "school.make_code": Who.SCHOOL,
    "school.show_code": Who.SCHOOL,
    "school.rename_tablet": Who.SCHOOL,
    "school.revoke_tablet": Who.SCHOOL,
    "school.classrooms": Who.SCHOOL,
    "school.classroom": Who.SCHOOL,
    "school.new_classroom": Who.SCHOOL,
    "school.add_classroom": Who.SCHOOL,
    "school.rename_classroom": Who.SCHOOL,
    "school.choose_teachers": Who.SCHOOL,
    "school.add_substitute": Who.SCHOOL,
    "school.end_substitute": Who.SCHOOL,
    "school.closure": Who.SCHOOL,
    "school.close_class": Who.SCHOOL,
    "school.split": Who.SCHOOL,
    "school.split_class": Who.SCHOOL,
    "school.merger": Who.SCHOOL,
    "school.merge_classes": Who.SCHOOL,
    "school.undo_change": Who.SCHOOL,
    "school.new_year": Who.SCHOOL,
    "school.begin_year": Who.SCHOOL,
    "calendar.show": Who.STAFF,
    "calendar.export": Who.STAFF,
    "calendar.add_day": Who.SCHOOL,
    "calendar.remove_day": Who.SCHOOL,
    "calendar.put_back_day": Who.SCHOOL,
    "calendar.check_day": Who.SCHOOL,
    "calendar.take_over": Who.SCHOOL,
    "calendar.upload": Who.SCHOOL,
    "calendar.preview": Who.SCHOOL,
    "calendar.keep_import": Who.SCHOOL,
    "school.set_pupils": Who.SCHOOL,
    "school.rituals": Who.CLASS,
    "school.set_rhythm": Who.CLASS,
    "school.set_pause": Who.CLASS,
    "school.end_pause": Who.CLASS,
    "school.set_cards": Who.CLASS,
    "school.languages": Who.WORDS,
    "school.add_language": Who.WORDS,
    "school.change_language": Who.WORDS,
    "school.remove_language": Who.WORDS,
    "school.words_in": Who.WORDS,
    "school.correct_words": Who.WORDS,
    "school.review_words": Who.WORDS,
    "school.withdraw_review": Who.WORDS,
    "school.word_sheet": Who.WORDS,
    "papers.index": Who.PAPERS,
    "papers.show": Who.PAPERS,
    "papers.leaflet": Who.PAPERS,
    "teams.new": Who.SCHOOL,
    "teams.make": Who.SCHOOL,
    "teams.plan": Who.SCHOOL,
    "teams.change": Who.SCHOOL,
    "teams.end": Who.SCHOOL,
    "teams.show": Who.TEAM,
    "teams.use_this_device": Who.MEMBER,
    "teams.make_code": Who.DEVICES,
    "teams.show_code": Who.DEVICES,
    "school.sounds": Who.STAFF,
    "school.sounds_in": Who.STAFF,
    "school.keep_sound": Who.STAFF,
    "school.delete_sound": Who.STAFF,
    "school.sound": Who.HEARD,
}

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
    token = request.cookies.get(TABLET_COOKIE)
    return g.tablet is None and token is not None and enrolling.was_revoked(token)


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
    tablet_token = request.cookies.get(TABLET_COOKIE) if bearer is None else bearer
    staff_token = request.cookies.get(STAFF_COOKIE) if bearer is None else None
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


def _to_sign_in() -> ResponseReturnValue:
    if wants_json(request):
        abort(401)
    back = asked_address() if request.method in SAFE_METHODS else None
    return redirect(url_for("signing_in.show", next=back), 303)
