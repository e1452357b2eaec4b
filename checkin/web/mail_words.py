"""What mails say, in the language of whoever gets them: that something waits, and where."""

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from checkin.domain.access import Person
from checkin.domain.mails import Counts, Kind, Letter, Link
from checkin.web.language import DEFAULT, LANGUAGES, week
from checkin.web.mail_invitations import foot_of_invitation, told_of_invitation

PAGES = {
    "review": ("care.review", ""),
    "flag": ("care.flag", "id"),
    "talks": ("talk.show", ""),
    "decisions": ("care.decision_list", "week"),
    "home": ("home.staff", ""),
    "choices": ("mail.mine", ""),
    "join": ("joining.show", "secret"),
}
"""The endpoint of each page that a mail leads to, and what its part is called."""


def write(letter: Letter | None, person: Person) -> tuple[str, str]:
    """Return the subject and the text of a letter; without one, of a test mail."""
    locale = person.locale if person.locale in LANGUAGES else DEFAULT
    with force_locale(locale):
        subject, told = _test() if letter is None else _told(letter)
        addresses = (
            [_address(link) for link in letter.links] if letter else [_address(Link("home"))]
        )
        parts = [_("Hello %(name)s,", name=person.name), told, "\n".join(addresses)]
        return f"checkin: {subject}", "\n\n".join([*parts, _foot(letter)]) + "\n"


def _told(letter: Letter) -> tuple[str, str]:
    match letter.kind:
        case Kind.DIGEST:
            return _("what waits this week"), _counted(letter.counts or Counts(0, 0, 0))
        case Kind.FLAG:
            subject = _("something waits for you")
            return subject, ngettext(
                "%(num)s flag waits for you. You find it here:",
                "%(num)s flags wait for you. You find them here:",
                len(letter.links),
            )
        case Kind.TALK:
            return _("somebody waits for you"), _("A talk request waits for you. You find it here:")
        case Kind.DECISIONS:
            when = week(letter.of_week)
            return _("the decisions of %(week)s", week=when), _(
                "The review of %(week)s has ended. What concerns you is here:", week=when
            )
        case Kind.INVITATION | Kind.PASSWORD:
            return told_of_invitation(letter)


def _counted(counts: Counts) -> str:
    lines = (
        ngettext("%(num)s flag is new.", "%(num)s flags are new.", counts.new),
        ngettext("%(num)s flag is overdue.", "%(num)s flags are overdue.", counts.overdue),
        ngettext("%(num)s flag is in hand.", "%(num)s flags are in hand.", counts.in_hand),
    )
    return "\n".join([*lines, "", _("The weekly review is here:")])


def _test() -> tuple[str, str]:
    return _("a test"), _(
        "This is the test you asked for: mail from checkin arrives. You find checkin here:"
    )


def _foot(letter: Letter | None) -> str:
    if letter is not None and letter.kind in (Kind.INVITATION, Kind.PASSWORD):
        return foot_of_invitation(letter)
    told = _("You sign in first. What it is about is only told there, never in a mail.")
    if letter is None or letter.kind is not Kind.DIGEST:
        return told
    address = _address(Link("choices"))
    choose = _("No weekly mail? Choose so here: %(address)s", address=address)
    return f"{told}\n{choose}"


def _address(link: Link) -> str:
    endpoint, part = PAGES[link.page]
    values = {part: int(link.id) if link.id.isdecimal() else link.id} if part else {}
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{_base()}{path}"


def _base() -> str:
    demo = current_app.extensions.get("checkin_demo") or {}
    return str(current_app.extensions["checkin_config"].base_url or demo.get("url", ""))
