"""Schools, their classrooms, opening times and free days."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from checkin.storage.database import Base


class SchoolRow(Base):
    """A school and what holds for all of it."""

    __tablename__ = "school"
    __table_args__ = (
        CheckConstraint("floor >= 7", name="floor_is_never_below_seven"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str]
    zone: Mapped[str] = mapped_column(default="Europe/Amsterdam")
    floor: Mapped[int] = mapped_column(default=7)
    timetable_version: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)
    home: Mapped[str | None]
    lost_on: Mapped[date | None]


class ClassroomRow(Base):
    """A group with a tablet; `pupils` is one number, no list."""

    __tablename__ = "classroom"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str]
    pupils: Mapped[int]
    card_set: Mapped[int]
    style: Mapped[str] = mapped_column(default="faces")
    languages: Mapped[str] = mapped_column(default="nl")
    undo_seconds: Mapped[int] = mapped_column(default=3)
    coping: Mapped[str] = mapped_column(default="off", server_default="off")
    shows_words: Mapped[bool] = mapped_column(default=True, server_default=true())
    cards_since: Mapped[date | None]
    pause_first: Mapped[date | None]
    pause_last: Mapped[date | None]
    started_on: Mapped[date]
    closed_on: Mapped[date | None]
    kind: Mapped[str] = mapped_column(default="class", server_default="class")

    openings: Mapped[list["OpeningRow"]] = relationship(cascade="all, delete-orphan")


class OpeningRow(Base):
    """When a classroom's round is open on a weekday, in minutes after midnight."""

    __tablename__ = "opening"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    opens: Mapped[int]
    closes: Mapped[int]


class DayRow(Base):
    """Days a school is closed, open when it would not be ('extra'), or closes sooner ('early').

    `closes` is then the minute after midnight. `added_by` is None for a table that was shipped; a
    row that was removed stays, so that it can be put back.
    """

    __tablename__ = "calendar_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    to_check: Mapped[bool] = mapped_column(default=False)
    closes: Mapped[int | None]
    added_at: Mapped[datetime | None]
    added_by: Mapped[int | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[int | None]


class LeaseRow(Base):
    """Who does the housekeeping now, when several processes serve."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    holder: Mapped[str]
    until: Mapped[datetime]
