"""The certificate people meet the server with: its end, and that of who signed it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from checkin.config import Config
from checkin.domain.certificates import Nearness, nearness
from checkin.services.certificate_standing import Standing, standing_of
from checkin.services.doctor.findings import Finding, look, well, wrong
from checkin.services.own_authority import Files

NOT_SHOWN = "Browsers refuse the page, and tablets keep their taps instead of sending them."
WILL_NOT = NOT_SHOWN.replace("refuse", "will refuse")
RENEW = "renew the certificate: Caddy does so by itself (look in its log)"
BY_ITSELF = (
    "checkin certificate (a running server takes it up; one that starts renews it by itself, and"
    " says in its log why it cannot)"
)
ALL_AGAIN = "After that day every tablet and computer refuses the page until it trusts another."


def judge_shown(host: str, ends: datetime, config: Config, now: datetime) -> Iterator[Finding]:
    """Judge the certificate that a visitor is shown, and the authority of our own behind it."""
    told = f"that of {host} is good until {ends:%Y-%m-%d}"
    found = standing_of(config, now)
    yield _judged(told, nearness(ends, now), _mend(found))
    if found is not None:
        yield from _authority(found)


def judge_file(config: Config, now: datetime) -> Iterator[Finding]:
    """Judge the file, where nobody answers who could show what is in it."""
    own = Files(config.directory / "tls").certificate
    if config.tls_certificate is None and own.exists():  # named on the line of `serve` alone
        config = replace(config, tls_certificate=own)
    found = standing_of(config, now)
    if found is None:
        return
    if found.ends is None:
        what = f"{found.file} cannot be read"
        yield wrong("certificate", what, "The server does not start with it.", _mend(found))
        return
    ended = "ended on" if found.nearness is Nearness.PAST else "is good until"
    yield _judged(f"{found.file} {ended} {found.ends:%Y-%m-%d}", found.nearness, _mend(found))
    yield from _authority(found)


def mend_of(config: Config, now: datetime) -> str:
    """Return what renews the certificate of this server."""
    return _mend(standing_of(config, now))


def _judged(told: str, near: Nearness, mend: str) -> Finding:
    if near is Nearness.FAR:
        return well("certificate", told)
    if near is Nearness.SOON:
        return look("certificate", told, WILL_NOT, mend)
    return wrong("certificate", told, NOT_SHOWN if near is Nearness.PAST else WILL_NOT, mend)


def _mend(found: Standing | None) -> str:
    if found is None:
        return RENEW
    if found.renews_itself:
        return BY_ITSELF
    if found.is_own:
        key = found.file.parent / "school-ca-key.pem"
        return f"lay {key} there again; the running server then renews it within an hour"
    return f"put a renewed one in the place of {found.file}; a running server takes it up"


def _authority(found: Standing) -> Iterator[Finding]:
    if found.authority_ends is None or found.authority_nearness is Nearness.FAR:
        return
    say = look if found.authority_nearness is Nearness.SOON else wrong
    folder = found.file.parent
    ends = "ended" if found.authority_nearness is Nearness.PAST else "ends"
    what = f"the school's authority in {folder} {ends} on {found.authority_ends:%Y-%m-%d}"
    mend = (
        "make another with 'checkin certificate --dir' and another folder, let every tablet and"
        " computer trust it too, and then serve with it: docs/running-it.md"
    )
    yield say("certificate", what, ALL_AGAIN, mend)
