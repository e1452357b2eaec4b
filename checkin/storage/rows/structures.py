"""The school's structure in all its versions, and who is away when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base

_IS_DRAFT = text("state = 'draft'")


class StructureRow(Base):
    """One version of a school's signalling structure; only a draft is ever changed.

    `edition` counts the changes of a draft, so that nobody writes over what they did not see.
    """

    __tablename__ = "structure"
    __table_args__ = (
        UniqueConstraint("school_id", "version"),
        Index(
            "ix_structure_one_draft",
            "school_id",
            unique=True,
            sqlite_where=_IS_DRAFT,
            postgresql_where=_IS_DRAFT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(default="approved", server_default="approved")
    valid_from: Mapped[date]
    made_by: Mapped[int | None]
    made_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_by: Mapped[int | None]
    changed_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class AbsenceRow(Base):
    """Days on which a person is not at school, first and last included; no reason is kept."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first <= last", name="absence_ends_after_it_began"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
