"""The tables of the main database; every one carries its school."""

from checkin.storage.rows.audit import AuditHeadRow, AuditRow
from checkin.storage.rows.care import FlagEventRow, FlagRow
from checkin.storage.rows.class_years import (
    ClassChangePartRow,
    ClassChangeRow,
    SubstitutionRow,
    TabletMoveRow,
)
from checkin.storage.rows.factors import (
    AuthenticatorRow,
    FactorDutyRow,
    FactorRuleRow,
    OutsideIdentityRow,
    PasskeyRow,
    RecoveryCodeRow,
    SignInStepRow,
)
from checkin.storage.rows.first_day import FirstAnswerRow, FirstDayTickRow, FirstStartRow
from checkin.storage.rows.joining import InvitationRow
from checkin.storage.rows.keeping import BackupRow
from checkin.storage.rows.mails import MailChoiceRow, MailRow, MailSettingRow
from checkin.storage.rows.patterns import EngineStateRow, RuleSettingRow
from checkin.storage.rows.released import ReleasedRoundRow, ReleasedWeekRow
from checkin.storage.rows.review import (
    ClassLoopRow,
    DecisionRow,
    ParentsTalkRow,
    ReviewMeetingRow,
)
from checkin.storage.rows.school import ClassroomRow, DayRow, LeaseRow, OpeningRow, SchoolRow
from checkin.storage.rows.staff import GuessRow, SessionRow, StaffRoleRow, StaffRow, TeachingRow
from checkin.storage.rows.structures import AbsenceRow, StructureRow
from checkin.storage.rows.tablets import CodeRow, TabletRow
from checkin.storage.rows.talks import (
    TalkAdultClassRow,
    TalkAdultRow,
    TalkClassRow,
    TalkRequestRow,
    TalkSettingRow,
    TalkStepRow,
)
from checkin.storage.rows.teams import TeamMemberRow
from checkin.storage.rows.words import (
    LanguageReviewRow,
    OwnLanguageRow,
    OwnWordRow,
    RecordingRow,
)

__all__ = [
    "AbsenceRow",
    "AuditHeadRow",
    "AuditRow",
    "AuthenticatorRow",
    "BackupRow",
    "ClassChangePartRow",
    "ClassChangeRow",
    "ClassLoopRow",
    "ClassroomRow",
    "CodeRow",
    "DayRow",
    "DecisionRow",
    "EngineStateRow",
    "FactorDutyRow",
    "FactorRuleRow",
    "FirstAnswerRow",
    "FirstDayTickRow",
    "FirstStartRow",
    "FlagEventRow",
    "FlagRow",
    "GuessRow",
    "InvitationRow",
    "LanguageReviewRow",
    "LeaseRow",
    "MailChoiceRow",
    "MailRow",
    "MailSettingRow",
    "OpeningRow",
    "OutsideIdentityRow",
    "OwnLanguageRow",
    "OwnWordRow",
    "ParentsTalkRow",
    "PasskeyRow",
    "RecordingRow",
    "RecoveryCodeRow",
    "ReleasedRoundRow",
    "ReleasedWeekRow",
    "ReviewMeetingRow",
    "RuleSettingRow",
    "SchoolRow",
    "SessionRow",
    "SignInStepRow",
    "StaffRoleRow",
    "StaffRow",
    "StructureRow",
    "SubstitutionRow",
    "TabletMoveRow",
    "TabletRow",
    "TalkAdultClassRow",
    "TalkAdultRow",
    "TalkClassRow",
    "TalkRequestRow",
    "TalkSettingRow",
    "TalkStepRow",
    "TeachingRow",
    "TeamMemberRow",
]
