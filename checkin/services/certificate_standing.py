"""How it is with the certificate this server shows: for the doctor and for the head's page."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin.config import Config
from checkin.domain.certificates import Nearness, nearness, nearness_of_authority


@dataclass(frozen=True)
class Standing:
    """A certificate as it lies there; without an end it cannot be read."""

    file: Path
    ends: datetime | None
    nearness: Nearness
    is_own: bool
    """Signed by the school's own authority, which lies beside it."""
    renews_itself: bool
    authority_ends: datetime | None = None
    authority_nearness: Nearness = Nearness.FAR


def standing_of(config: Config, now: datetime) -> Standing | None:
    """Look at the files; None where this server has none, as behind a proxy."""
    if (file := config.tls_certificate) is None:
        return None
    from checkin.services.own_authority import Files  # only here: it takes a while to load
    from checkin.services.own_authority_renewing import end_of, is_own, signed_by_own

    files = Files(file.parent)
    ends, own_one = end_of(file), signed_by_own(file)
    last = end_of(files.authority) if own_one else None
    return Standing(
        file=file,
        ends=ends,
        nearness=nearness(ends, now) if ends else Nearness.PAST,
        is_own=own_one,
        renews_itself=is_own(file, config.tls_key or files.key),
        authority_ends=last,
        authority_nearness=nearness_of_authority(last, now) if last else Nearness.FAR,
    )
