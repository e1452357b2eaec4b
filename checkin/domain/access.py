"""What each role may open. Whoever is not named here may not."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the school; one person may hold several."""

    TEACHER = "teacher"
    IB = "ib"
    HEAD = "head"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """A signed-in member of staff, as far as access needs to know."""

    id: int
    school: int
    name: str
    email: str
    locale: str | None
    roles: frozenset[Role]
    classrooms: frozenset[int]

    def teaches(self, classroom: int) -> bool:
        """Tell whether this is a teacher of a classroom."""
        return Role.TEACHER in self.roles and classroom in self.classrooms

    @property
    def in_care_team(self) -> bool:
        """Tell whether this person reviews flags."""
        return Role.IB in self.roles


def may_see_trend(person: Person, classroom: int) -> bool:
    """Tell whether a person sees the lights of a classroom; an administrator sees no mood."""
    return person.teaches(classroom) or person.in_care_team


def may_seal(person: Person, classroom: int) -> bool:
    """Tell whether a person may seal a round of a classroom by hand."""
    return person.teaches(classroom)


def may_keep_class(person: Person, classroom: int) -> bool:
    """Tell whether a person sets the rituals of a class and introduces them to it."""
    return person.teaches(classroom) or may_keep_school(person)


def may_see_team(person: Person, is_member: bool) -> bool:
    """Tell whether a person sees what was released of a team: its members and the head alone."""
    return is_member or Role.HEAD in person.roles


def may_see_papers(person: Person) -> bool:
    """Tell whether a person prints the school's papers."""
    return may_keep_school(person) or may_review(person)


def may_see_school(person: Person) -> bool:
    """Tell whether a person sees the school as a whole; a head sees no one classroom with it."""
    return person.in_care_team or Role.HEAD in person.roles


def may_review(person: Person) -> bool:
    """Tell whether a person works through the flags of the school."""
    return person.in_care_team


def may_see_flag(person: Person, classroom: int, assigned_to: int | None) -> bool:
    """Tell whether a person sees one flag: the care team, its teacher, whoever has it in hand."""
    if person.in_care_team or person.teaches(classroom):
        return True
    return assigned_to == person.id and may_take_in_hand(person)


def may_take_in_hand(person: Person) -> bool:
    """Tell whether a flag can be put in a person's hands: a head or administrator sees no mood."""
    return bool({Role.TEACHER, Role.IB} & person.roles)


def sees_process_alone(person: Person, classroom: int) -> bool:
    """Tell whether a flag in a person's hands shows them its steps and days, and no mood."""
    if person.in_care_team or person.teaches(classroom):
        return False
    return Role.HEAD in person.roles or not may_take_in_hand(person)


def may_check_words(person: Person) -> bool:
    """Tell whether a person has the words of the pupils' screen looked through by a speaker."""
    return may_keep_school(person) or may_review(person)


def may_keep_school(person: Person) -> bool:
    """Tell whether a person manages classrooms, staff and tablets."""
    return bool({Role.ADMIN, Role.HEAD} & person.roles)


def may_set_roles(person: Person, before: Collection[Role], after: Collection[Role]) -> bool:
    """Tell whether a person may change roles so; who is administrator, administrators decide."""
    is_admin_touched = (Role.ADMIN in before) != (Role.ADMIN in after)
    return may_keep_sign_in(person) or (may_keep_school(person) and not is_admin_touched)


def may_draft_structure(person: Person) -> bool:
    """Tell whether a person draws up the school's next structure."""
    return person.in_care_team or Role.HEAD in person.roles


def may_approve_structure(person: Person, has_head: bool) -> bool:
    """Tell whether a person puts a structure in force: the head, or the care team without one."""
    return Role.HEAD in person.roles or (person.in_care_team and not has_head)


def may_note_absence_of(person: Person, staff: int) -> bool:
    """Tell whether a person notes that somebody is away: oneself, or as who keeps the deputies."""
    return staff == person.id or person.in_care_team or may_keep_school(person)


def must_have_factor(person: Person) -> bool:
    """Tell whether a password alone is too little for what a person may open."""
    return bool({Role.IB, Role.HEAD, Role.ADMIN} & person.roles)


def may_keep_sign_in(person: Person) -> bool:
    """Tell whether a person lets colleagues in and out, and sets how they sign in."""
    return Role.ADMIN in person.roles
