"""The sound of a word: which bytes are one, and the only way one is written again.

What comes in is read down to its samples and what goes out is written anew from them, so that
nothing but sound is ever kept or served, whatever else was in the file.
"""

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from enum import StrEnum

RATE = 16_000
"""Samples a second; one channel of 16 bits each."""

SHORTEST, LONGEST = RATE // 5, RATE * 4
"""In samples: a fifth of a second is no word yet, four seconds are more than one."""

MOST_BYTES = 2 * LONGEST + 2048
"""The longest sound and some room for what other programs put around it."""

PEAK = 29_205
"""One decibel below the loudest there is."""

MOST_GAIN = 20.0
FADE = RATE // 200
QUIET = 60.0
"""Root mean square of the loudest tenth of a second; below it there is nothing to hear."""

_WINDOW = RATE // 10
_PLAIN_PCM = 1
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


class Refusal(StrEnum):
    """Why bytes are not the sound of a word."""

    NOT_A_SOUND = "not a sound"
    OTHER_FORMAT = "other format"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    SILENT = "silent"


class NotASound(Exception):
    """Bytes that are not the sound of a word; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def clean(wav: bytes) -> bytes:
    """Return the sound in a file, written anew; raises NotASound."""
    return write_wav(level(read_wav(wav)))


def read_wav(wav: bytes) -> Sequence[int]:
    """Return the samples of a WAV file of 16 kHz, one channel, 16 bits; raises NotASound."""
    if len(wav) > MOST_BYTES:
        raise NotASound(Refusal.TOO_LONG)
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        raise NotASound(Refusal.NOT_A_SOUND)
    chunks = dict(_chunks(wav))
    form, sound = chunks.get(b"fmt "), chunks.get(b"data")
    if form is None or sound is None or len(form) < 16:
        raise NotASound(Refusal.NOT_A_SOUND)
    if struct.unpack_from("<HHIIHH", form) != (_PLAIN_PCM, 1, RATE, 2 * RATE, 2, 16):
        raise NotASound(Refusal.OTHER_FORMAT)
    return _samples(sound)


def level(samples: Sequence[int]) -> Sequence[int]:
    """Return samples around zero, faded at both ends and as loud as others; raises NotASound."""
    middle = round(sum(samples) / len(samples))
    faded = [sample - middle for sample in samples]
    for n in range(min(FADE, len(faded) // 2)):
        faded[n] = faded[n] * n // FADE
        faded[-1 - n] = faded[-1 - n] * n // FADE
    if _loudness(faded) < QUIET:
        raise NotASound(Refusal.SILENT)
    gain = min(PEAK / max(map(abs, faded)), MOST_GAIN)
    return [round(sample * gain) for sample in faded]


def write_wav(samples: Sequence[int]) -> bytes:
    """Return a WAV file that holds these samples and nothing else."""
    sound = array("h", samples)
    if sys.byteorder == "big":
        sound.byteswap()
    size = 2 * len(sound)
    parts = (b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, _PLAIN_PCM, 1, RATE, 2 * RATE, 2, 16)
    return _HEADER.pack(*parts, b"data", size) + sound.tobytes()


def _chunks(wav: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a file by name; a second one of a name, or half a one, is no sound."""
    seen, at = set(), 12
    while at + 8 <= len(wav):
        name, size = struct.unpack_from("<4sI", wav, at)
        if name in seen or at + 8 + size > len(wav):
            raise NotASound(Refusal.NOT_A_SOUND)
        seen.add(name)
        yield name, wav[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _samples(sound: bytes) -> Sequence[int]:
    if len(sound) % 2:
        raise NotASound(Refusal.NOT_A_SOUND)
    samples = array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    if len(samples) < SHORTEST:
        raise NotASound(Refusal.TOO_SHORT)
    if len(samples) > LONGEST:
        raise NotASound(Refusal.TOO_LONG)
    return samples


def _loudness(samples: Sequence[int]) -> float:
    windows = range(0, len(samples), _WINDOW)
    squares = (sum(s * s for s in samples[n : n + _WINDOW]) / _WINDOW for n in windows)
    return float(max(squares) ** 0.5)
