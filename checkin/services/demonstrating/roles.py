"""Who has which role in the demo school: its structure in three versions."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from checkin.domain.structure import DEFAULT_STRUCTURE, Referral, Structure, StructureRole
from checkin.services.signing_in import list_staff
from checkin.storage import structures
from checkin.storage.database import db

BY_ACCOUNT = {
    "leerkracht": ((), "Inge Visser"),
    "conciërge": ((), "Tess Mulder"),
    "ib": (("Inge Visser", "Ibrahim Kaya"), None),
    "team": (("Inge Visser", "Ibrahim Kaya"), "Hanna Bakker"),
    "directeur": (("Hanna Bakker",), "Inge Visser"),
    "aandacht": (("Ibrahim Kaya",), "Inge Visser"),
}
BY_NAME = {
    "conciërge": ("Wim Postma", ""),
    "vertrouwen": ("Sanne de Boer", "Wim Postma"),
    "smw": ("Marit Vos", "collega van het wijkteam"),
    "okt": ("Karim el Idrissi", "Anne Prins"),
    "jgz": ("Joke Smit", "telefoondienst van de GGD"),
}
"""The two IB'ers stand in for each other; others are no staff of the school."""

CONTACTS = {
    "Ouder- en kindteam (OKT)": ("Karim el Idrissi, 010 - 123 45 60", "Arabisch", "dinsdag"),
    "Wijkteam": ("Marit Vos, 010 - 123 45 61", "Engels, Turks", "donderdagochtend"),
    "GGD/JGZ": ("Joke Smit, 010 - 123 45 62", "Engels", "om de week op maandag"),
    "Samenwerkingsverband passend onderwijs": ("Loket, 010 - 123 45 63", "", ""),
    "VluchtelingenWerk": ("Spreekuur, 010 - 123 45 64", "Arabisch, Tigrinya", ""),
}


def give_roles(school: int, now: datetime) -> None:
    """Replace the structure the school began with, twice, as the head approved it."""
    ids = {person.name: person.id for person in list_staff(school)}
    head, first = ids["Hanna Bakker"], now - timedelta(weeks=18)
    for structure, at in (
        (_hasty(_with_people(ids)), first),
        (_with_contacts(_with_people(ids), first), now - timedelta(weeks=10)),
    ):
        structures.add_version(school, structure, at.date(), head, at)
    db.session.commit()


def _with_people(ids: dict[str, int]) -> Structure:
    roles = tuple(_filled(role, ids) for role in DEFAULT_STRUCTURE.roles)
    return replace(DEFAULT_STRUCTURE, roles=roles)


def _filled(role: StructureRole, ids: dict[str, int]) -> StructureRole:
    holders, deputy = BY_ACCOUNT.get(role.id, ((), None))
    named, named_deputy = BY_NAME.get(role.id, ("", ""))
    return replace(
        role,
        holders=tuple(ids[name] for name in holders),
        deputy=ids[deputy] if deputy else None,
        named=named,
        named_deputy=named_deputy,
    )


def _hasty(structure: Structure) -> Structure:
    """Return it as it was first tried: three days turned out to be too short."""
    steps = tuple(
        replace(step, school_days=3, remind_after=2) if step.id == "met-ib" else step
        for step in structure.steps
    )
    return replace(structure, steps=steps)


def _with_contacts(structure: Structure, checked_at: datetime) -> Structure:
    referrals = tuple(_reached(one, checked_at.date()) for one in structure.referrals)
    return replace(structure, referrals=referrals)


def _reached(referral: Referral, checked_on: date) -> Referral:
    if referral.organisation not in CONTACTS:
        return referral
    contact, languages, days = CONTACTS[referral.organisation]
    return replace(referral, contact=contact, languages=languages, days=days, checked_on=checked_on)
