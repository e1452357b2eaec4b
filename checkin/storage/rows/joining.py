"""Leaves to choose a password once: of whoever joins, and of whoever needs a new one."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class InvitationRow(Base):
    """One leave; what is mailed or printed is in the mail or on the paper alone.

    `secret_hash` is None until a mail with a secret goes; `made_by` is None for whoever asked
    for a new password without being signed in.
    """

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    purpose: Mapped[str]
    way: Mapped[str]
    secret_hash: Mapped[bytes | None] = mapped_column(unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
