"""What sealing released: the only figures any page, flag or export can be made of."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class ReleasedRoundRow(Base):
    """A sealed round: how many tapped, the noised heavy number and its light."""

    __tablename__ = "released_round"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    moment: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    pupils: Mapped[int]
    answered: Mapped[int]
    heavy: Mapped[int | None]
    light: Mapped[str]
    why: Mapped[str]
    sealed_at: Mapped[datetime]
    sealed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ReleasedWeekRow(Base):
    """A closed week's picture; `shares` is null where too few cards were tapped."""

    __tablename__ = "released_week"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    week: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    shares: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    coping: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
