"""The tables of the main database; every one carries its school."""

from checkin.storage.rows.care import AuditRow, FlagEventRow, FlagRow, StructureRow
from checkin.storage.rows.patterns import EngineStateRow, RuleSettingRow
from checkin.storage.rows.released import ReleasedRoundRow, ReleasedWeekRow
from checkin.storage.rows.school import ClassroomRow, DayRow, LeaseRow, OpeningRow, SchoolRow
from checkin.storage.rows.staff import GuessRow, SessionRow, StaffRoleRow, StaffRow, TeachingRow
from checkin.storage.rows.tablets import CodeRow, TabletRow
from checkin.storage.rows.words import (
    LanguageReviewRow,
    OwnLanguageRow,
    OwnWordRow,
    RecordingRow,
)

__all__ = [
    "AuditRow",
    "ClassroomRow",
    "CodeRow",
    "DayRow",
    "EngineStateRow",
    "FlagEventRow",
    "FlagRow",
    "GuessRow",
    "LanguageReviewRow",
    "LeaseRow",
    "OpeningRow",
    "OwnLanguageRow",
    "OwnWordRow",
    "RecordingRow",
    "ReleasedRoundRow",
    "ReleasedWeekRow",
    "RuleSettingRow",
    "SchoolRow",
    "SessionRow",
    "StaffRoleRow",
    "StaffRow",
    "StructureRow",
    "TabletRow",
    "TeachingRow",
]
