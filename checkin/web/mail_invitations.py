"""What a mail says that lets somebody choose a password: who asked, the link, and until when."""

from flask_babel import gettext as _

from checkin.domain.mails import Kind, Letter
from checkin.web.language import day


def told_of_invitation(letter: Letter) -> tuple[str, str]:
    """Return the subject, and what stands above the link."""
    if letter.kind is Kind.INVITATION:
        return _("you are invited"), _(
            "%(name)s gives you an account of checkin at your school. Choose your password here:",
            name=letter.asked_by,
        )
    if letter.asked_by:
        return _("a new password"), _(
            "%(name)s lets you choose a new password. Until you do, the old one holds. Here:",
            name=letter.asked_by,
        )
    return _("a new password"), _(
        "You, or somebody with your address, asked for a new password. Choose it here:"
    )


def foot_of_invitation(letter: Letter) -> str:
    """Return what stands below the link."""
    until = day(letter.until) if letter.until else ""
    told = _("The link works once, until %(until)s. Do not hand it on.", until=until)
    unasked = _("Did you not expect this? Then do nothing: without the link nothing changes.")
    return f"{told}\n{unasked}"
