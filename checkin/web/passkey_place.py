"""Where passkeys work: at a name, over HTTPS or on this machine, never at a bare number."""

import ipaddress
from urllib.parse import urlsplit

from flask import abort, current_app, request
from flask_babel import gettext as _

from checkin.services.factors.passkeys import Place


def find_place() -> Place | None:
    """Return the place of this request, or None where a browser would refuse passkeys."""
    base_url = current_app.extensions["checkin_config"].base_url
    address = urlsplit((base_url or request.host_url).lower())
    host = address.hostname or ""
    is_here = host == "localhost" or host.endswith(".localhost")
    if base_url is None and not is_here:
        return None  # nobody said which of the names of this server counts
    if _is_number(host) or not (is_here or address.scheme == "https"):
        return None
    return Place(host, f"{address.scheme}://{address.netloc}")


def get_place() -> Place:
    """Return the place of this request; refuses where there is none."""
    place = find_place()
    if place is None:
        abort(409, _("Passkeys do not work at this address."))
    return place


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
