"""The parts of the site a person may open, for the bar above every staff page."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import lazy_gettext

from checkin.domain.access import Person
from checkin.web.access import asked_address, may_open
from checkin.web.security import SAFE_METHODS

PARTS = (
    ("home.staff", lazy_gettext("Today")),
    ("care.flags", lazy_gettext("Flags")),
    ("care.review", lazy_gettext("Review")),
    ("talk.show", lazy_gettext("Talk requests")),
    ("school_trend.show", lazy_gettext("The school")),
    ("structure.show", lazy_gettext("Care structure")),
    ("school.languages", lazy_gettext("Languages")),
    ("school.tablets", lazy_gettext("Tablets")),
    ("calendar.show", lazy_gettext("Calendar")),
    ("school.classrooms", lazy_gettext("Classrooms")),
    ("staff.show", lazy_gettext("Staff")),
    ("exchange.exports", lazy_gettext("Reports and files")),
    ("mail.show", lazy_gettext("Mail")),
)

KEEPING = frozenset(
    {
        "school.languages",
        "school.tablets",
        "calendar.show",
        "school.classrooms",
        "staff.show",
        "exchange.exports",
        "mail.show",
    }
)
"""What is not needed every day: it goes behind 'More' where the bar would be full."""
SHOWN = "checkin.section_shown"
MOST = 6
"""So many parts fit in the bar beside each other."""


@dataclass(frozen=True)
class Section:
    """One link of the bar; `is_kept` when it stands behind 'More'."""

    url: str
    label: str
    is_current: bool
    is_kept: bool = False


def sections(person: Person | None) -> tuple[Section, ...]:
    """Return the parts a person may open."""
    if person is None:
        return ()
    parts = [(e, str(label)) for e, label in PARTS if may_open(e, person)]
    is_full = len(parts) > MOST
    return tuple(_section(e, label, is_full and e in KEEPING) for e, label in parts)


def show_as(endpoint: str) -> None:
    """Light the part of the bar whose page is shown, where a form was sent to another address."""
    request.environ[SHOWN] = endpoint


def here() -> str:
    """Return the address of this page within the site, or the first page's when it has none."""
    if request.method in SAFE_METHODS:
        return asked_address()
    adapter = current_app.create_url_adapter(request)
    return request.path if adapter is not None and adapter.test(method="GET") else "/"


def _section(endpoint: str, label: str, is_kept: bool) -> Section:
    url, blueprint = url_for(endpoint), endpoint.partition(".")[0]
    if (shown := request.environ.get(SHOWN)) is not None:
        return Section(url, label, endpoint == shown, is_kept)
    is_below = request.blueprint == blueprint and request.path.startswith(f"{url}/")
    return Section(url, label, request.path == url or is_below, is_kept)
