"""The staff of a school: who works there, who comes in, what they are, and who goes."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

from checkin.web.staff import (  # noqa: E402
    account,  # noqa: F401  # a part of its own
    inviting,  # noqa: F401  # the routes
    joining,  # noqa: F401  # a part of its own
    leaving,  # noqa: F401
    lists,  # noqa: F401
    paper,  # noqa: F401
    person,  # noqa: F401
    seeing,  # noqa: F401
)
