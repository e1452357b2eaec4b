"""What the forms of talk requests show, so that nobody undoes what they have not seen."""

from collections.abc import Collection

from flask_babel import gettext as _

from checkin.domain.talk_setting import Adult
from checkin.services import classrooms, talking_settings
from checkin.web.access import signed_in
from checkin.web.meanwhile import Fact, text_of, those_of


def setting(protocol: str, pain_to: int | None, chosen: Collection[int]) -> list[Fact]:
    """Return what the form of the whole shows."""
    known = talking_settings.setting_of(signed_in().school)
    names = {one.staff: one.called for one in known.adults}
    return [
        text_of(_("What the school does"), protocol.strip()),
        those_of(_("Pain or ill"), () if pain_to is None else (pain_to,), names),
        those_of(_("In which classes"), chosen, _rooms()),
    ]


def setting_now() -> list[Fact]:
    """Return the same as it is now."""
    now = talking_settings.setting_of(signed_in().school)
    return setting(now.protocol, now.pain_to, now.switched_on)


def adult(one: Adult) -> list[Fact]:
    """Return what the form of somebody to talk to shows, their photo aside."""
    people = {p.id: p.name for p in talking_settings.people_of(signed_in().school)}
    deputy = () if one.deputy is None else (one.deputy,)
    return [
        text_of(_("What pupils say"), one.called),
        text_of(_("Picture"), one.symbol),
        those_of(_("Who stands in"), deputy, people),
        those_of(_("Which classes see this person"), one.classrooms, _rooms()),
    ]


def _rooms() -> dict[int, str]:
    return {one.id: one.name for one in classrooms.list_classrooms(signed_in())}
