"""What the size of a class means for its lights, in the reader's language."""

from flask_babel import gettext as _

from checkin.domain.class_sizes import share_withheld
from checkin.domain.release import WEEK_PUPILS


def size_told(pupils: int, floor: int) -> str:
    """Say what a teacher can expect of a class of this size."""
    if pupils < WEEK_PUPILS:
        return _(
            "With fewer than %(least)s pupils there are no lights and no week pictures. The cards "
            "still start a talk.",
            least=WEEK_PUPILS,
        )
    if pupils < floor:
        return _(
            "With fewer than %(floor)s pupils there are no daily lights: only a week picture, in a "
            "week in which nearly everybody tapped.",
            floor=floor,
        )
    of_hundred = round(100 * share_withheld(pupils, floor))
    if of_hundred == 0:
        return _("Enough pupils for a light in nearly every round.")
    return _(
        "A light takes %(floor)s cards, and now and then a child is away. So expect no light in "
        "about %(rounds)s of every 100 rounds.",
        floor=floor,
        rounds=of_hundred,
    )
