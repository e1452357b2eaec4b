"""Who looked at or did what, as a chain for each school."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class AuditRow(Base):
    """One line; triggers keep it from being changed, or removed before its time."""

    __tablename__ = "audit"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    what: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHeadRow(Base):
    """The last line of a school's chain, and the last that was forgotten: the anchor."""

    __tablename__ = "audit_head"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
    forgotten: Mapped[int]
    forgotten_hash: Mapped[str]
