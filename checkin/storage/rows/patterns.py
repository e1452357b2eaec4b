"""What the pattern rules remember of each classroom, and how a school has set them."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class EngineStateRow(Base):
    """Where the rules are with one classroom; can be made again from released rounds."""

    __tablename__ = "engine_state"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    state: Mapped[str]
    since: Mapped[date]
    last_day: Mapped[date | None]
    taken_in: Mapped[int]
    known: Mapped[int]
    waits_for: Mapped[date | None]
    version: Mapped[int]
    cards_since: Mapped[date | None]
    attention: Mapped[float]
    budget: Mapped[float]


class RuleSettingRow(Base):
    """What a school has chosen for the rules; without a row they are as shipped."""

    __tablename__ = "rule_setting"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    attention: Mapped[float]
    budget: Mapped[float]
