"""The pages, and what guards them."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the app its guards, then its pages."""
    from checkin.web import (
        access,
        audit,
        care,
        compression,
        demo,
        errors,
        explaining,
        health,
        heard,
        home,
        language,
        lesson,
        limits,
        mail,
        papers,
        patterns,
        school,
        school_trend,
        security,
        signing_in,
        structure,
        tablet,
        talk,
        talk_settings,
        teams,
        trends,
    )

    for guard in (limits, security, compression, language, access, errors):
        guard.attach(app)
    staff_pages = (trends, heard, lesson, school_trend, care, patterns, structure, school)
    talks = (talk, talk_settings)
    kept = (papers, mail, audit)
    for pages in (home, signing_in, tablet, *talks, *staff_pages, teams, *kept, explaining, health):
        app.register_blueprint(pages.blueprint)
    if app.extensions["checkin_config"].is_demo:
        app.register_blueprint(demo.blueprint)
    access.check_table(app)
