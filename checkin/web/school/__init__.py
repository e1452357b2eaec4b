"""Keeping the school: its tablets and its classrooms. Nothing here shows what was tapped."""

from flask import Blueprint

blueprint = Blueprint("school", __name__)

from checkin.web.school import (  # noqa: E402
    changes,  # noqa: F401
    classroom,  # noqa: F401
    classrooms,  # noqa: F401  # the routes
    codes,  # noqa: F401
    languages,  # noqa: F401
    new_year,  # noqa: F401
    rituals,  # noqa: F401
    sounds,  # noqa: F401
    substitutes,  # noqa: F401
    tablets,  # noqa: F401
    word_sheet,  # noqa: F401
    words,  # noqa: F401
)
