"""The only place that asks another web server something: the provider a school has set."""

import base64
import http.client
import json
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 10
LARGEST = 1 << 20


class Unreachable(Exception):
    """The provider does not answer, or not as one does."""


class _StayThere(HTTPRedirectHandler):
    """Follows nobody elsewhere: where a provider is stands in its own document."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Make no request of a redirect; it becomes an error."""
        return


def fetch(address: str) -> dict[str, Any]:
    """Return the JSON object at an address."""
    return _ask(Request(_sound(address), headers={"Accept": "application/json"}))  # noqa: S310


def send(address: str, form: dict[str, str], basic: tuple[str, str] | None) -> dict[str, Any]:
    """Send a form and return the JSON object it is answered with; `basic` says who asks."""
    headers = {"Accept": "application/json"}
    if basic is not None:
        pair = ":".join(quote(part, safe="") for part in basic)
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    body = urlencode(form).encode()
    return _ask(Request(_sound(address), data=body, headers=headers))  # noqa: S310


def _ask(request: Request) -> dict[str, Any]:
    try:
        with build_opener(_StayThere).open(request, timeout=TIMEOUT) as answer:
            body = answer.read(LARGEST + 1)
    except (URLError, OSError, http.client.HTTPException) as error:
        raise Unreachable(type(error).__name__) from error
    try:
        found = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreachable("no JSON object")
    return found


def _sound(address: str) -> str:
    """Return an address that a secret may go to: HTTPS, or this machine itself."""
    parts = urlsplit(address)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (is_here and parts.scheme == "http")):
        raise Unreachable("no safe address")
    return address
