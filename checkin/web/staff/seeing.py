"""Who may see what, in words: made of the rules and of the table of pages, by asking them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from checkin.domain.access import Person, Role, may_see_flag, may_take_in_hand
from checkin.services import classrooms, talking, teams
from checkin.web.access import may_open, may_open_in, may_open_of_team, signed_in
from checkin.web.staff import blueprint
from checkin.web.staff.places import get_listed

OTHER = -1
"""A class that nobody teaches."""


class Scope(StrEnum):
    """How much of something a person sees."""

    ALL = "all"
    OWN_CLASSES = "own-classes"
    OWN_FLAGS = "own-flags"
    GIVEN = "given"
    PROCESS = "process"
    ASKED = "asked"
    LATE = "late"
    COUNTS = "counts"
    OWN_TEAMS = "own-teams"
    NO = "no"


@dataclass(frozen=True)
class Topic:
    """Something that is seen or done, and the page that stands for it in the table of access."""

    label: Any
    page: str


TOPICS = (
    Topic(lazy_gettext("Lights, trend and what helps in a class"), "trends.show"),
    Topic(lazy_gettext("Closing a round of a class by hand"), "trends.seal"),
    Topic(lazy_gettext("All flags, and the weekly review"), "care.flags"),
    Topic(lazy_gettext("One flag, and its steps"), "care.flag"),
    Topic(lazy_gettext("Talk requests of pupils"), "talk.see"),
    Topic(lazy_gettext("Whom pupils can ask for a talk: setting it up"), "talk_settings.show"),
    Topic(lazy_gettext("The school as a whole, without single classes"), "school_trend.show"),
    Topic(lazy_gettext("The trend of a team of colleagues"), "teams.show"),
    Topic(lazy_gettext("The care structure: reading it"), "structure.show"),
    Topic(lazy_gettext("The care structure: drawing up the next one"), "structure.draft"),
    Topic(lazy_gettext("Times, pauses and cards of a class"), "school.rituals"),
    Topic(lazy_gettext("Words and languages of the cards"), "school.languages"),
    Topic(lazy_gettext("The school's papers"), "papers.index"),
    Topic(lazy_gettext("Classes, tablets, mail, and who works here"), "school.tablets"),
    Topic(lazy_gettext("Letting people in and out, new passwords"), "staff.invite"),
)


@dataclass(frozen=True)
class Seen:
    """One line: what it is, how much of it, and that in words."""

    label: str
    scope: Scope
    words: str


@blueprint.get("/who-sees-what")
def who_sees_what() -> ResponseReturnValue:
    """Show what each role may see, and what the person who asks may."""
    columns = {role: seen_by(_somebody(role)) for role in Role}
    person = signed_in()
    return render_template(
        "staff/who_sees_what.html",
        roles=tuple(Role),
        rows=[
            (str(topic.label), [columns[role][n] for role in Role])
            for n, topic in enumerate(TOPICS)
        ],
        mine=seen_by(person, names_for(person)),
    )


@blueprint.get("/staff/<int:id>/sees")
def sees(id: int) -> ResponseReturnValue:
    """Show what one person may see."""
    member = get_listed(id).member
    person = Person(
        member.id, member.school, member.name, member.email, None, member.roles, member.classrooms
    )
    return render_template(
        "staff/sees.html", member=member, seen=seen_by(person, names_for(person))
    )


def seen_by(person: Person, names: Mapping[Scope, Collection[str]] | None = None) -> list[Seen]:
    """Return what a person may see, a line a topic; `names` are of their classes and teams."""
    found = []
    for topic in TOPICS:
        scope = scope_of(topic.page, person)
        its = ", ".join((names or {}).get(scope, ()))
        words = scope_words(scope)
        told = _("%(what)s: %(names)s", what=words, names=its) if its else words
        found.append(Seen(str(topic.label), scope, told))
    return found


def names_for(person: Person) -> dict[Scope, list[str]]:
    """Return the classes and teams that are meant by 'own'."""
    own = [one.name for one in classrooms.list_classrooms(person) if person.teaches(one.id)]
    theirs = [one.name for one in teams.visible_teams(person) if teams.is_member(person, one.id)]
    return {Scope.OWN_CLASSES: own, Scope.OWN_FLAGS: own, Scope.OWN_TEAMS: theirs}


def scope_of(page: str, person: Person) -> Scope:
    """Return how much of a page a person may open, as the rules themselves say."""
    if special := _SPECIAL.get(page):
        return special(person)
    if may_open(page, person) or may_open_in(page, person, OTHER):
        return Scope.ALL
    if may_open_of_team(page, person, False):
        return Scope.ALL
    if may_open_of_team(page, person, True):
        return Scope.OWN_TEAMS
    is_own = any(may_open_in(page, person, room) for room in person.classrooms)
    is_teacher = may_open_in(page, _with_a_class(person), 0)
    return Scope.OWN_CLASSES if is_own or is_teacher else Scope.NO


def scope_words(scope: Scope) -> str:
    """Say how much."""
    return {
        Scope.ALL: _("yes"),
        Scope.OWN_CLASSES: _("own classes"),
        Scope.OWN_FLAGS: _("of own classes, and what is given to them"),
        Scope.GIVEN: _("what is given to them"),
        Scope.PROCESS: _("how one goes that waits for them by the structure; no mood"),
        Scope.ASKED: _("when a pupil asks for them"),
        Scope.LATE: _("when a pupil asks for them, and what nobody saw in time"),
        Scope.COUNTS: _("when a pupil asks for them; of the others how many"),
        Scope.OWN_TEAMS: _("of a team they are in"),
        Scope.NO: _("no"),
    }[scope]


def _flag_scope(person: Person) -> Scope:
    if may_see_flag(person, OTHER, None):
        return Scope.ALL
    if may_see_flag(_with_a_class(person), 0, None):
        return Scope.OWN_FLAGS
    return Scope.GIVEN if may_take_in_hand(person) else Scope.PROCESS


def _talk_scope(person: Person) -> Scope:
    if person.in_care_team:
        return Scope.LATE
    return Scope.COUNTS if talking.may_see_counts(person) else Scope.ASKED


_SPECIAL: dict[str, Callable[[Person], Scope]] = {
    "care.flag": _flag_scope,
    "talk.see": _talk_scope,
}
"""Pages that ask by themselves what of them may be seen."""


def _somebody(role: Role) -> Person:
    """Return a person who has one role, and no class yet."""
    return Person(0, 0, "", "", None, frozenset({role}), frozenset())


def _with_a_class(person: Person) -> Person:
    """Return the same person with a class, numbered 0 as none is."""
    return Person(person.id, person.school, "", "", None, person.roles, frozenset({0}))
