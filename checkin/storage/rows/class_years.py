"""Who stands in when, and how classes change from one year to the next."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class SubstitutionRow(Base):
    """Somebody teaches a classroom from day to day; `ended_at` ends it sooner."""

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ClassChangeRow(Base):
    """Classes that close, split, merge or begin a new year on a day."""

    __tablename__ = "class_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    kind: Mapped[str]
    day: Mapped[date]
    planned_at: Mapped[datetime]
    planned_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None]


class ClassChangePartRow(Base):
    """What becomes of one classroom: `from_id` ends, `to_id` begins, both is that one goes on.

    `pupils` is the number that was said for that day, and `pupils_before` how many there were when
    it was said; once it has happened the two `before` are what undoing puts back.
    """

    __tablename__ = "class_change_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("class_change.id"), index=True)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id"))
    pupils: Mapped[int | None]
    pupils_before: Mapped[int | None]
    cards_since_before: Mapped[date | None]


class TabletMoveRow(Base):
    """A tablet that goes to another classroom on a day, or with None to nobody."""

    __tablename__ = "tablet_move"

    change_id: Mapped[int] = mapped_column(ForeignKey("class_change.id"), primary_key=True)
    tablet_id: Mapped[int] = mapped_column(ForeignKey("tablet.id"), primary_key=True, index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id"))
    day: Mapped[date]
    moved_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
