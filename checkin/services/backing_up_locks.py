"""Locking a backup in the age format, which the plain `age` program opens too."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage

BEGINS = b"age-encryption.org/v1\n"
ARMOURED = b"-----BEGIN AGE ENCRYPTED FILE-----"
BY_PASSPHRASE = b"-> scrypt "
PLAIN = b"SQLite format 3\0"


class NotOpened(Exception):
    """A backup that cannot be opened; its text says why."""


class BadLock(Exception):
    """A recipient or an identity that is none; its text says which."""


@dataclass(frozen=True)
class Lock:
    """What a backup is locked with: recipients, else a passphrase, else nothing at all."""

    passphrase: str | None = field(default=None, repr=False)
    recipients: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return what it is locked with, in a word that is kept."""
        if self.recipients:
            return "recipients"
        return "passphrase" if self.passphrase else "none"

    @property
    def suffix(self) -> str:
        """Return what the name of such a file ends in."""
        return ".sqlite3" if self.kind == "none" else ".age"


@dataclass(frozen=True)
class OpenWith:
    """What backups are opened with: a passphrase, the secret halves of recipients, or both."""

    passphrase: str | None = field(default=None, repr=False)
    identities: tuple[str, ...] = field(default=(), repr=False)

    def as_lock(self) -> Lock:
        """Return the lock that the same person can open."""
        recipients = tuple(str(one.to_public()) for one in _identities(self.identities))
        return Lock(self.passphrase, recipients)


def lock(content: bytes, how: Lock) -> bytes:
    """Return the content locked; raises BadLock."""
    if how.recipients:
        return bytes(pyrage.encrypt(content, [read_recipient(text) for text in how.recipients]))
    return bytes(pyrage.passphrase.encrypt(content, how.passphrase)) if how.passphrase else content


def open_locked(content: bytes, how: OpenWith) -> bytes:
    """Return what was locked; raises NotOpened, BadLock."""
    if content.startswith(PLAIN):
        return content
    if not content.startswith((BEGINS, ARMOURED)):
        raise NotOpened("it is no backup of checkin, or its beginning was damaged")
    try:
        if content.startswith(BEGINS + BY_PASSPHRASE):
            return _by_passphrase(content, how.passphrase)
        if not how.identities:
            raise NotOpened("it is locked to a recipient: give the identity with --identity FILE")
        return bytes(pyrage.decrypt(content, _identities(how.identities)))
    except pyrage.DecryptError as error:
        raise NotOpened(
            "it cannot be opened: the passphrase or identity is another one, or the file was cut"
            " off or damaged"
        ) from error


def read_recipient(text: str) -> "pyrage.x25519.Recipient":
    """Read the public half of a key; raises BadLock."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadLock(f"'{text}' is no recipient: it begins with age1") from error


def words_of(text: str) -> tuple[str, ...]:
    """Return the keys in a file, one a line; what follows a # is a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _by_passphrase(content: bytes, passphrase: str | None) -> bytes:
    if not passphrase:
        raise NotOpened("it is locked with a passphrase: set CHECKIN_BACKUP_PASSPHRASE")
    return bytes(pyrage.passphrase.decrypt(content, passphrase))


def _identities(texts: Sequence[str]) -> list["pyrage.x25519.Identity"]:
    try:
        return [pyrage.x25519.Identity.from_str(text) for text in texts]
    except pyrage.IdentityError as error:
        raise BadLock("an identity begins with AGE-SECRET-KEY-1") from error
