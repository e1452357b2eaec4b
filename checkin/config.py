"""Settings, read from the environment once; no sound secret, no start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checkin.domain.mail_servers import is_address, read_server
from checkin.domain.providers import NotAProvider, Provider, make_provider

LEAST_SECRET = 32
LEAST_PASSPHRASE = 12
BACKUPS_KEPT = 14


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
    provider: Provider | None = field(default=None, repr=False)
    backup_dir: Path | None = None
    backup_passphrase: str | None = field(default=None, repr=False)
    backup_recipients: tuple[str, ...] = ()
    backup_keep: int = BACKUPS_KEPT
    secret_file: Path | None = None
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the server over HTTPS."""
        return self.base_url is not None and self.base_url.startswith("https://")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the CHECKIN_* environment; raise UnsafeConfig when it is not fit to serve with."""
    directory = read_directory(environ)
    base_url = environ.get("CHECKIN_BASE_URL") or None
    if base_url is not None and not base_url.startswith(("https://", "http://")):
        raise UnsafeConfig("CHECKIN_BASE_URL must begin with https:// (or http://)")
    smtp_url, mail_from = read_mail(environ)
    if smtp_url is not None and base_url is None:
        raise UnsafeConfig("CHECKIN_BASE_URL is not set: a mail has to say where something waits")
    provider = read_provider(environ)
    if provider is not None and base_url is None:
        raise UnsafeConfig("CHECKIN_BASE_URL is not set: a provider has to know where to come back")
    return Config(
        directory=directory,
        secret_key=_read_secret(environ),
        database_url=environ.get("CHECKIN_DATABASE_URL") or sqlite_url(directory),
        open_rounds_url=_read_open_rounds_url(environ),
        base_url=base_url.rstrip("/") if base_url else None,
        smtp_url=smtp_url,
        mail_from=mail_from,
        provider=provider,
        secret_file=_path(environ, "CHECKIN_SECRET_KEY_FILE"),
        tls_certificate=_path(environ, "CHECKIN_TLS_CERTIFICATE"),
        tls_key=_path(environ, "CHECKIN_TLS_KEY"),
        **read_backups(environ),
    )


def read_backups(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Read where backups go by themselves, how many stay there, and what they are locked with."""
    folder, keep = environ.get("CHECKIN_BACKUP_DIR"), environ.get("CHECKIN_BACKUP_KEEP")
    passphrase = environ.get("CHECKIN_BACKUP_PASSPHRASE") or None
    recipients = tuple(environ.get("CHECKIN_BACKUP_RECIPIENTS", "").replace(",", " ").split())
    if passphrase is not None and len(passphrase) < LEAST_PASSPHRASE:
        raise UnsafeConfig(
            f"CHECKIN_BACKUP_PASSPHRASE is too short: take {LEAST_PASSPHRASE} characters or more"
        )
    if any(not one.startswith("age1") for one in recipients):
        raise UnsafeConfig("CHECKIN_BACKUP_RECIPIENTS: a recipient begins with age1")
    if folder and not (passphrase or recipients):
        raise UnsafeConfig(
            "CHECKIN_BACKUP_DIR is set, and nothing to lock backups with: set"
            " CHECKIN_BACKUP_PASSPHRASE or CHECKIN_BACKUP_RECIPIENTS"
        )
    if keep and not (keep.isdecimal() and int(keep)):
        raise UnsafeConfig("CHECKIN_BACKUP_KEEP is how many backups stay: a number from 1")
    return {
        "backup_dir": Path(folder).absolute() if folder else None,
        "backup_passphrase": passphrase,
        "backup_recipients": recipients,
        "backup_keep": int(keep) if keep else BACKUPS_KEPT,
    }


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


def read_provider(environ: Mapping[str, str] = os.environ) -> Provider | None:
    """Read where the school's people can sign in elsewhere; None without an issuer."""
    issuer = environ.get("CHECKIN_OIDC_ISSUER") or None
    if issuer is None:
        return None
    client, secret = environ.get("CHECKIN_OIDC_CLIENT_ID", ""), _read_client_secret(environ)
    if not client or not secret:
        raise UnsafeConfig(
            "CHECKIN_OIDC_CLIENT_ID and CHECKIN_OIDC_CLIENT_SECRET (or _FILE) are needed with"
            " CHECKIN_OIDC_ISSUER; docs/signing-in.md says where they come from"
        )
    try:
        return make_provider(issuer, client, secret, environ.get("CHECKIN_OIDC_LABEL", ""))
    except NotAProvider as error:
        raise UnsafeConfig(f"CHECKIN_OIDC_ISSUER {error}") from error


def _read_client_secret(environ: Mapping[str, str]) -> str:
    path = environ.get("CHECKIN_OIDC_CLIENT_SECRET_FILE")
    if not path:
        return environ.get("CHECKIN_OIDC_CLIENT_SECRET", "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnsafeConfig(f"CHECKIN_OIDC_CLIENT_SECRET_FILE cannot be read: {error}") from error


def read_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Read in which folder the program keeps its files."""
    return Path(environ.get("CHECKIN_DIR") or "checkin-data").absolute()


def sqlite_url(directory: Path) -> str:
    """Return the address of the SQLite file in a folder."""
    return f"sqlite:///{directory / 'checkin.sqlite3'}"


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    path = environ.get(name)
    return Path(path).absolute() if path else None


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
            if not secret:  # who gives both lets the file be looked at, and need not let it be read
                raise UnsafeConfig(f"CHECKIN_SECRET_KEY_FILE cannot be read: {error}") from error
    how = "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    if not secret:
        raise UnsafeConfig(f"CHECKIN_SECRET_KEY is not set; {how}")
    if len(secret) < LEAST_SECRET or len(set(secret)) < 10:
        raise UnsafeConfig(f"CHECKIN_SECRET_KEY is too weak; {how}")
    return secret
