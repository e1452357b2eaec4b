"""A person's own second factors, and what administrators keep of everybody's."""

from flask import Blueprint

blueprint = Blueprint("factors", __name__)

from checkin.web.factors import apps, codes, listing, passkeys, school  # noqa: E402, F401  # routes

blueprint.app_context_processor(lambda: {"my_factors": listing.my_factors})
