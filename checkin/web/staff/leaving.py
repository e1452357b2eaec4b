"""Somebody leaves: one page with all that they hold, and who takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person, Role
from checkin.services import staffing, talking_settings
from checkin.services.staffing import Hands, Holdings, Listed, NotDone, Wrong
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.staff import blueprint
from checkin.web.staff.places import get_here
from checkin.web.staff.words import wrong_words

NOBODY = "nobody"
PAGE_WIDE = (Wrong.LAST_ADMIN, Wrong.OWN_LEAVING)


@dataclass(frozen=True)
class Offered:
    """Who can take what."""

    everybody: tuple[Person, ...]
    care: tuple[Person, ...]
    teachers: tuple[Person, ...]
    adults: tuple[Person, ...]

    def for_thing(self, name: str) -> tuple[Person, ...]:
        """Return who can take one thing."""
        if name in ("flags", "decisions", "talks"):
            return self.care
        if name in ("adult", "pain"):
            return self.adults
        if name.startswith("class-"):
            return self.teachers
        whom = name.removeprefix("stands-in-")
        return tuple(one for one in self.everybody if str(one.id) != whom)


@blueprint.get("/staff/<int:id>/leaving")
def leaving(id: int) -> ResponseReturnValue:
    """Show what a person holds."""
    listed = get_here(id)
    held = staffing.holdings_of(listed.member, now())
    return _show(listed, held, _suggested(held))


@blueprint.post("/staff/<int:id>/leaving")
def let_go(id: int) -> ResponseReturnValue:
    """Hand all of it over and shut the account; nothing happens while a choice is missing."""
    listed = get_here(id)
    typed = {name: value[:20] for name, value in request.form.items()}
    hands = Hands({n: _id(v) for n, v in typed.items() if v == NOBODY or _id(v) is not None})
    try:
        staffing.let_go(signed_in(), listed.member, hands, now())
    except NotDone as error:
        held = staffing.holdings_of(listed.member, now())
        problems = {
            "" if one.wrong in PAGE_WIDE else one.where: wrong_words(one.wrong)
            for one in error.every
        }
        return _show(listed, held, typed, problems), 400
    told = _("%(name)s has left. Signing in is over, and the name stays in what was done.")
    flash(told % {"name": listed.member.name}, "done")
    return redirect(url_for("staff.show"), 303)


def _show(
    listed: Listed,
    held: Holdings,
    chosen: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
) -> str:
    problems = dict(problems or {})
    try:
        staffing.check_may_leave(signed_in(), listed.member)
    except NotDone as error:
        problems[""] = wrong_words(error.wrong)
    return render_template(
        "staff/leaving.html",
        member=listed.member,
        held=held,
        offered=_offered(listed),
        chosen=chosen,
        problems=problems,
        nobody=NOBODY,
    )


def _offered(listed: Listed) -> Offered:
    people = staffing.who_can_take_over(listed.member)
    named = {one.staff for one in talking_settings.setting_of(listed.member.school).adults}
    return Offered(
        people,
        tuple(one for one in people if staffing.can_take_flags(one)),
        tuple(one for one in people if Role.TEACHER in one.roles),
        tuple(one for one in people if one.id in named),
    )


def _suggested(held: Holdings) -> dict[str, str]:
    """Suggest whoever stands in already; for all else somebody is to be chosen."""
    if held.adult is None or held.adult.deputy is None:
        return {}
    return {"talks": str(held.adult.deputy)}


def _id(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
