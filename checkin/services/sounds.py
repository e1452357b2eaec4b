"""Keeping how the words sound in a school: a pupil or a parent says them, staff keep or delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from checkin.domain.access import Person
from checkin.domain.recordings import Recording, version_of
from checkin.domain.sounds import clean
from checkin.storage import schools, sounds
from checkin.storage.database import db


@dataclass(frozen=True)
class Spoken:
    """A word of a language, and the text somebody read when saying it."""

    language: str
    word: str
    text: str


def recordings_of(school: int, languages: Sequence[str]) -> list[Recording]:
    """Return what a school recorded in some languages, without the sounds themselves."""
    return sounds.recordings_of(school, languages)


def find_audio(school: int, language: str, word: str, version: str) -> bytes | None:
    """Return one version of a school's recording, or None."""
    return sounds.find_audio(school, language, word, version)


def keep(person: Person, spoken: Spoken, wav: bytes, now: datetime) -> Recording:
    """Keep the sound in a file as how a word sounds in this school; raises NotASound.

    Nobody's name goes with it: only that of the member of staff who kept it.
    """
    audio = clean(wav)
    today = now.astimezone(ZoneInfo(schools.get_school(person.school).zone)).date()
    version = version_of(audio, spoken.text)
    recording = Recording(spoken.language, spoken.word, version, today)
    sounds.keep(person.school, recording, audio, person.id)
    db.session.commit()
    return recording


def delete(person: Person, language: str, word: str) -> None:
    """Delete a recording of this school: the sound is gone, in this database and for good."""
    sounds.drop(person.school, language, word)
    db.session.commit()
