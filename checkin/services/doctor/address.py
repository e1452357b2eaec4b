"""The address people type: HTTPS, its certificate, whether the server answers, and its clock."""

import http.client
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from checkin.config import Config
from checkin.services.doctor import findings
from checkin.services.doctor.certificate import NOT_SHOWN, judge_file, judge_shown, mend_of
from checkin.services.doctor.clock import NTP
from checkin.services.doctor.findings import Finding, well, wrong
from checkin.services.own_authority import Files

PATIENCE = 8.0
FAR = timedelta(minutes=1)
IN_THE_OPEN = "What children tap can be read on the network, and tablets cannot start without it."
NOTHING_BEHIND = "The proxy runs, and checkin behind it does not, or cannot store anything."
NOTHING_STORED = "It answers, but cannot store anything: taps wait on the tablets."
REASONS = {
    10: "has ended",
    9: "is not valid yet",
    18: "is signed by itself, which no browser trusts",
    19: "is signed by an authority that is not trusted here",
    20: "is not trusted: the certificate of who signed it is missing from what the proxy sends",
    21: "is not trusted: the certificate of who signed it is missing from what the proxy sends",
    62: "is for another name",
    64: "is for another name",
}
"""What OpenSSL's numbers mean."""


def look(config: Config, now: datetime) -> Iterator[Finding]:
    """Look whether people can reach the server safely."""
    parts = urlsplit(config.base_url or "")
    if not config.base_url or not parts.hostname:
        if not config.is_demo:
            yield findings.look(
                "address",
                "CHECKIN_BASE_URL is not set",
                "Mails cannot say where something waits, and nobody can look at the certificate.",
                "set CHECKIN_BASE_URL=https://... to what people type",
            )
        return
    if parts.scheme != "https" and not _is_this_machine(parts.hostname):
        what = f"{config.base_url} is plain HTTP"
        mend = "put HTTPS in front of it: docs/running-it.md"
        yield wrong("address", what, IN_THE_OPEN, mend)
    yield from _visit(parts, config, now)


def _visit(parts: SplitResult, config: Config, now: datetime) -> Iterator[Finding]:
    connection = _connection(parts, config)
    try:
        connection.connect()
        if isinstance(connection, http.client.HTTPSConnection):
            yield from judge_shown(connection.host, _end_of(connection), config, now)
        connection.request("GET", f"{parts.path.rstrip('/')}/healthz")
        yield from _answer(connection.getresponse(), config, now)
    except ssl.SSLCertVerificationError as error:
        said = REASONS.get(error.verify_code, error.verify_message)
        what = f"that of {parts.hostname} {said}"
        yield wrong("certificate", what, NOT_SHOWN, mend_of(config, now))
    except (OSError, http.client.HTTPException) as error:
        if parts.scheme == "https":
            yield from judge_file(config, now)
        yield wrong(
            "address",
            f"nobody answers at {config.base_url} ({error})",
            "Tablets and staff cannot reach the server, or this machine alone cannot.",
            _start(config),
        )
    finally:
        connection.close()


def _connection(parts: SplitResult, config: Config) -> http.client.HTTPConnection:
    assert parts.hostname is not None  # noqa: S101  # looked at above
    if parts.scheme != "https":
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    context = ssl.create_default_context()
    own = Files(config.directory / "tls").authority
    if own.exists():  # the school's own authority: who made it trusts it
        context.load_verify_locations(own)
    return http.client.HTTPSConnection(
        parts.hostname, parts.port, timeout=PATIENCE, context=context
    )


def _end_of(connection: http.client.HTTPSConnection) -> datetime:
    facts = connection.sock.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(facts["notAfter"])), UTC)


def _answer(answer: http.client.HTTPResponse, config: Config, now: datetime) -> Iterator[Finding]:
    if answer.status != HTTPStatus.OK:
        yield wrong(
            "address",
            f"{config.base_url}/healthz answers {answer.status}",
            NOTHING_STORED if config.tls_certificate else NOTHING_BEHIND,
            "start 'checkin serve', and look at what it says",
        )
        return
    yield well("address", f"{config.base_url} answers")
    told = answer.getheader("Date")
    try:
        theirs = datetime.strptime(told or "", "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return
    if abs(theirs - now) > FAR:
        what = f"{config.base_url} says it is {theirs:%H:%M:%S} UTC, this machine {now:%H:%M:%S}"
        why = "One of the two is wrong; rounds open and are sealed by the server's."
        yield wrong("clock", what, why, NTP)


def _start(config: Config) -> str:
    proxy = "" if config.tls_certificate else " and the proxy"
    return f"start 'checkin serve'{proxy} (its log says why not), look at the name and the firewall"


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
