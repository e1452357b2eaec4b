"""What the demo school ticked before its pupils began."""

from datetime import date

from checkin.domain.access import Role
from checkin.services.first_day_things import BY_HAND, OF_CLASS
from checkin.services.signing_in import list_staff
from checkin.storage import first_day, schools
from checkin.storage.database import db


def tick_everything(school: int, on: date) -> None:
    """Let the head tick what only people know, of the school and of each class."""
    head = next(one.id for one in list_staff(school) if Role.HEAD in one.roles)
    rooms = schools.list_classrooms(school)
    for thing in sorted(BY_HAND):
        for classroom in [room.id for room in rooms] if thing in OF_CLASS else [None]:
            first_day.add_tick(school, thing.value, classroom, head, on)
    db.session.commit()
