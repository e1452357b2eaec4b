"""Sounds for tests: plain tones, and WAV files with whatever is wrong with them."""

import math
import struct
from array import array
from collections.abc import Sequence

from checkin.domain.sounds import RATE


def tone(seconds: float = 1, loudness: int = 9000, hertz: int = 440) -> list[int]:
    """Return the samples of a tone."""
    return [
        round(loudness * math.sin(2 * math.pi * hertz * n / RATE))
        for n in range(round(RATE * seconds))
    ]


def wav_of(
    samples: Sequence[int],
    rate: int = RATE,
    channels: int = 1,
    bits: int = 16,
    code: int = 1,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """Return a WAV file, with other chunks before and after its sound."""
    width = channels * bits // 8
    form = struct.pack("<HHIIHH", code, channels, rate, rate * width, width, bits)
    body = chunk(b"fmt ", form) + before + chunk(b"data", array("h", samples).tobytes()) + after
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
