"""What every request must be before a page runs, and what every answer carries."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, request

from checkin.config import Config
from checkin.web import static_files

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ALWAYS_JSON = frozenset(
    {
        "tablet.tap",
        "tablet.today",
        "tablet.talk_screens",
        "tablet.ask_to_talk",
        "tablet.talk_answer",
        "health.show",
    }
)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers send `Origin: null` with the forms of our own pages.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILE_HEADERS = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")
"""A style, script, picture or sound obeys its page; more would only weigh, once for each file."""
A_YEAR = static_files.A_YEAR


def attach(app: Flask) -> None:
    """Put the checks before every page and the headers on every answer."""
    static_files.attach(app)
    app.before_request(_refuse_large_body)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def allow_recording(response: Response) -> None:
    """Let one page use the microphone, and play what it recorded before that is sent."""
    media = CONTENT_SECURITY_POLICY.replace("media-src 'self'", "media-src 'self' blob:")
    response.headers["Content-Security-Policy"] = media
    features = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
    response.headers["Permissions-Policy"] = features


def wants_json(request: Request) -> bool:
    """Tell whether a request is a program's: by its address, its body or what it accepts."""
    if request.endpoint in ALWAYS_JSON or request.path.endswith(".json") or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def bearer_token(request: Request) -> str | None:
    """Return the bearer token of a request, '' when it is unreadable, None without one."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def relative_path(text: str | None) -> str | None:
    """Return an address within this site as it is, None for anything that could lead away.

    Browsers read a backslash as a slash, two slashes as another host, and skip control characters.
    """
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    return text if text.isprintable() else None


def _refuse_large_body() -> None:
    """Refuse a body that is too large by its length, before a byte of it is read."""
    most = request.max_content_length
    if most is not None and (request.content_length or 0) > most:
        abort(413)


def _refuse_other_sites() -> None:
    """Refuse unsafe requests that a page of another site may have made."""
    if request.method in SAFE_METHODS or bearer_token(request) is not None:
        return
    if request.headers.get("Sec-Fetch-Site") != "same-origin" and not _is_own_origin():
        abort(403)


def _is_own_origin() -> bool:
    origin = request.headers.get("Origin", "")
    if base_url := _config().base_url:
        own = urlsplit(base_url)
        return origin.lower() == f"{own.scheme}://{own.netloc}".lower()
    return origin.lower() in {f"{scheme}://{request.host}".lower() for scheme in ("http", "https")}


def _add_headers(response: Response) -> Response:
    is_file = request.endpoint == "static" and response.status_code < 400
    for name in FILE_HEADERS if is_file else HEADERS:
        response.headers.setdefault(name, HEADERS[name])
    if _config().is_https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _config() -> Config:
    config = current_app.extensions["checkin_config"]
    assert isinstance(config, Config)  # noqa: S101  # what `create_app` put there
    return config
