"""Reads the forms about a person; what was typed is kept where something is wrong."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from checkin.domain.access import Role
from checkin.domain.joining import Way
from checkin.services import mailing
from checkin.services.staffing import Member, NewMember, NotDone, Setting
from checkin.web.plain_text import plain_name
from checkin.web.staff.words import FIELDS, wrong_words

LONGEST = 300


@dataclass(frozen=True)
class PersonForm:
    """What stands in the fields, and what is wrong with which of them."""

    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    classrooms: frozenset[int] = frozenset()
    way: Way = Way.PAPER
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def new_member(self) -> NewMember:
        """Return who is to join."""
        return NewMember(self.name, self.email, self.roles, self.classrooms)

    @property
    def setting(self) -> Setting:
        """Return what somebody is to be."""
        return Setting(self.name, self.roles, self.classrooms)

    def with_problem(self, error: NotDone) -> "PersonForm":
        """Return it with all that is wrong, each beside its field."""
        found = {FIELDS.get(one.wrong, "roles"): wrong_words(one.wrong) for one in error.every}
        return replace(self, problems=found)


def empty_form() -> PersonForm:
    """Return the fields for somebody new, no role chosen: by mail where there is a mail server."""
    return PersonForm(way=_usual_way())


def form_of(member: Member) -> PersonForm:
    """Return the fields as a person has them now."""
    return PersonForm(member.name, member.email, member.roles, member.classrooms, way=_usual_way())


def read_person(given: MultiDict[str, str], classrooms: Collection[int]) -> PersonForm:
    """Read the form."""
    roles = frozenset(role for role in Role if role.value in given.getlist("roles"))
    chosen = frozenset(id for id in classrooms if str(id) in given.getlist("classrooms"))
    return PersonForm(_typed(given, "name"), _typed(given, "email"), roles, chosen, read_way(given))


def read_way(given: MultiDict[str, str]) -> Way:
    """Read how the secret reaches the person."""
    return Way.MAIL if given.get("way") == Way.MAIL.value else Way.PAPER


def _typed(given: MultiDict[str, str], name: str) -> str:
    return plain_name(given.get(name, ""))[:LONGEST]


def _usual_way() -> Way:
    return Way.MAIL if mailing.is_set_up() else Way.PAPER
