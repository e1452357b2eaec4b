"""The weekly review: who met, what was decided, and what the classes did with their week."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class ReviewMeetingRow(Base):
    """One weekly review; `present` holds ids of staff."""

    __tablename__ = "review_meeting"
    __table_args__ = (UniqueConstraint("school_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    week: Mapped[str]
    present: Mapped[list[Any]] = mapped_column(JSON)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DecisionRow(Base):
    """One decision of a review, about a flag, a class or the school, and what came of it."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("school_id", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    key: Mapped[str]
    week: Mapped[str]
    flag_id: Mapped[int | None] = mapped_column(ForeignKey("flag.id"), index=True)
    classroom_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id"))
    kind: Mapped[str]
    who: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[date | None]
    note: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    follow_up: Mapped[str]
    followed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    followed_at: Mapped[datetime | None]
    carried_from: Mapped[int | None]


class ParentsTalkRow(Base):
    """That parents or guardian were talked to, for a flag; no names."""

    __tablename__ = "parents_talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id"), index=True)
    talked_on: Mapped[date]
    talked_with: Mapped[str]
    help: Mapped[str]
    language: Mapped[str]
    consent: Mapped[str]
    consent_on: Mapped[date | None]
    own_consent: Mapped[str]
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class ClassLoopRow(Base):
    """One line of a teacher: what the class did with its week."""

    __tablename__ = "class_loop"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    week: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    text: Mapped[str]
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]
