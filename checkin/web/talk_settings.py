"""Setting talk requests up: what the school does, who can be asked, and in which classes."""

from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person
from checkin.domain.talk_setting import MOST_ADULTS, Adult
from checkin.domain.words import ADULT_WORDS
from checkin.services import classrooms, talking_settings
from checkin.services.talking_photos import LARGEST, NotAPhoto
from checkin.services.talking_settings import LONGEST_NAME, LONGEST_PROTOCOL, NotKept, Wrong
from checkin.web import meanwhile, talk_facts
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.plain_text import plain_name
from checkin.web.static_files import A_YEAR

blueprint = Blueprint("talk_settings", __name__)

FORM_ROOM = 64 * 1024
"""What a form needs beside a photo."""


@blueprint.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one form be as large as a photo of a telephone."""
    if endpoint == "talk_settings.keep_adult":
        request.max_content_length = LARGEST + FORM_ROOM


@blueprint.get("/talk/settings")
def show() -> ResponseReturnValue:
    """Show what is filled in, and what is still missing before anything can be switched on."""
    return _show()


@blueprint.post("/talk/settings")
def keep() -> ResponseReturnValue:
    """Keep what the school does, who is told of pain, and which classes it is on for."""
    protocol = request.form.get("protocol", "").replace("\r\n", "\n")
    pain_to = _number(request.form.get("pain_to", ""))
    chosen = _numbers("classrooms")
    page, typed = url_for("talk_settings.show"), talk_facts.setting(protocol, pain_to, chosen)
    if meanwhile.is_older("talks", page, talk_facts.setting_now, typed):
        return _show(protocol=protocol, pain_to=pain_to, chosen=chosen), 409
    try:
        talking_settings.keep_setting(signed_in(), protocol, pain_to, chosen, now())
    except NotKept as refused:
        told = _why_not(refused.wrong)
        return _show(told, protocol=protocol, pain_to=pain_to, chosen=chosen), 400
    flash(_("Saved. Tablets show it when nobody is at them."), "done")
    return redirect(url_for("talk_settings.show"), 303)


@blueprint.get("/talk/adults/<int:id>")
def adult(id: int) -> ResponseReturnValue:
    """Show what pupils see of somebody, to name them or to change it."""
    return _show_adult(_person(id))


@blueprint.post("/talk/adults/<int:id>")
def keep_adult(id: int) -> ResponseReturnValue:
    """Name somebody, or change what pupils see of them."""
    found = _person(id)
    typed = _read_adult(found)
    file = request.files.get("photo")
    photo = file.read() if file and file.filename else None
    page = url_for("talk_settings.adult", id=id)
    if meanwhile.is_older("adult", page, lambda: _facts_now(found), talk_facts.adult(typed)):
        return _show_adult(found, typed), 409
    try:
        talking_settings.keep_adult(signed_in(), typed, photo, now())
        if photo is None and "no_photo" in request.form:
            talking_settings.drop_photo(signed_in(), id, now())
    except NotKept as refused:
        return _show_adult(found, typed, {refused.wrong.value: _why_not(refused.wrong)}), 400
    except NotAPhoto:
        told = _("This cannot be used as a photo. Choose a JPEG or PNG of at most 8 MB.")
        return _show_adult(found, typed, {"photo": told}), 400
    flash(_("Saved. Pupils can ask for %(name)s.", name=typed.called), "done")
    return redirect(url_for("talk_settings.show"), 303)


@blueprint.post("/talk/adults/<int:id>/removal")
def remove_adult(id: int) -> ResponseReturnValue:
    """Let pupils no longer ask for somebody; a second time changes nothing."""
    found = _person(id)
    talking_settings.remove_adult(signed_in(), id, now())
    flash(_("Pupils can no longer ask for %(name)s.", name=found.name), "done")
    return redirect(url_for("talk_settings.show"), 303)


@blueprint.get("/talk/adults/<int:id>/photo/<version>.jpg")
def photo(id: int, version: str) -> ResponseReturnValue:
    """Show the photo of an adult by its hashed address."""
    adult = talking_settings.setting_of(signed_in().school).find_adult(id)
    if adult is None or not adult.photo or adult.photo != version:
        abort(404)
    drawn = talking_settings.find_photo(signed_in().school, id) or abort(404)
    response = send_file(BytesIO(drawn), mimetype="image/jpeg", conditional=True, etag=version)
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _picture_of(adult: Adult) -> str:
    if adult.photo:
        return url_for("talk_settings.photo", id=adult.staff, version=adult.photo)
    return url_for("static", filename=f"icons/adults/{adult.symbol}.svg")


def _show(problem: str = "", **typed: Any) -> str:
    person = signed_in()
    setting = talking_settings.setting_of(person.school)
    shown = {
        "protocol": setting.protocol,
        "pain_to": setting.pain_to,
        "chosen": setting.switched_on,
    }
    return render_template(
        "talk/settings.html",
        setting=setting,
        adults=[(one, _picture_of(one)) for one in setting.adults],
        others=[
            p for p in talking_settings.people_of(person.school) if not setting.find_adult(p.id)
        ],
        classes=talking_settings.classes_of(person.school, setting),
        problem=problem,
        longest=LONGEST_PROTOCOL,
        most=MOST_ADULTS,
        seen=meanwhile.seen_of("talks", talk_facts.setting_now()),
        **(shown | typed),
    )


def _show_adult(
    found: Person, typed: Adult | None = None, problems: dict[str, str] | None = None
) -> str:
    school = signed_in().school
    known = talking_settings.setting_of(school).find_adult(found.id)
    return render_template(
        "talk/adult.html",
        staff=found,
        known=known,
        photo=_picture_of(known) if known and known.photo else "",
        adult=typed or known or _blank(found),
        problems=problems or {},
        seen=meanwhile.seen_of("adult", _facts_now(found)),
        symbols=ADULT_WORDS,
        people=[p for p in talking_settings.people_of(school) if p.id != found.id],
        classes=classrooms.list_classrooms(signed_in()),
        longest=LONGEST_NAME,
    )


def _facts_now(found: Person) -> list[meanwhile.Fact]:
    known = talking_settings.setting_of(signed_in().school).find_adult(found.id)
    return talk_facts.adult(known or _blank(found))


def _blank(found: Person) -> Adult:
    name = found.name.split()[0][:LONGEST_NAME] if found.name.split() else ""
    return Adult(found.id, found.name, name, "", found.classrooms, None)


def _read_adult(found: Person) -> Adult:
    return Adult(
        staff=found.id,
        name=found.name,
        called=plain_name(request.form.get("called", "")),
        symbol=request.form.get("symbol", ""),
        classrooms=_numbers("classrooms"),
        deputy=_number(request.form.get("deputy", "")),
    )


def _person(id: int) -> Person:
    people = talking_settings.people_of(signed_in().school)
    return next((one for one in people if one.id == id), None) or abort(404)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _numbers(name: str) -> frozenset[int]:
    return frozenset(n for n in map(_number, request.form.getlist(name)) if n is not None)


def _why_not(wrong: Wrong) -> str:
    return {
        Wrong.NAME: _("Write what pupils call this person, in at most 24 letters."),
        Wrong.SYMBOL: _("Choose a picture."),
        Wrong.DEPUTY: _("Choose who stands in: somebody else."),
        Wrong.CLASSES: _("Choose classes of this school."),
        Wrong.PROTOCOL: _("Keep it to a few lines: at most 1500 letters."),
        Wrong.NOT_READY: _(
            "A class can be switched on when nothing is missing for it any more. Nothing was saved "
            "yet; what you wrote is still here."
        ),
    }[wrong]
