"""Making the school, and the code for its first tablet."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response, abort, make_response, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.new_passwords import find_weakness
from checkin.services import classrooms, enrolling, setting_up, signing_in
from checkin.services.passwords import SHORTEST
from checkin.services.setting_up import AlreadySetUp, NewSchool, NewStaff, NotValid, SetUp
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.addresses import whole_address
from checkin.web.clock import now
from checkin.web.language import locale
from checkin.web.school import codes
from checkin.web.setup import blueprint, sitting
from checkin.web.setup.reading import Fields, group_in, new_classroom, school_in, week_in, you_in
from checkin.web.signing_in import sessions
from checkin.web.staff.paper import picture_of
from checkin.web.staff.words import weak_words

Problems = dict[str, str]


def finish(
    whole: Mapping[str, Fields], password: str, again: str
) -> Problems | ResponseReturnValue:
    """Make the school and lead to the code for its first tablet, or say what is wrong."""
    school, you = school_in(whole["school"]), you_in(whole["you"])
    if problems := _problems(password, again, (you.name, you.email, school.name)):
        return problems
    if school.region is None:
        abort(400)
    group = new_classroom(group_in(whole["class"]), week_in(whole["times"] or None).openings)
    admin = NewStaff(you.name, you.email, password, you.roles, (0,) if you.is_teacher else ())
    try:
        made = setting_up.set_up_first(
            NewSchool(school.name, school.region, (group,), (admin,)), now()
        )
    except AlreadySetUp:
        abort(409, _("Somebody else has just set the school up. Sign in, or ask them."))
    except NotValid as error:
        return {"email": str(error)}
    return _begin(made, you.email, password)


@blueprint.get("/setup/tablet")
def tablet() -> ResponseReturnValue:
    """Show the code for the first tablet, or how to get one."""
    kept = codes.read_code(cookies.CODE.read())
    if kept is not None and not enrolling.is_fresh(kept.code, now()):
        kept = None
    found = classrooms.list_classrooms(signed_in())
    group = next((one for one in found if kept and one.id == kept.classroom), None)
    address = whole_address("tablet.enrolment_page")
    return render_template(
        "setup/tablet.html",
        kept=kept if group else None,
        group=group or (found[0] if found else None),
        address=address,
        picture=picture_of(address),
        is_here_alone=urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1"),
    )


@blueprint.post("/setup/tablet")
def make_code() -> ResponseReturnValue:
    """Make another code for the first class."""
    person = signed_in()
    found = classrooms.list_classrooms(person)
    if not found:
        return redirect(to("school.classrooms"), 303)
    response = make_response(redirect(to("setup.tablet"), 303))
    _keep_code(response, person.school, found[0].id, person.id)
    return response


def _begin(made: SetUp, email: str, password: str) -> ResponseReturnValue:
    """Sign the first administrator in, with a code for a tablet in hand."""
    instant, response = now(), make_response(redirect(to("setup.tablet"), 303))
    token = signing_in.sign_in(email, password, instant)
    person = signing_in.find_person(token, instant)
    if person is not None:
        signing_in.set_locale(person.id, str(locale().language))
        _keep_code(response, made.school, made.classrooms[0], person.id)
    sessions.keep(response, token)
    sitting.forget(response)
    return response


def _keep_code(response: Response, school: int, classroom: int, by: int) -> None:
    instant = now()
    code = enrolling.make_code(school, classroom, by, instant)
    until = instant + enrolling.CODE_LASTS
    codes.keep_code(response, code, classroom, until, to("setup.tablet"))


def _problems(password: str, again: str, about: tuple[str, ...]) -> Problems:
    if weak := find_weakness(password, SHORTEST, about):
        return {"password": weak_words(weak)}
    return {} if password == again else {"again": _("This is not the same as above.")}
