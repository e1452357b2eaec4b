"""The pages, and what guards them."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the app its guards, then its pages."""
    from checkin.web import (
        access,
        care,
        compression,
        demo,
        errors,
        health,
        home,
        language,
        limits,
        school,
        security,
        signing_in,
        structure,
        tablet,
        trends,
    )

    for guard in (limits, security, compression, language, access, errors):
        guard.attach(app)
    for pages in (home, signing_in, tablet, trends, care, structure, school, health):
        app.register_blueprint(pages.blueprint)
    if app.extensions["checkin_config"].is_demo:
        app.register_blueprint(demo.blueprint)
    access.check_table(app)
