"""The form of the roles."""

from dataclasses import replace

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from checkin.domain.structure import Scope, Section, Structure, StructureRole
from checkin.web.structure.choices import A_NAME, known_or_new, label_of, named, roles_of
from checkin.web.structure.fields import Around, Field, Kind, Typed
from checkin.web.structure.forms import SectionForm, Values, WrongField


def _type_role(role: StructureRole) -> Typed:
    return {
        "id": (role.id,),
        "label": (role.label,),
        "scope": (role.scope.value,),
        "holders": tuple(str(id) for id in role.holders),
        "deputy": (str(role.deputy or ""),),
        "named": (role.named,),
        "named_deputy": (role.named_deputy,),
    }


def _build_role(values: Values, around: Around) -> StructureRole:
    scope = Scope(values["scope"] or Scope.SCHOOL)
    holders = tuple(int(id) for id in values["holders"]) if scope is Scope.SCHOOL else ()
    deputy = int(values["deputy"]) if values["deputy"] else None
    if deputy in holders:
        told = gettext("Choose somebody else: whoever has a role cannot stand in for it too.")
        raise WrongField("deputy", told)
    return StructureRole(
        id=known_or_new(values["id"], roles_of(around)),
        label=values["label"],
        scope=scope,
        holders=holders,
        deputy=deputy,
        named=values["named"],
        named_deputy=values["named_deputy"],
    )


def _put_roles(structure: Structure, roles: tuple[StructureRole, ...]) -> Structure:
    """Put roles in; a role that is gone leaves the meetings that others still hold."""
    kept = named(tuple(role.id for role in structure.roles), roles)
    there = {role.id for role in kept}
    meetings = tuple(
        replace(meeting, members=left)
        if (left := tuple(id for id in meeting.members if id in there))
        else meeting
        for meeting in structure.meetings
    )
    return replace(structure, roles=kept, meetings=meetings)


def _who(typed: Typed, around: Around) -> str:
    if Scope.CLASSROOM.value in typed.get("scope", ()):
        return gettext("each class's own teachers")
    names = dict(around.people)
    holders = [names[id] for id in typed.get("holders", ()) if id in names]
    return ", ".join([*holders, *filter(None, typed.get("named", ()))]) or gettext("nobody yet")


ROLES = SectionForm(
    section=Section.ROLES,
    title=_("Roles: who has them, and who stands in"),
    lead=_(
        "Whoever has a role gets what is to be done, while at school; else the deputy does. Two "
        "holders stand in for each other."
    ),
    fields=(
        Field("label", _("Name of the role"), must=A_NAME),
        Field(
            "scope",
            _("Held by"),
            Kind.CHOICE,
            choices=lambda around: [
                (Scope.SCHOOL.value, gettext("people of the whole school")),
                (Scope.CLASSROOM.value, gettext("each class's own teachers")),
            ],
        ),
        Field("holders", _("Who has it"), Kind.PEOPLE, choices=lambda around: around.people),
        Field("deputy", _("Deputy"), Kind.CHOICE, choices=lambda around: around.people),
        Field("named", _("Others who have it, without an account (names)")),
        Field("named_deputy", _("Deputy without an account (name)")),
    ),
    parts=lambda structure: structure.roles,
    typed=_type_role,
    build=_build_role,
    put=_put_roles,
    legend=label_of,
    brief=_who,
    another=_("Add a role"),
    is_folded=True,
    key=lambda role: role.id,
)
