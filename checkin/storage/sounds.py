"""The recordings of a school: its words as pupils and parents say them."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from checkin.domain.recordings import Recording
from checkin.storage.database import db
from checkin.storage.rows import RecordingRow


def recordings_of(school: int, languages: Sequence[str]) -> list[Recording]:
    """Return what a school recorded in some languages, without the sounds themselves."""
    query = (
        select(RecordingRow.language, RecordingRow.word, RecordingRow.version, RecordingRow.made_on)
        .where(RecordingRow.school_id == school, RecordingRow.language.in_(languages))
        .order_by(RecordingRow.language, RecordingRow.word)
    )
    return [Recording(*row) for row in db.session.execute(query)]


def find_audio(school: int, language: str, word: str, version: str) -> bytes | None:
    """Return one version of a recording, or None when a school has no such."""
    query = select(RecordingRow.audio).where(
        RecordingRow.school_id == school,
        RecordingRow.language == language,
        RecordingRow.word == word,
        RecordingRow.version == version,
    )
    return db.session.scalar(query)


def keep(school: int, recording: Recording, audio: bytes, by: int) -> None:
    """Keep a recording in place of the one there was."""
    row = RecordingRow(
        school_id=school,
        language=recording.language,
        word=recording.word,
        audio=audio,
        version=recording.version,
        made_on=recording.made_on,
        made_by=by,
    )
    db.session.merge(row)


def drop(school: int, language: str, word: str) -> None:
    """Drop a recording; a second time changes nothing."""
    db.session.execute(
        delete(RecordingRow).where(
            RecordingRow.school_id == school,
            RecordingRow.language == language,
            RecordingRow.word == word,
        )
    )
