"""How a school begins: the code that lets one be set up, what was typed so far, and the ticks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class FirstStartRow(Base):
    """The one code that a school can be set up with, while there is none; never a second row."""

    __tablename__ = "first_start"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    code_hash: Mapped[bytes | None]
    made_at: Mapped[datetime | None]


class FirstAnswerRow(Base):
    """What one browser has typed so far, never a password; gone when there is a school."""

    __tablename__ = "first_answer"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    code_hash: Mapped[bytes]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)


class FirstDayTickRow(Base):
    """That somebody says something is done which only people can know."""

    __tablename__ = "first_day_tick"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    classroom_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id"))
    thing: Mapped[str]
    ticked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ticked_on: Mapped[date]
