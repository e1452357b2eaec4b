"""Which flags there are, and which of them a person may open."""

from datetime import datetime

from checkin.domain.access import Person, may_see_flag, may_take_in_hand
from checkin.domain.flags import Flag
from checkin.services.caring.today import SchoolToday
from checkin.storage import flags


def list_flags(school: int) -> list[Flag]:
    """Return the flags of a school, newest first."""
    return flags.list_flags(school)


def list_open(school: int) -> list[Flag]:
    """Return the flags of a school that are not closed, newest first."""
    return flags.list_open(school)


def open_flags_of(classroom: int) -> list[Flag]:
    """Return the flags of a classroom that are not closed, newest first."""
    return [flag for flag in flags.flags_of(classroom) if not flag.is_closed]


def find_flag_of(school: int, id: int) -> Flag | None:
    """Return a flag of a school by its number, or None."""
    flag = flags.find_flag(id)
    return flag if flag is not None and flag.school == school else None


def find_flag(id: int, person: Person) -> Flag | None:
    """Return a flag that a person may see, or None."""
    flag = find_flag_of(person.school, id)
    if flag is None:
        return None
    return flag if may_see_flag(person, flag.classroom, flag.assigned_to) else None


def may_open(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether a person sees a flag: by what they are, or because it is with them today."""
    if may_see_flag(person, flag.classroom, flag.assigned_to):
        return True
    return has_in_hand(person, flag, now)


def has_in_hand(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether an open flag is with a person: given to them, or to a role they act for."""
    if flag.is_closed or not flag.has_deadline or not may_take_in_hand(person):
        return False
    hands = SchoolToday(flag.school, now).standing_of(flag).hands
    return any(person.id == one.id for one in hands.people)


def in_hands_of(person: Person) -> tuple[Flag, ...]:
    """Return the open flags a person has in hand."""
    if not may_take_in_hand(person):
        return ()
    return tuple(f for f in flags.list_open(person.school) if f.assigned_to == person.id)


def asked_of(person: Person, now: datetime) -> tuple[Flag, ...]:
    """Return the flags that wait for somebody to take them up, and are with a person's role."""
    if not may_take_in_hand(person):
        return ()
    school = SchoolToday(person.school, now)
    return tuple(
        flag
        for flag in flags.list_open(person.school)
        if flag.has_deadline
        and flag.assigned_to != person.id
        and (standing := school.standing_of(flag)).due_on is not None
        and standing.turn is not None
        and any(person.id == one.id for one in standing.hands.people)
    )


def count_overdue(school: int, now: datetime) -> int:
    """Count the flags that nobody took up in time; which they are is not told."""
    today = SchoolToday(school, now)
    return sum(today.standing_of(flag).is_overdue for flag in flags.list_open(school))
