"""Classroom check-in and check-out for newcomer pupils."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from jinja2 import StrictUndefined

from checkin import web
from checkin.config import Config
from checkin.storage import database, open_rounds
from checkin.web import cookies

Clock = Callable[[], datetime]
CONNECTIONS = 32
"""As many as threads serve: one beyond the pool would be opened and closed at each request."""


def create_app(config: Config, clock: Clock = lambda: datetime.now(UTC)) -> Flask:
    """Build the app: settings, the two databases, then the pages."""
    config.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=_with_driver(config.database_url),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": CONNECTIONS},
        MAX_CONTENT_LENGTH=128 * 1024,
        SESSION_COOKIE_NAME=cookies.FLASH.name_on(config.is_https),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.is_https,
    )
    app.jinja_env.undefined = StrictUndefined
    app.extensions["checkin_config"] = config
    app.extensions["checkin_clock"] = clock

    database.attach(app)
    open_rounds.attach(app, config.directory, config.open_rounds_url)
    web.register(app)
    return app


def _with_driver(url: str) -> str:
    """Name the PostgreSQL driver that is installed, so that a plain address works."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url
