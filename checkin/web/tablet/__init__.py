"""The pupil's screen: the cards, the taps, and how a device comes to show them."""

from flask import Blueprint

blueprint = Blueprint("tablet", __name__)

from checkin.web.tablet import cards, enrolment, talks, taps, worker  # noqa: E402, F401  # the routes
