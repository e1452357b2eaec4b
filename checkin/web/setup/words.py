"""What the pages of setting up say in words: the steps, and which region is which."""

from collections.abc import Callable

from flask_babel import gettext as _

from checkin.domain.school_years import Region
from checkin.web.setup import blueprint


@blueprint.context_processor
def _for_templates() -> dict[str, Callable[..., str]]:
    return {"step_word": step_word, "region_word": region_word, "region_help": region_help}


def step_word(step: str) -> str:
    """Name a step."""
    return {
        "school": _("School"),
        "class": _("Class"),
        "times": _("Times"),
        "care": _("Care structure"),
        "you": _("You"),
    }[step]


def region_word(region: Region) -> str:
    """Name a region."""
    return {
        Region.NOORD: _("North"),
        Region.MIDDEN: _("Centre"),
        Region.ZUID: _("South"),
    }[region]


def region_help(region: Region) -> str:
    """Say which provinces and municipalities are in a region."""
    return {
        Region.NOORD: _(
            "Groningen, Friesland, Drenthe, Overijssel, Noord-Holland, and Flevoland but for"
            " Zeewolde. Also Hattem in Gelderland, and in Utrecht Eemnes and the former Abcoude."
        ),
        Region.MIDDEN: _(
            "Zuid-Holland, and Utrecht but for Eemnes and the former Abcoude. Also Zeewolde, the"
            " north, east and west of Gelderland (such as Apeldoorn, Ede, Doetinchem, Winterswijk"
            " and Tiel), and in Noord-Brabant the former Woudrichem and Werkendam (not Hank and"
            " Dussen)."
        ),
        Region.ZUID: _(
            "Limburg, Zeeland, and the rest of Noord-Brabant. Also the south of Gelderland (such"
            " as Arnhem, Nijmegen, Wijchen, Zevenaar and Zaltbommel)."
        ),
    }[region]
