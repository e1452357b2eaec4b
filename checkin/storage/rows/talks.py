"""Talk requests, and whom pupils can ask.

Nothing here can be laid beside a tap: no row has a number that counts up or a time of day, and a
request's name is made of a key that no tap ever had. Without rowids its table has no order of
arrival either.
"""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from checkin.storage.database import Base

UNORDERED = {"sqlite_with_rowid": False}


class TalkSettingRow(Base):
    """What a school does with a talk request, and who is told of pain."""

    __tablename__ = "talk_setting"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    protocol: Mapped[str] = mapped_column(default="")
    pain_to: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class TalkClassRow(Base):
    """A class for which staff chose it; that it shows needs adults and a protocol too."""

    __tablename__ = "talk_class"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)


class TalkAdultRow(Base):
    """Somebody pupils can ask for; `photo` was drawn anew here and tells nothing but the face."""

    __tablename__ = "talk_adult"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    called: Mapped[str]
    symbol: Mapped[str]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    photo: Mapped[bytes | None] = mapped_column(deferred=True)
    photo_version: Mapped[str] = mapped_column(default="")

    classes: Mapped[list["TalkAdultClassRow"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


class TalkAdultClassRow(Base):
    """Which class can ask for whom."""

    __tablename__ = "talk_adult_class"

    staff_id: Mapped[int] = mapped_column(ForeignKey("talk_adult.staff_id"), primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)


class TalkRequestRow(Base):
    """A pupil's wish; `id` is a hash of the key it came with."""

    __tablename__ = "talk_request"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), index=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    symbol: Mapped[str]
    asked_on: Mapped[date]
    asked_in: Mapped[str]

    steps: Mapped[list["TalkStepRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class TalkStepRow(Base):
    """What an adult did with a wish: each step once, with who and on which half of a day."""

    __tablename__ = "talk_step"
    __table_args__ = UNORDERED

    request_id: Mapped[str] = mapped_column(ForeignKey("talk_request.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    done_on: Mapped[date]
    done_in: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
