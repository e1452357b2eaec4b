"""Enrolled tablets and the codes that enrol them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class CodeRow(Base):
    """A code that enrols one tablet once; `used_at` ends it, so do ten minutes and five tries."""

    __tablename__ = "enrolment_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)


class TabletRow(Base):
    """A device that may tap for one classroom, and nothing else.

    `heard_on` is a day and `emptied_*` the last closed round after which its queue was empty: no
    time of a tap can be read from them.
    """

    __tablename__ = "tablet"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), index=True)
    label: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    heard_on: Mapped[date | None]
    emptied_day: Mapped[date | None]
    emptied_moment: Mapped[str | None]
    waiting: Mapped[int | None]
    downloaded: Mapped[str | None]
    kept: Mapped[str | None]
