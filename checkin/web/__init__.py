"""The pages, and what guards them."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the app its guards, then its pages."""
    from checkin.web import (
        access,
        addresses,
        audit,
        calendar,
        care,
        compression,
        demo,
        errors,
        exchange,
        explaining,
        factor_duty,
        factors,
        first_day,
        guides,
        health,
        heard,
        home,
        language,
        lesson,
        limits,
        mail,
        papers,
        patterns,
        running,
        school,
        school_trend,
        security,
        setup,
        signing_in,
        staff,
        structure,
        tablet,
        talk,
        talk_settings,
        teams,
        trends,
    )

    for guard in (limits, addresses, security, compression, language, access):
        guard.attach(app)
    for guard in (setup, factor_duty, errors):
        guard.attach(app)
    staff_pages = (trends, heard, lesson, school_trend, care, patterns, structure, school)
    talks = (talk, talk_settings)
    kept = (papers, mail, audit, running, calendar, factors)
    for pages in (home, signing_in, tablet, *talks, *staff_pages, teams, *kept, explaining, health):
        app.register_blueprint(pages.blueprint)
    app.register_blueprint(exchange.blueprint)
    for pages in (setup, first_day, guides, staff, staff.account, staff.joining):
        app.register_blueprint(pages.blueprint)
    if app.extensions["checkin_config"].is_demo:
        app.register_blueprint(demo.blueprint)
    if app.extensions["checkin_config"].provider is not None:
        from checkin.web import elsewhere

        app.register_blueprint(elsewhere.blueprint)
    access.check_table(app)
