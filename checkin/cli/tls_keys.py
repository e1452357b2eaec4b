"""The certificate and key of a running server, taken up again when their files are renewed."""

import logging
import ssl
from collections.abc import Callable
from pathlib import Path

from checkin.domain.certificates import BadCertificate

log = logging.getLogger("checkin.tls")


class Keys:
    """A certificate and its key on disk, and the TLS made of them; renewed files are taken up.

    `before` is done before each look at the files, and may renew them.
    """

    def __init__(
        self,
        certificate: Path,
        key: Path,
        check: Callable[[], object],
        before: Callable[[], None] | None = None,
    ) -> None:
        self.files, self.check, self.before = (certificate, key), check, before
        self.seen = self._look()
        self.context = _make_context()
        self._load(self.context)

    def renew(self) -> None:
        """Take up the files when they changed; what is not fit is said, and the old ones stay."""
        if self.before is not None:
            self.before()
        if (now := self._look()) == self.seen:
            return
        self.seen = now
        try:
            self.check()
            self._load(_make_context())  # tried first: half of a pair must not reach anybody
            self._load(self.context)
        except BadCertificate as error:
            log.error("the renewed certificate is not taken up: %s", error)

    def _load(self, context: ssl.SSLContext) -> None:
        certificate, key = self.files
        try:
            context.load_cert_chain(certificate, key, password=_ask_nobody)
        except (OSError, ssl.SSLError) as error:
            raise BadCertificate(f"{certificate} with {key} cannot be used: {error}") from error

    def _look(self) -> tuple[tuple[int, int], ...]:
        try:
            found = [path.stat() for path in self.files]
        except OSError:
            return ()
        return tuple((one.st_mtime_ns, one.st_size) for one in found)


def _make_context() -> ssl.SSLContext:
    """TLS 1.2 with forward secrecy, or newer; HTTP/1.1, as the server behind speaks it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")  # of 1.2; those of 1.3 are all sound
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION
    context.set_alpn_protocols(["http/1.1"])
    return context


def _ask_nobody() -> str:
    return ""  # else OpenSSL would ask for a passphrase on the terminal
