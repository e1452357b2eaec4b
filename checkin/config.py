"""Settings, read from the environment once; no sound secret, no start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkin.domain.mail_servers import is_address, read_server

LEAST_SECRET = 32


class UnsafeConfig(Exception):
    """The settings are missing or unsafe; its text says which, and what to do."""


@dataclass(frozen=True)
class Config:
    """What the program needs to know of the place it runs in."""

    directory: Path
    secret_key: str
    database_url: str
    base_url: str | None = None
    is_demo: bool = False
    open_rounds_url: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = ""

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the server over HTTPS."""
        return self.base_url is not None and self.base_url.startswith("https://")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the CHECKIN_* environment; raise UnsafeConfig when it is not fit to serve with."""
    directory = Path(environ.get("CHECKIN_DIR") or "checkin-data").absolute()
    base_url = environ.get("CHECKIN_BASE_URL") or None
    if base_url is not None and not base_url.startswith(("https://", "http://")):
        raise UnsafeConfig("CHECKIN_BASE_URL must begin with https:// (or http://)")
    smtp_url, mail_from = read_mail(environ)
    if smtp_url is not None and base_url is None:
        raise UnsafeConfig("CHECKIN_BASE_URL is not set: a mail has to say where something waits")
    return Config(
        directory=directory,
        secret_key=_read_secret(environ),
        database_url=environ.get("CHECKIN_DATABASE_URL") or sqlite_url(directory),
        open_rounds_url=_read_open_rounds_url(environ),
        base_url=base_url.rstrip("/") if base_url else None,
        smtp_url=smtp_url,
        mail_from=mail_from,
    )


def read_mail(environ: Mapping[str, str] = os.environ) -> tuple[str | None, str]:
    """Read the mail server and the address mails come from; without a server, nothing is mailed."""
    url, sender = environ.get("CHECKIN_SMTP_URL") or None, environ.get("CHECKIN_MAIL_FROM", "")
    if url is None:
        return None, ""
    try:
        read_server(url)
    except ValueError as error:
        raise UnsafeConfig(f"CHECKIN_SMTP_URL: {error}") from error
    if not is_address(sender):
        raise UnsafeConfig("CHECKIN_MAIL_FROM must be the address mails come from")
    return url, sender


def sqlite_url(directory: Path) -> str:
    """Return the address of the SQLite file in a folder."""
    return f"sqlite:///{directory / 'checkin.sqlite3'}"


def _read_open_rounds_url(environ: Mapping[str, str]) -> str | None:
    """Open rounds follow the main database, so that no two servers count each for itself."""
    url = environ.get("CHECKIN_OPEN_ROUNDS_URL") or None
    on_server = (environ.get("CHECKIN_DATABASE_URL") or "").startswith("postgres")
    if on_server and url is None:
        raise UnsafeConfig(
            "CHECKIN_OPEN_ROUNDS_URL is not set: in PostgreSQL the open rounds need a role of their"
            " own; docs/postgresql.md says how"
        )
    if url is not None and not (on_server and url.startswith(("postgresql://", "postgres://"))):
        raise UnsafeConfig(
            "CHECKIN_OPEN_ROUNDS_URL must begin with postgresql://, as must CHECKIN_DATABASE_URL"
        )
    return url


def _read_secret(environ: Mapping[str, str]) -> str:
    secret = environ.get("CHECKIN_SECRET_KEY", "")
    if path := environ.get("CHECKIN_SECRET_KEY_FILE"):
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnsafeConfig(f"CHECKIN_SECRET_KEY_FILE cannot be read: {error}") from error
    how = "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    if not secret:
        raise UnsafeConfig(f"CHECKIN_SECRET_KEY is not set; {how}")
    if len(secret) < LEAST_SECRET or len(set(secret)) < 10:
        raise UnsafeConfig(f"CHECKIN_SECRET_KEY is too weak; {how}")
    return secret
