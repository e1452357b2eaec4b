"""Which flags there are, and which of them a person may open."""

from collections.abc import Collection
from datetime import datetime

from checkin.domain.access import Person, may_see_flag, may_take_in_hand, sees_process_alone
from checkin.domain.flags import Flag
from checkin.services.caring.reopening import is_closed_lately
from checkin.services.caring.today import SchoolToday, Standing
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
    """Tell whether a person opens a flag: by what they are, or because it is with them today."""
    if may_see_flag(person, flag.classroom, flag.assigned_to):
        return True
    return has_in_hand(person, flag, now) or closed_lately_by(person, flag, now)


def has_in_hand(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether an open flag is with a person: given to them, or to a role they act for."""
    if not flag.has_deadline:
        return False
    hands = SchoolToday(flag.school, now).standing_of(flag).hands
    return any(person.id == one.id for one in hands.people)


def closed_lately_by(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether a person closed a flag in the last days, so that they can reopen it."""
    closing = flag.closing
    return closing is not None and closing.by_id == person.id and is_closed_lately(flag, now)


def sees_process_of(person: Person, flag: Flag) -> bool:
    """Tell whether a person who may open a flag sees its process part alone."""
    is_theirs = may_see_flag(person, flag.classroom, flag.assigned_to)
    return not is_theirs and sees_process_alone(person, flag.classroom)


def may_decide(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether a person decides about a flag: the care team, or who acts for its role today."""
    if person.in_care_team:
        return True
    return not sees_process_of(person, flag) and acts_for_role(person, flag, now)


def acts_for_role(person: Person, flag: Flag, now: datetime) -> bool:
    """Tell whether a flag is with a person today by the role of the school it is with."""
    if not flag.has_deadline:
        return False
    school = SchoolToday(flag.school, now)
    return school.acts_for_role(person.id, flag, school.standing_of(flag))


def in_hands_of(person: Person, now: datetime) -> tuple[Flag, ...]:
    """Return the open flags a person has in hand: given to them, or taken up for a role."""
    school = SchoolToday(person.school, now)
    return tuple(
        flag for flag in flags.list_open(person.school) if _has_taken_up(person, flag, school)
    )


def _has_taken_up(person: Person, flag: Flag, school: SchoolToday) -> bool:
    if flag.assigned_to is not None and flag.assigned_to == person.id:
        return may_take_in_hand(person)
    standing = school.standing_of(flag)
    if standing.hands.away:
        return any(person.id == one.id for one in standing.hands.people)
    if person.in_care_team or not flag.has_deadline:
        return False
    is_taken_up = standing.turn is not None and standing.turn.is_taken_up
    return is_taken_up and school.acts_for_role(person.id, flag, standing)


def asked_of(person: Person, now: datetime) -> tuple[Flag, ...]:
    """Return the flags that wait for somebody to take them up, and are with a person's role."""
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


def standings_of(school: int, now: datetime) -> dict[int, Standing]:
    """Return where each open flag of a school stands."""
    today = SchoolToday(school, now)
    return {flag.id: today.standing_of(flag) for flag in flags.list_open(school)}


def count_overdue(school: int, now: datetime, but: Collection[int] = ()) -> int:
    """Count the flags that nobody took up in time, but for some; which they are is not told."""
    found = standings_of(school, now).items()
    late = {id for id, its in found if its.is_overdue and not its.is_taken_up}
    return len(late - {*but})
