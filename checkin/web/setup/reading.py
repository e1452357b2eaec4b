"""Reads the fields of each step: what they hold, and what is wrong with which of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from checkin.domain.access import Role
from checkin.domain.cards import CardSet, Style
from checkin.domain.mail_servers import is_address
from checkin.domain.school import MOST_PUPILS
from checkin.domain.school_years import Region, find_region
from checkin.domain.words import DUTCH, find_language
from checkin.services.setting_up import NewClassroom, Openings, ordinary_week
from checkin.web.school.rhythm import Rhythm, read_rhythm, rhythm_of

Fields = MultiDict[str, str]
Problems = Mapping[str, str]

LONGEST_SCHOOL = 80
LONGEST_NAME = 60
LONGEST_CLASS = 40
USUAL_SET = CardSet.SIX


@dataclass(frozen=True)
class School:
    """What the step about the school says."""

    name: str
    region: Region | None


@dataclass(frozen=True)
class Group:
    """What the step about the first class says."""

    name: str
    pupils: str
    card_set: CardSet
    style: Style
    languages: tuple[str, ...]


@dataclass(frozen=True)
class You:
    """What the step about the first administrator says."""

    name: str
    email: str
    is_head: bool
    is_teacher: bool

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles: an administrator, whatever else."""
        also = ((Role.HEAD, self.is_head), (Role.TEACHER, self.is_teacher))
        return (Role.ADMIN, *(role for role, is_so in also if is_so))


def school_in(fields: Fields) -> School:
    """Return what is typed about the school."""
    return School(fields.get("name", ""), find_region(fields.get("region", "")))


def group_in(fields: Fields) -> Group:
    """Return what is typed about the first class; a choice that is none is the usual one."""
    sets = {str(one.value): one for one in CardSet}
    style = Style.FACELESS if fields.get("style") == Style.FACELESS.value else Style.FACES
    chosen = [code for code in fields.getlist("languages") if find_language(code)]
    return Group(
        fields.get("name", ""),
        fields.get("pupils", ""),
        sets.get(fields.get("card_set", ""), USUAL_SET),
        style,
        tuple(dict.fromkeys([DUTCH, *chosen])),
    )


def you_in(fields: Fields) -> You:
    """Return what is typed about the first administrator."""
    is_head, is_teacher = "is_head" in fields, "is_teacher" in fields
    return You(fields.get("name", ""), fields.get("email", ""), is_head, is_teacher)


def week_in(fields: Fields | None) -> Rhythm:
    """Return the times as they are typed, the ordinary week before that."""
    if fields is None:
        return rhythm_of(ordinary_week())
    return read_rhythm(fields, {})


def new_classroom(group: Group, openings: Openings) -> NewClassroom:
    """Return the class that is to be made, when nothing is wrong with it."""
    pupils = int(group.pupils)
    return NewClassroom(group.name, pupils, group.card_set, openings, group.languages, group.style)


def problems_of(step: str, fields: Fields | None) -> Problems:
    """Return what is wrong with a step, by field; all of it is wrong when it was never sent."""
    found = _CHECKS[step](fields if fields is not None else MultiDict())
    return {name: problem for name, problem in found.items() if problem}


def _school(fields: Fields) -> Problems:
    school = school_in(fields)
    return {
        "name": _length(school.name, LONGEST_SCHOOL),
        "region": "" if school.region else _("Choose the region of your school."),
    }


def _group(fields: Fields) -> Problems:
    group = group_in(fields)
    return {"name": _length(group.name, LONGEST_CLASS), "pupils": _pupils(group.pupils)}


def _times(fields: Fields) -> Problems:
    is_wrong = bool(fields) and week_in(fields).is_wrong
    return {"times": _("Look at the times once more.") if is_wrong else ""}


def _care(_fields: Fields) -> Problems:
    return {}


def _you(fields: Fields) -> Problems:
    you = you_in(fields)
    is_there = is_address(you.email)
    return {
        "name": _length(you.name, LONGEST_NAME),
        "email": "" if is_there else _("That is no e-mail address."),
    }


def _length(text: str, most: int) -> str:
    if 0 < len(text) <= most and text.isprintable():
        return ""
    return _("A name has 1 to %(n)s letters.", n=most)


def _pupils(text: str) -> str:
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    if is_number and 1 <= int(text) <= MOST_PUPILS:
        return ""
    return _("The number of pupils is a whole number from 1 to %(most)s.", most=MOST_PUPILS)


_CHECKS: dict[str, Callable[[Fields], Problems]] = {
    "school": _school,
    "class": _group,
    "times": _times,
    "care": _care,
    "you": _you,
}
