"""Makes the shipped sounds: every spoken word, in the languages a machine says well.

    python -m venv .sounds && .sounds/bin/pip install -e . espeakng-loader==0.2.4 lameenc==1.9.0
    .sounds/bin/python -m tools.make_sounds

espeakng-loader carries the library and data of espeak-ng 1.52.0, lameenc an MP3 encoder (LAME
3.100); both are needed here only, never by the program. What is made, and why these languages, is
told in `checkin/static/audio/README.md`, whose tables this writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from checkin.domain.recordings import SPOKEN_WORDS, spoken
from checkin.web.pupil_words import words_in
from checkin.web.sounds import SHIPPED, file_name
from tools.espeak import RATE, Speaker

FOLDER = Path(__file__).parents[1] / "checkin" / "static" / SHIPPED
VOICES = {
    "nl": "nl",
    "tr": "tr",
    "pl": "pl",
    "en": "gmw/en",
    "ru": "ru",
    "es": "roa/es-419",
}
"""The voice of each language; the README says why not the others."""

LEFT_OUT = {"nl": {"teacher", "caretaker"}}
"""Words the machine says wrong; the README says how."""

TABLES_BEGIN = "## What each sound says\n"
PEAK = 26_000  # of 32,767: an encoder may go a little over what it is given
BEFORE, AFTER = RATE // 20, RATE // 8  # silence round the word
AUDIBLE = 200
SECONDS = (0.25, 3.0)
LEAST_LOUDNESS = 1500.0
BIT_RATE = 32  # thousand a second; speech, one channel


@dataclass(frozen=True)
class Made:
    """A sound with what it was made from, and what the machine says it said."""

    text: str
    phonemes: str
    seconds: float
    mp3: bytes


class Unfit(Exception):
    """A sound that is too short, too long or too soft to be a word."""


def main() -> None:
    """Make every sound anew, and tell of which texts."""
    speaker = Speaker()
    made = {language: _make_language(speaker, language) for language in VOICES}
    for old in FOLDER.glob("*/*.mp3"):
        old.unlink()
    for language, sounds in made.items():
        (FOLDER / language).mkdir(exist_ok=True)
        for word, sound in sounds.items():
            (FOLDER / language / f"{file_name(word)}.mp3").write_bytes(sound.mp3)
    texts = {code: {word: its.text for word, its in s.items()} for code, s in made.items()}
    told = json.dumps(texts, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "made.json").write_text(told, encoding="utf-8")
    _write_tables(made)
    print(f"{sum(map(len, made.values()))} sounds in {len(made)} languages")


def _make_language(speaker: Speaker, language: str) -> dict[str, Made]:
    speaker.choose(VOICES[language])
    words, wrong = words_in(language), LEFT_OUT.get(language, set())
    said = [word for word in SPOKEN_WORDS if word in words and word not in wrong]
    return {word: _make(speaker, spoken(words[word])) for word in said}


def _make(speaker: Speaker, text: str) -> Made:
    samples = _level(_trim(speaker.say(text)))
    seconds = len(samples) / RATE
    loudness = (sum(sample * sample for sample in samples) / len(samples)) ** 0.5
    if not SECONDS[0] <= seconds <= SECONDS[1] or loudness < LEAST_LOUDNESS:
        raise Unfit(f"{text}: {seconds:.2f} s, loudness {loudness:.0f}")
    return Made(text, speaker.phonemes(text), seconds, _encode(samples))


def _trim(samples: list[int]) -> list[int]:
    heard = [n for n, sample in enumerate(samples) if abs(sample) > AUDIBLE]
    word = samples[heard[0] : heard[-1] + 1]
    return [0] * BEFORE + word + [0] * AFTER


def _level(samples: list[int]) -> list[int]:
    gain = PEAK / max(map(abs, samples))
    return [round(sample * gain) for sample in samples]


def _encode(samples: list[int]) -> bytes:
    encoder = import_module("lameenc").Encoder()
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    pcm = b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples)
    return bytes(encoder.encode(pcm) + encoder.flush())


def _write_tables(made: Mapping[str, Mapping[str, Made]]) -> None:
    readme = FOLDER / "README.md"
    head = readme.read_text(encoding="utf-8").partition(TABLES_BEGIN)[0]
    tables = "".join(_table(language, sounds) for language, sounds in made.items())
    readme.write_text(f"{head}{TABLES_BEGIN}{tables}", encoding="utf-8")


def _table(language: str, sounds: Mapping[str, Made]) -> str:
    rows = "".join(
        f"| {word} | {its.text} | `{its.phonemes}` | {its.seconds:.1f} |\n"
        for word, its in sounds.items()
    )
    head = "| word | text | phonemes | seconds |\n|---|---|---|---|\n"
    return f"\n### {language}: voice `{VOICES[language]}`\n\n{head}{rows}"


if __name__ == "__main__":
    main()
