"""What a school has chosen for the pattern rules."""

from dataclasses import dataclass

from checkin.domain.patterns import ATTENTION, BUDGET
from checkin.storage.database import db
from checkin.storage.rows import RuleSettingRow


@dataclass(frozen=True)
class RuleSetting:
    """From which share a start is called heavy, and how many false flags are put up with."""

    attention: float = ATTENTION
    budget: float = BUDGET


def setting_of(school: int) -> RuleSetting:
    """Return a school's own setting, or the rules as shipped."""
    row = db.session.get(RuleSettingRow, school)
    return RuleSetting(row.attention, row.budget) if row is not None else RuleSetting()


def keep(school: int, setting: RuleSetting) -> None:
    """Keep a school's own setting; the caller commits."""
    row = RuleSettingRow(school_id=school, attention=setting.attention, budget=setting.budget)
    db.session.merge(row)
