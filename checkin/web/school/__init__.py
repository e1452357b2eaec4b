"""Keeping the school: its tablets and its classrooms. Nothing here shows what was tapped."""

from flask import Blueprint

blueprint = Blueprint("school", __name__)

from checkin.web.school import classrooms, tablets, words  # noqa: E402, F401  # the routes
