"""Which colleagues see what was released of their team."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class TeamMemberRow(Base):
    """A member of a team with an account; the others tap with it and have no row."""

    __tablename__ = "team_member"

    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
