"""Mail: whether the school's mail server talks to us; one is sent only when asked for."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from checkin.config import Config
from checkin.domain.mail_servers import read_server
from checkin.domain.mails import Trouble
from checkin.services.doctor import findings
from checkin.services.doctor.findings import Finding, well, wrong
from checkin.services.mailing_post import Envelope, NotSent, PerhapsSent, Post

PATIENCE = 8.0
WHY = "Reminders and talk requests wait unseen until somebody happens to sign in."
MEND = {
    Trouble.NO_CONNECTION: "look at the host and port in CHECKIN_SMTP_URL, and at the firewall",
    Trouble.SILENT: "look at the port in CHECKIN_SMTP_URL: smtps:// is 465, starttls:// is 587",
    Trouble.NOT_SAFE: "ask whoever keeps the mail server about its encryption and certificate",
    Trouble.NO_SIGN_IN: "look at the user and password in CHECKIN_SMTP_URL",
    Trouble.LATER: "wait an hour and look again; else ask whoever keeps the mail server",
    Trouble.REFUSED: "ask whoever keeps the mail server whether we may send; docs/mail.md",
}


def look(config: Config, now: datetime) -> Iterator[Finding]:
    """Look whether the mail server lets us in; no mail is sent."""
    if config.smtp_url is None:
        yield findings.look(
            "mail",
            "CHECKIN_SMTP_URL is not set: nothing is mailed",
            WHY,
            "set CHECKIN_SMTP_URL and CHECKIN_MAIL_FROM: docs/mail.md",
        )
    else:
        yield try_mail(config, now)


def try_mail(config: Config, now: datetime, to: str | None = None) -> Finding:
    """Talk to the mail server, and send a mail when there is somebody to send it to."""
    if config.smtp_url is None:
        return next(look(config, now))
    server = read_server(config.smtp_url)
    try:
        with Post(server, config.mail_from, PATIENCE) as post:
            if to is not None:
                text = "The mail of checkin works. Nobody needs to do anything.\n"
                envelope = Envelope(to, "checkin: a try", text, secrets.token_hex(16))
                post.send(envelope, now, lambda: True)
    except NotSent as error:
        said = f": {_said(error.__cause__)}" if error.__cause__ else ""
        what = f"{server} does not take mail from us ({error.trouble}{said})"
        return wrong("mail", what, WHY, MEND[error.trouble])
    except PerhapsSent:
        what = f"{server} never said whether it took the mail"
        return wrong("mail", what, WHY, MEND[Trouble.SILENT])
    return well("mail", f"{server} took a mail to {to}" if to else f"{server} lets us in")


def _said(error: BaseException) -> str:
    """Return what the server answered, on one line."""
    answer = getattr(error, "smtp_error", None)
    code = getattr(error, "smtp_code", "")
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer or error)
    return " ".join(f"{code} {text}".split())[:200]
