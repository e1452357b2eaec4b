"""What waits to be mailed, and how a school and its people want it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class MailRow(Base):
    """One reason to mail one person; what the mail says is made when it goes, and never kept."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("staff_id", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    key: Mapped[str]
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")
    held_by: Mapped[str] = mapped_column(default="")
    held_until: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended: Mapped[str] = mapped_column(default="")


class MailSettingRow(Base):
    """When a school gets no mail, and up to when was looked for reasons to mail."""

    __tablename__ = "mail_setting"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    quiet_begins: Mapped[int]
    quiet_ends: Mapped[int]
    looked_at: Mapped[datetime | None]


class MailChoiceRow(Base):
    """Somebody who does not want the weekly overview."""

    __tablename__ = "mail_choice"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
