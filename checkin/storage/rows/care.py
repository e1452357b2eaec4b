"""Flags and all that happened to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from checkin.storage.database import Base


class FlagRow(Base):
    """A pattern raised to the care team; it names a classroom, never a child."""

    __tablename__ = "flag"
    __table_args__ = (
        UniqueConstraint("classroom_id", "pattern", "raised_on"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), index=True)
    pattern: Mapped[str]
    raised_on: Mapped[date]
    last_seen_on: Mapped[date]
    strength: Mapped[float]
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reached_on: Mapped[date | None]
    kept_back: Mapped[str | None]
    at_step: Mapped[str] = mapped_column(default="")

    events: Mapped[list["FlagEventRow"]] = relationship(
        order_by="FlagEventRow.id", cascade="all, delete-orphan"
    )


class FlagEventRow(Base):
    """One step in a flag's life: who did what, when; only ever added."""

    __tablename__ = "flag_event"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id"), index=True)
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    step: Mapped[str]
    outcome: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    given_to: Mapped[int | None]
    role: Mapped[str] = mapped_column(default="")
    role_label: Mapped[str] = mapped_column(default="")
    at_step: Mapped[str] = mapped_column(default="")
