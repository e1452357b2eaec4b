"""A school's own words and languages, who looked them through, and how they sound."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from checkin.storage.database import Base


class OwnLanguageRow(Base):
    """A language that a school added itself."""

    __tablename__ = "own_language"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    direction: Mapped[str]


class OwnWordRow(Base):
    """A word a school would rather have than the one that came with the program."""

    __tablename__ = "own_word"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class LanguageReviewRow(Base):
    """That somebody who speaks a language looked its words through, as they were then."""

    __tablename__ = "language_review"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    words_version: Mapped[str]


class RecordingRow(Base):
    """A word as a pupil or a parent said it; `version` is a hash of the sound."""

    __tablename__ = "recording"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    audio: Mapped[bytes]
    version: Mapped[str]
    made_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
