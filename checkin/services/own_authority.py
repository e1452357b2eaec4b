"""A small certificate authority of a school's own, for a server without a public name.

It may only speak for the names it was made for: whoever trusts it and has its key stolen is
fooled about those names, and about no other site.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

AUTHORITY_LASTS = timedelta(days=3650)
SERVER_LASTS = timedelta(days=397)
"""Longer ones are refused by browsers."""
SLOW_CLOCKS = timedelta(hours=1)


class CannotSign(Exception):
    """A certificate cannot be made; its text says why, in one sentence."""


@dataclass(frozen=True)
class Files:
    """Where the authority and the server's certificate lie."""

    folder: Path

    @property
    def authority(self) -> Path:
        """Return what tablets and computers are to trust."""
        return self.folder / "school-ca.pem"

    @property
    def authority_key(self) -> Path:
        """Return the key of the authority, needed to renew and for nothing else."""
        return self.folder / "school-ca-key.pem"

    @property
    def certificate(self) -> Path:
        """Return what `checkin serve --certificate` reads."""
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        """Return what `checkin serve --key` reads."""
        return self.folder / "server-key.pem"


def make(folder: Path, names: Sequence[str], now: datetime) -> bool:
    """Make or renew the server's certificate; return whether a new authority was made for it.

    Without `names` it is renewed for those it has. Raises CannotSign.
    """
    files = Files(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = not files.authority.exists()
    if is_new:
        if not names:
            raise CannotSign("say which name people type, with --name checkin.school.internal")
        _make_authority(files, _with_a_name([_general(name) for name in names]), now)
    authority, signer = read_authority(files, now)
    allowed = allowed_by(authority)
    asked = [_general(name) for name in names] or allowed
    if refused := [str(one.value) for one in asked if one not in allowed]:
        raise CannotSign(
            f"the school's authority in {folder} may not speak for {', '.join(refused)}: choose"
            " another --dir for a new one, which tablets then have to trust anew"
        )
    key = ec.generate_private_key(ec.SECP256R1())
    signed = sign(asked, key.public_key(), authority, signer, now)
    write(files.key, _private(key), mode=0o600)
    write(files.certificate, signed.public_bytes(Encoding.PEM))
    return is_new


def sign(
    names: Sequence[x509.GeneralName],
    public: ec.EllipticCurvePublicKey,
    authority: x509.Certificate,
    signer: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    """Sign a server's certificate, which never outlasts who signs it."""
    lasts = min(SERVER_LASTS, authority.not_valid_after_utc - now + SLOW_CLOCKS)
    return (
        _begin(str(names[0].value), authority.subject, now, lasts, public)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )


def _make_authority(files: Files, names: Sequence[x509.GeneralName], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    title = f"checkin {names[0].value}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    may = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    certificate = (
        _begin(title, subject, now, AUTHORITY_LASTS, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(may, critical=True)
        .add_extension(
            x509.NameConstraints([_as_subtree(name) for name in names], _no_address(names)),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write(files.authority_key, _private(key), mode=0o600)
    write(files.authority, certificate.public_bytes(Encoding.PEM))


def _with_a_name(names: list[x509.GeneralName]) -> list[x509.GeneralName]:
    """Add a harmless name to addresses alone: a kind that is not listed would be free for all."""
    if any(isinstance(one, x509.DNSName) for one in names):
        return names
    return [*names, x509.DNSName("localhost")]


def _begin(
    title: str,
    issuer: x509.Name,
    now: datetime,
    lasts: timedelta,
    public: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])]))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCKS)
        .not_valid_after(now - SLOW_CLOCKS + lasts)
    )


def read_authority(
    files: Files, now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Read the authority and what it signs with; raises CannotSign."""
    try:
        certificate = x509.load_pem_x509_certificate(files.authority.read_bytes())
        key = load_pem_private_key(files.authority_key.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise CannotSign(f"{error.filename} is needed to renew, and is not there") from error
    except (ValueError, TypeError) as error:
        raise CannotSign(f"{files.folder} holds no authority that can be read") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or (
        key.public_key() != certificate.public_key()
    ):
        raise CannotSign(f"{files.authority} and {files.authority_key} do not belong together")
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if begins > now:
        raise CannotSign(
            f"the school's authority begins on {begins:%Y-%m-%d}: is the clock of this machine"
            " right?"
        )
    if ends <= now:
        raise CannotSign(
            f"the school's authority ended on {ends:%Y-%m-%d}: choose another --dir for a new one,"
            " which tablets then have to trust anew"
        )
    return certificate, key


def allowed_by(authority: x509.Certificate) -> list[x509.GeneralName]:
    """Return the names an authority may speak for."""
    try:
        found = authority.extensions.get_extension_for_oid(ExtensionOID.NAME_CONSTRAINTS).value
    except x509.ExtensionNotFound:
        raise CannotSign("that authority was not made by this command") from None
    assert isinstance(found, x509.NameConstraints)  # noqa: S101  # what was asked for
    return [_as_name(one) for one in found.permitted_subtrees or ()]


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    parts = name.lower().rstrip(".").split(".")
    if not all(p.isascii() and p.replace("-", "a").isalnum() and len(p) < 64 for p in parts):
        raise CannotSign(f"'{name}' is neither a name nor an address of a computer")
    return x509.DNSName(".".join(parts))


def _no_address(names: Sequence[x509.GeneralName]) -> list[x509.GeneralName] | None:
    """Shut every address out where none is listed: a kind that is not listed would be free."""
    if any(isinstance(one, x509.IPAddress) for one in names):
        return None
    return [x509.IPAddress(ipaddress.ip_network(every)) for every in ("0.0.0.0/0", "::/0")]


def _as_subtree(name: x509.GeneralName) -> x509.GeneralName:
    if isinstance(name, x509.IPAddress):
        return x509.IPAddress(ipaddress.ip_network(str(name.value)))
    return name


def _as_name(subtree: x509.GeneralName) -> x509.GeneralName:
    if isinstance(subtree, x509.IPAddress):
        network = ipaddress.ip_network(str(subtree.value))
        return x509.IPAddress(network.network_address)
    return subtree


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file whole or not at all; a secret one is never readable by others."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    fresh.replace(path)
