"""Where the sound of a word is found: the school's own recording, else the one that came along."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from flask import current_app, url_for

from checkin.domain.recordings import SPOKEN_WORDS, Recording, spoken
from checkin.services import sounds
from checkin.web.pupil_words import vocabulary_of

SHIPPED = "audio"
"""The folder of the sounds that come with the program; `made.json` says of which texts."""


def sounds_of(school: int, language: str) -> dict[str, str]:
    """Return the address of every word's sound, by message id; a word without one is left out.

    A sound is only given for the very text it was made from: a word that was changed since is
    rather silent than another word.
    """
    return sounds_in(school, (language,))[language]


def sounds_in(school: int, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the same for several languages at once, by language."""
    vocabulary = vocabulary_of(school)
    kept = sounds.recordings_of(school, languages)
    found = {}
    for language in languages:
        texts = vocabulary.words_in(language)
        own = [one for one in kept if one.language == language]
        found[language] = {**_shipped(language, texts), **_recorded(own, texts)}
    return found


def made_from(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the text of every sound that came with the program, by language and message id."""
    return _read(folder / SHIPPED / "made.json")


def file_name(word: str) -> str:
    """Return the name of a word in addresses and of its file: without a space."""
    return word.replace(" ", "-")


def address_of(recording: Recording) -> str:
    """Return the address of a recording; another version has another."""
    return url_for(
        "school.sound",
        language=recording.language,
        word=file_name(recording.word),
        version=recording.version,
    )


def find_word(name: str) -> str | None:
    """Return the word of a name in an address, or None."""
    return next((word for word in SPOKEN_WORDS if file_name(word) == name), None)


def _shipped(language: str, texts: Mapping[str, str]) -> dict[str, str]:
    made = made_from(Path(current_app.static_folder or "")).get(language, {})
    return {
        id: url_for("static", filename=f"{SHIPPED}/{language}/{file_name(id)}.mp3")
        for id, text in made.items()
        if spoken(texts.get(id, "")) == text
    }


def _recorded(recordings: Sequence[Recording], texts: Mapping[str, str]) -> dict[str, str]:
    return {
        one.word: address_of(one)
        for one in recordings
        if one.word in texts and one.says(texts[one.word])
    }


@lru_cache
def _read(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.exists():
        return MappingProxyType({})
    made = json.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType({language: MappingProxyType(made[language]) for language in made})
