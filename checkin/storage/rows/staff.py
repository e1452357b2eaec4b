"""People with accounts, what they do, and their sessions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from checkin.storage.database import Base


class StaffRow(Base):
    """A person with an account; until they chose a password its hash is empty, and fits none."""

    __tablename__ = "staff"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    locale: Mapped[str | None]
    left_at: Mapped[datetime | None]
    signed_in_on: Mapped[date | None]

    roles: Mapped[list["StaffRoleRow"]] = relationship(cascade="all, delete-orphan")
    teaching: Mapped[list["TeachingRow"]] = relationship(cascade="all, delete-orphan")


class StaffRoleRow(Base):
    """One role of one person."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)


class TeachingRow(Base):
    """Who teaches a classroom."""

    __tablename__ = "teaching"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)


class SessionRow(Base):
    """A signed-in browser; the token itself is only in the browser."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    way: Mapped[str] = mapped_column(default="password", server_default="password")
    browser: Mapped[str] = mapped_column(default="", server_default="")
    device: Mapped[str] = mapped_column(default="", server_default="")


class GuessRow(Base):
    """How often somebody guessed wrong at one thing, and until when they wait."""

    __tablename__ = "guess"
    __table_args__ = (UniqueConstraint("what", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    what: Mapped[str]
    subject: Mapped[bytes]
    failures: Mapped[int]
    wait_until: Mapped[datetime]
