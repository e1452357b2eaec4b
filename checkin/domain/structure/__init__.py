"""The school's own signalling structure: who does what, within how many school days.

A structure is data, versioned and never edited in place. The default fits a newcomer school; its
labels are the school's own words, hence Dutch.
"""

from checkin.domain.structure.around import (
    AcuteCard,
    Meeting,
    Referral,
    ReferralKind,
    Rhythm,
)
from checkin.domain.structure.default import DEFAULT_STRUCTURE
from checkin.domain.structure.documents import as_document, read_structure
from checkin.domain.structure.gaps import Gap, GapKind, Section, missing
from checkin.domain.structure.roles import Scope, StructureRole
from checkin.domain.structure.steps import Level, Route, StructureStep
from checkin.domain.structure.whole import Flaw, NotWhole, Structure

__all__ = [
    "DEFAULT_STRUCTURE",
    "AcuteCard",
    "Flaw",
    "Gap",
    "GapKind",
    "Level",
    "Meeting",
    "NotWhole",
    "Referral",
    "ReferralKind",
    "Rhythm",
    "Route",
    "Scope",
    "Section",
    "Structure",
    "StructureRole",
    "StructureStep",
    "as_document",
    "missing",
    "read_structure",
]
