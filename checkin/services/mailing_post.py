"""Handing mails to the school's mail server; the only place that sends anything anywhere."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType

from checkin.domain.mail_servers import MailServer
from checkin.domain.mails import Trouble

PATIENCE = 20.0
"""Seconds a mail server may take to answer anything."""


class NotSent(Exception):
    """The mail server did not take it; `ends_all` when the next mail need not be tried either."""

    def __init__(self, trouble: Trouble, ends_all: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.ends_all = ends_all


class PerhapsSent(Exception):
    """It was handed over, and the server never said whether it took it."""


class NotOurs(Exception):
    """Another process has this mail in hand: it was not sent from here."""


@dataclass(frozen=True)
class Envelope:
    """One mail as it goes; `key` names it alike whenever and wherever it is sent from."""

    to: str
    subject: str
    text: str
    key: str


class _Session(smtplib.SMTP):
    """A conversation that says when the text itself is about to be handed over."""

    handing: Callable[[], bool]
    is_handed = False

    def data(self, msg: object) -> tuple[int, bytes]:
        """Hand the text over, if that is still ours to do."""
        if not self.handing():
            raise NotOurs
        self.is_handed = True
        return super().data(msg)  # type: ignore[arg-type]  # as `sendmail` gives it


class _SafeSession(_Session, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


class Post:
    """An open conversation with a mail server; raises NotSent when there can be none."""

    def __init__(self, server: MailServer, sender: str, patience: float) -> None:
        """Keep where to, from whom, and how long to wait for each answer."""
        self._server = server
        self._sender = sender
        self._patience = patience
        self._session: _Session

    def __enter__(self) -> "Post":
        try:
            self._session = self._open()
        except OSError as error:
            raise NotSent(_trouble_of(error), ends_all=True) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:  # whoever is silent is not waited for once more
            self._session.close()
            return
        with suppress(OSError):
            self._session.quit()
        self._session.close()

    def send(self, envelope: Envelope, at: datetime, handing: Callable[[], bool]) -> None:
        """Send one mail; `handing` is asked right before its text goes, and may call it off.

        Raises NotSent, PerhapsSent or NotOurs.
        """
        self._session.handing, self._session.is_handed = handing, False
        try:
            self._session.send_message(
                _message(envelope, self._sender, at), self._sender, [envelope.to]
            )
        except NotOurs:
            self._session.rset()
            raise
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _said),) = error.recipients.values()
            raise NotSent(_of_code(code)) from error
        except smtplib.SMTPResponseException as error:
            raise NotSent(_of_code(error.smtp_code), error.smtp_code == 421) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotSent(Trouble.REFUSED) from error
        except OSError as error:
            if self._session.is_handed:
                raise PerhapsSent from error
            raise NotSent(_trouble_of(error), ends_all=True) from error

    def _open(self) -> _Session:
        server = self._server
        own_name = self._sender.rpartition("@")[2]
        if server.security == "smtps":
            session: _Session = _SafeSession(
                server.host,
                server.port,
                own_name,
                timeout=self._patience,
                context=ssl.create_default_context(),
            )
        else:
            session = _Session(server.host, server.port, own_name, timeout=self._patience)
        try:
            if server.security == "starttls":
                session.starttls(context=ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
            if server.user:
                session.login(server.user, server.password)
        except OSError:
            session.close()
            raise
        return session


def _message(envelope: Envelope, sender: str, at: datetime) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = envelope.subject
    message["From"] = sender
    message["To"] = envelope.to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{envelope.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(envelope.text)
    return message


def _trouble_of(error: OSError) -> Trouble:
    """Tell what went wrong before anything was handed over."""
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Trouble.SILENT
    if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return Trouble.NOT_SAFE
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Trouble.NO_SIGN_IN
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_code(error.smtp_code)
    return Trouble.NO_CONNECTION


def _of_code(code: int) -> Trouble:
    return Trouble.LATER if 400 <= code < 500 else Trouble.REFUSED
