"""The school's calendar: a year at a glance, free and shorter days, and other calendars."""

from flask import Blueprint

blueprint = Blueprint("calendar", __name__)

from checkin.web.calendar import days, files, region, year  # noqa: E402, F401  # the routes
