"""What may never open again once the open rounds were lost, or a backup was put back.

A backup may be from before a round was sealed, and nobody can tell it so. Hence the simplest rule
that is true: of the day of the loss and all days before it no round opens again. Its week goes on,
as no week is pictured before it is over; the weeks before it may have been pictured.
"""

from datetime import date

from checkin.domain.calendar import Door
from checkin.domain.rounds import Round, week_of


def door_after_loss(door: Door, round: Round, lost_on: date | None) -> Door:
    """Return the door of a round, given the last day on which open rounds were lost."""
    if lost_on is None or round.day > lost_on or door not in (Door.OPEN, Door.SEALED):
        return door
    return Door.WEEK_CLOSED if round.week < week_of(lost_on) else Door.SEALED
