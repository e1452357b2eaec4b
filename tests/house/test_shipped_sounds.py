"""The shipped sounds say the words as they are now: a word that changed needs a new sound."""

import json
from pathlib import Path

import pytest

import checkin
from checkin.domain.recordings import SPOKEN_WORDS, spoken
from checkin.web.pupil_words import words_in
from checkin.web.sounds import file_name
from tools.make_sounds import LEFT_OUT, VOICES

FOLDER = Path(checkin.__file__).parent / "static" / "audio"
MADE = json.loads((FOLDER / "made.json").read_text(encoding="utf-8"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
POOR = {"ar", "fa", "ti", "ku", "so", "ckb", "ps", "uk"}
LEAST_BYTES, MOST_BYTES = 1000, 12_000


def test_no_language_is_shipped_that_the_engine_speaks_poorly() -> None:
    assert MADE.keys() == VOICES.keys()
    assert not MADE.keys() & POOR


@pytest.mark.parametrize("language", MADE)
def test_every_sound_was_made_from_the_word_as_it_is_now(language: str) -> None:
    said = {word: spoken(words_in(language)[word]) for word in SPOKEN_WORDS}
    for word in LEFT_OUT.get(language, ()):
        del said[word]
    assert MADE[language] == said, "make them anew: python -m tools.make_sounds"


@pytest.mark.parametrize("language", MADE)
def test_there_is_a_small_mp3_for_each_and_no_other(language: str) -> None:
    files = {path.name: path.read_bytes() for path in (FOLDER / language).iterdir()}
    assert files.keys() == {f"{file_name(word)}.mp3" for word in MADE[language]}
    for name, mp3 in files.items():
        assert LEAST_BYTES < len(mp3) < MOST_BYTES, name
        assert mp3[0] == 0xFF and mp3[1] & 0xE0 == 0xE0, name  # a frame begins


@pytest.mark.parametrize("language", MADE)
def test_the_readme_says_what_each_was_heard_as(language: str) -> None:
    for word, text in MADE[language].items():
        assert f"| {word} | {text} | `" in README


def test_the_readme_says_why_another_language_is_not_shipped() -> None:
    for language in POOR | {"bg", "ro"}:
        assert language in README
