"""What is known of backups."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class BackupRow(Base):
    """That a backup was made, or why none could be; one holds every school of the database."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    made_at: Mapped[datetime]
    file: Mapped[str]
    size: Mapped[int]
    lock: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="", server_default="")
