"""A structure as the plain values it is stored as, and back; older shapes are read as well."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from checkin.domain.structure.around import AcuteCard, Meeting, Referral, ReferralKind, Rhythm
from checkin.domain.structure.roles import Scope, StructureRole
from checkin.domain.structure.steps import Level, Route, StructureStep
from checkin.domain.structure.whole import Structure

Document = Mapping[str, Any]

EVERY_OUTCOME = (
    "solved-in-class",
    "talked",
    "watched",
    "handed-on",
    "referred",
    "no-cause",
    "new-usual",
)
"""What the steps of a document from before steps had outcomes can end in."""


def as_document(structure: Structure) -> dict[str, Any]:
    """Return a structure as plain values, to be stored as JSON."""
    document = asdict(structure)
    for meeting in document["meetings"]:
        meeting["rhythm"]["dates"] = [day.isoformat() for day in meeting["rhythm"]["dates"]]
    for referral in document["referrals"]:
        checked_on = referral["checked_on"]
        referral["checked_on"] = checked_on.isoformat() if checked_on else None
    return document


def read_structure(document: Document) -> Structure:
    """Build a structure from its stored document."""
    acute = document["acute"]
    return Structure(
        vision=document["vision"],
        roles=tuple(_role(role) for role in document["roles"]),
        levels=tuple(Level(**level) for level in document["levels"]),
        steps=tuple(_step(step, place) for place, step in enumerate(document["steps"], 1)),
        meetings=tuple(_meeting(meeting) for meeting in document.get("meetings", ())),
        routes=tuple(Route(**route) for route in document.get("routes", ())),
        referrals=tuple(_referral(referral) for referral in document.get("referrals", ())),
        acute=AcuteCard(tuple(acute["lines"] if isinstance(acute, Mapping) else acute)),
    )


def _role(role: Document) -> StructureRole:
    if any(isinstance(one, str) for one in (*role["holders"], role["deputy"])):
        return _role_of_names(role)
    read = {"scope": Scope(role["scope"]), "holders": tuple(role["holders"])}
    return StructureRole(**{**role, **read})


def _role_of_names(role: Document) -> StructureRole:
    """Read a role from before its holders were accounts: names stay names."""
    return StructureRole(
        id=role["id"],
        label=role["label"],
        scope=Scope(role["scope"]),
        named=", ".join(role["holders"]),
        named_deputy=role["deputy"],
    )


def _step(step: Document, place: int) -> StructureStep:
    return StructureStep(
        **{
            **step,
            "id": step.get("id", f"step-{place}"),
            "outcomes": tuple(step.get("outcomes", EVERY_OUTCOME)),
            "first_steps": tuple(step.get("first_steps", ())),
        }
    )


def _meeting(meeting: Document) -> Meeting:
    rhythm = meeting["rhythm"]
    dates = tuple(date.fromisoformat(day) for day in rhythm["dates"])
    return Meeting(meeting["label"], tuple(meeting["members"]), Rhythm(rhythm["weeks"], dates))


def _referral(referral: Document) -> Referral:
    checked_on = referral["checked_on"]
    read = {
        "kind": ReferralKind(referral["kind"]),
        "checked_on": date.fromisoformat(checked_on) if checked_on else None,
    }
    return Referral(**{**referral, **read})
