"""A certificate of the school's own authority, renewed by the server that shows it.

Tablets trust the authority, so they notice nothing. The key stays: one file changes, at once, so
that a certificate and a key that do not belong together never lie there, whatever happens.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from checkin.domain.certificates import RENEWED_BEFORE, Nearness, nearness
from checkin.services.own_authority import (
    SERVER_LASTS,
    CannotSign,
    Files,
    allowed_by,
    read_authority,
    sign,
    write,
)

LOOK_EVERY = timedelta(hours=1)
TELL_EVERY = timedelta(days=1)
A_DAY = timedelta(days=1)

log = logging.getLogger("checkin.tls")


class Renewing:
    """Looks every hour whether a certificate is to be renewed, and says each day what it cannot."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.certificate, self.key = certificate, key
        self.looked_at: datetime | None = None
        self.told_at: datetime | None = None

    def renew(self, now: datetime) -> bool:
        """Renew it when it is time, and tell whether it was; raises CannotSign with why not."""
        try:
            ends = renew_when_due(self.certificate, self.key, now)
        except (OSError, ValueError) as error:
            raise CannotSign(str(error)) from error
        if ends is not None:
            log.warning("%s is renewed: good until %s", self.certificate, f"{ends:%Y-%m-%d}")
        return ends is not None

    def look(self, now: datetime) -> None:
        """Renew it when it is time; what cannot be is logged, and the old one stays."""
        if not _is_past(self.looked_at, LOOK_EVERY, now):
            return
        self.looked_at = now
        try:
            if not self.renew(now):
                self._tell(now)
        except CannotSign as error:
            log.error("%s cannot be renewed: %s", self.certificate, error)

    def _tell(self, now: datetime) -> None:
        ends = end_of(self.certificate)
        if ends is None or nearness(ends, now) is Nearness.FAR:
            return
        if _is_past(self.told_at, TELL_EVERY, now):
            self.told_at = now
            when = f"{'ends' if ends > now else 'ended'} on {ends:%Y-%m-%d}"
            log.warning("%s %s: renew it", self.certificate, when)


def is_own(certificate: Path, key: Path) -> bool:
    """Tell whether both are those that the school's own authority made, and it can sign again."""
    files = Files(certificate.parent)
    return (
        (certificate, key) == (files.certificate, files.key)
        and files.authority_key.exists()
        and signed_by_own(certificate)
    )


def signed_by_own(certificate: Path) -> bool:
    """Tell whether a certificate is signed by the school's own authority beside it."""
    try:
        leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
        authority = Files(certificate.parent).authority.read_bytes()
        leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
    except (OSError, ValueError, TypeError, InvalidSignature):
        return False
    return True


def renew_when_due(certificate: Path, key: Path, now: datetime) -> datetime | None:
    """Renew a certificate of our own when it is time, and return its new end, else None.

    Raises CannotSign, OSError, ValueError; then the old one lies there.
    """
    if not is_own(certificate, key):
        return None
    public = _public_of(key)
    leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
    is_fit = leaf.public_key() == public and leaf.not_valid_before_utc <= now
    if is_fit and leaf.not_valid_after_utc - now >= RENEWED_BEFORE:
        return None
    authority, signer = read_authority(Files(certificate.parent), now)
    new_end = min(now + SERVER_LASTS, authority.not_valid_after_utc)
    if is_fit and new_end - leaf.not_valid_after_utc < A_DAY:
        return None  # the authority itself ends; who keeps the server is told
    new = sign(allowed_by(authority), public, authority, signer, now)
    mode = certificate.stat().st_mode & 0o777
    write(certificate, new.public_bytes(Encoding.PEM), mode)
    return new.not_valid_after_utc


def end_of(certificate: Path) -> datetime | None:
    """Return until when a certificate is good, None when it cannot be read."""
    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None


def _public_of(key: Path) -> ec.EllipticCurvePublicKey:
    own = load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(own, ec.EllipticCurvePrivateKey):
        raise CannotSign(f"{key} was not made by 'checkin certificate'")
    return own.public_key()


def _is_past(then: datetime | None, every: timedelta, now: datetime) -> bool:
    """Tell whether it is time; also after the clock was set, which a certificate feels at once."""
    return then is None or abs(now - then) >= every
