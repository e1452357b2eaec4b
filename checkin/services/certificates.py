"""Reading the certificate that people meet the server with, and its key."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtensionOID

from checkin.domain.certificates import BadCertificate, Certificate


def read(certificate: Path, key: Path, now: datetime) -> Certificate:
    """Read a certificate with its key; raises BadCertificate when they are not fit to serve."""
    chain, own = _read_chain(certificate), _read_key(key)
    leaf = chain[0]
    if _public(own) != _public(leaf):
        if any(_public(own) == _public(other) for other in chain[1:]):
            raise BadCertificate(
                f"{certificate} has to begin with the server's own certificate; those that signed"
                " it come after"
            )
        raise BadCertificate(f"{certificate} and {key} do not belong together")
    if leaf.not_valid_after_utc <= now:
        raise BadCertificate(
            f"{certificate} expired on {leaf.not_valid_after_utc:%Y-%m-%d}: renew it"
        )
    if leaf.not_valid_before_utc > now:
        raise BadCertificate(
            f"{certificate} is valid from {leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC only;"
            " is the clock of this machine right?"
        )
    return Certificate(_names(leaf), leaf.not_valid_after_utc)


def _read_chain(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_bytes(path))
    except ValueError as error:
        raise BadCertificate(f"{path} is no certificate in PEM format") from error


def _read_key(path: Path) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(_bytes(path), password=None)
    except TypeError as error:
        raise BadCertificate(
            f"{path} is locked with a passphrase, for which a server cannot be asked"
        ) from error
    except ValueError as error:
        raise BadCertificate(f"{path} is no private key in PEM format") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCertificate(f"{path} cannot be read: {error.strerror}") from error


def _public(holder: PrivateKeyTypes | x509.Certificate) -> bytes:
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _names(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = leaf.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME)
    except x509.ExtensionNotFound:
        return ()
    found = extension.value
    assert isinstance(found, x509.SubjectAlternativeName)  # noqa: S101  # what was asked for
    addresses = map(str, found.get_values_for_type(x509.IPAddress))
    return (*found.get_values_for_type(x509.DNSName), *addresses)
