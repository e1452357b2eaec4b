"""It takes any bytes for a sound or refuses them clearly, and writes only what it heard."""

import io
import struct
import wave
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.recordings import Recording, version_of
from checkin.domain.sounds import (
    LONGEST,
    MOST_BYTES,
    PEAK,
    RATE,
    SHORTEST,
    NotASound,
    Refusal,
    clean,
    level,
    read_wav,
    write_wav,
)
from tests.sounds import chunk, tone, wav_of

SECOND = tone(1)
HEAD, FORM = b"RIFF\0\0\0\0WAVE", wav_of([])[12:36]


def refusal_of(wav: bytes) -> Refusal | None:
    try:
        clean(wav)
    except NotASound as refused:
        return refused.refusal
    return None


@given(st.binary(max_size=400))
def test_any_bytes_are_a_sound_or_a_clear_refusal(anything: bytes) -> None:
    assert isinstance(refusal_of(anything), Refusal)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([b"fmt ", b"data", b"LIST", b"\0\0\0\0"]),
            st.one_of(st.just(FORM[8:]), st.binary(max_size=40)),
            st.integers(-3, 3),
        ),
        max_size=5,
    )
)
def test_any_chunks_are_a_sound_or_a_clear_refusal(chunks: list[tuple[bytes, bytes, int]]) -> None:
    body = b"".join(
        name + struct.pack("<I", max(0, len(its) + off)) + its for name, its, off in chunks
    )
    assert isinstance(refusal_of(b"RIFF" + bytes(4) + b"WAVE" + body), Refusal | None)


@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=50), st.integers(0, 50))
def test_what_it_writes_is_a_wav_that_every_reader_reads(some: list[int], more: int) -> None:
    samples = (some * SHORTEST)[: SHORTEST + more]
    try:
        written = clean(wav_of(samples))
    except NotASound as refused:
        assert refused.refusal is Refusal.SILENT
        return
    assert len(read_wav(written)) == len(samples)
    with wave.open(io.BytesIO(written)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getsampwidth()) == (1, RATE, 2)
        assert sound.getnframes() == len(samples)
    assert max(map(abs, read_wav(written))) <= PEAK


def test_writes_samples_as_they_are() -> None:
    assert list(read_wav(write_wav([*SECOND, -32768, 32767]))) == [*SECOND, -32768, 32767]


@pytest.mark.parametrize(
    ("wav", "refusal"),
    [
        (b"", Refusal.NOT_A_SOUND),
        (b"<!doctype html>" * 100, Refusal.NOT_A_SOUND),
        (b"RIFF\0\0\0\0AVI " + bytes(100), Refusal.NOT_A_SOUND),
        (b"RIFF\0\0\0\0WAVE", Refusal.NOT_A_SOUND),
        (wav_of(SECOND)[:-1], Refusal.NOT_A_SOUND),
        (HEAD + chunk(b"fmt ", FORM[8:18]) + wav_of(SECOND)[36:], Refusal.NOT_A_SOUND),
        (HEAD + FORM + chunk(b"data", bytes(2 * RATE + 1)), Refusal.NOT_A_SOUND),
        (HEAD + FORM, Refusal.NOT_A_SOUND),
        (HEAD + chunk(b"data", bytes(2 * RATE)), Refusal.NOT_A_SOUND),
        (wav_of(SECOND, after=chunk(b"data", bytes(8))), Refusal.NOT_A_SOUND),
        (wav_of(SECOND, rate=44_100), Refusal.OTHER_FORMAT),
        (wav_of(SECOND, channels=2), Refusal.OTHER_FORMAT),
        (wav_of(SECOND, code=3), Refusal.OTHER_FORMAT),
        (wav_of(SECOND, bits=8), Refusal.OTHER_FORMAT),
        (wav_of([]), Refusal.TOO_SHORT),
        (wav_of(SECOND[: SHORTEST - 1]), Refusal.TOO_SHORT),
        (wav_of([9000, -9000] * (LONGEST // 2) + [9000]), Refusal.TOO_LONG),
        (bytes(MOST_BYTES + 1), Refusal.TOO_LONG),
        (wav_of([0] * RATE), Refusal.SILENT),
        (wav_of([12_000] * RATE), Refusal.SILENT),
        (wav_of([1, -1] * RATE), Refusal.SILENT),
    ],
)
def test_says_what_is_wrong(wav: bytes, refusal: Refusal) -> None:
    assert refusal_of(wav) is refusal


def test_takes_the_longest_and_the_shortest_word() -> None:
    assert refusal_of(wav_of((SECOND * 4)[:LONGEST])) is None
    assert refusal_of(wav_of(SECOND[:SHORTEST])) is None


def test_leaves_out_all_that_is_no_sound() -> None:
    stowaway = b"<script>alert(1)</script>PK\3\4"
    before, after = chunk(b"LIST", stowaway), chunk(b"id3 ", stowaway) + stowaway[:7]
    clean_one = clean(wav_of(SECOND))
    assert clean(wav_of(SECOND, before=before, after=after)) == clean_one
    assert b"script" not in clean_one


def test_makes_every_voice_as_loud() -> None:
    for gain in (0.2, 0.5, 1.5):
        levelled = level([round(sample * gain) for sample in SECOND])
        assert abs(max(map(abs, levelled)) - PEAK) < 40


def test_does_not_blow_a_murmur_up_without_end() -> None:
    murmur = [round(sample / 80) for sample in SECOND]
    assert max(map(abs, level(murmur))) <= 20 * max(map(abs, murmur))


def test_begins_and_ends_without_a_click() -> None:
    levelled = level([20_000 if n % 100 < 50 else -20_000 for n in range(RATE)])
    assert abs(levelled[0]) < 10
    assert abs(levelled[-1]) < 10


def test_takes_out_what_a_bad_sound_card_adds() -> None:
    shifted = level([sample + 3000 for sample in SECOND])
    assert abs(sum(shifted) / len(shifted)) < 5


def test_knows_whether_a_recording_still_says_the_word() -> None:
    version = version_of(write_wav(SECOND), "ጓሂ")
    recording = Recording("ti", "sad", version, date(2026, 11, 23))
    assert recording.says("ጓሂ")
    assert recording.says("ጓ\u00adሂ")  # where it may break is only for the eye
    assert not recording.says("ሓጎስ")
    assert version != version_of(write_wav(SECOND[1:]), "ጓሂ")


def test_the_loudness_of_a_word_among_silence_counts() -> None:
    word: Sequence[int] = [0] * RATE + SECOND[: RATE // 4] + [0] * RATE
    assert refusal_of(wav_of(word)) is None
    assert len(read_wav(clean(wav_of(word)))) == len(word)
