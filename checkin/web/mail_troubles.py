"""Why a mail did not go out, in words that say what to look at."""

from flask_babel import gettext as _

from checkin.domain.mails import Trouble


def trouble_word(trouble: Trouble) -> str:
    """Return why a mail did not go out."""
    match trouble:
        case Trouble.NO_CONNECTION:
            return _("the mail server cannot be reached.")
        case Trouble.SILENT:
            return _("the mail server does not answer.")
        case Trouble.NOT_SAFE:
            return _(
                "there is no safe connection to the mail server; its certificate may have run out."
            )
        case Trouble.NO_SIGN_IN:
            return _("the mail server does not accept our name and password.")
        case Trouble.LATER:
            return _("the mail server refuses it for now.")
        case Trouble.REFUSED:
            return _("the mail server refuses it; an address may be wrong.")
