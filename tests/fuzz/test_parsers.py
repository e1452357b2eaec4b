"""No reader of what strangers send breaks: it refuses in its own words, or gives what holds."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.parsers import OF_APP, PLAIN, Parser, parsers_of
from tests.fuzz.strange import strange_bytes

CORPUS = Path(__file__).parent / "corpus"
"""What once broke a reader, or nearly: a folder for each, a file for each thing sent."""
UNMENDED: frozenset[str] = frozenset()
NAMES = sorted((*PLAIN, *OF_APP))
JSON = frozenset({"taps", "wish", "symbol"})
SLOW = frozenset({"cookies", "addresses", "photo", "sound"})
UNHURRIED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


def kept() -> list[Any]:
    """Return what is in the corpus; what is found and not yet mended is expected to fail."""
    found = sorted(CORPUS.rglob("*.bin"))
    return [pytest.param(f, marks=[pytest.mark.xfail] * (f.stem in UNMENDED)) for f in found]


def reading(app: Flask, parser: Parser) -> Callable[[bytes], None]:
    """Return what reads, within a request where that is needed."""

    def read(sent: bytes) -> None:
        with app.test_request_context("/") if parser.needs_request else nullcontext():
            parser.read(sent)

    return read


@pytest.mark.parametrize("name", NAMES)
def test_no_strange_input_breaks_a_reader(fuzzed_app: Flask, name: str) -> None:
    parser = parsers_of(fuzzed_app)[name]
    read = reading(fuzzed_app, parser)
    most = 40 if name in SLOW else 400 if name in JSON else 150
    settings(UNHURRIED, max_examples=most)(given(strange_bytes(parser))(read))()


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_takes_what_it_is_made_for(fuzzed_app: Flask, name: str) -> None:
    parser = parsers_of(fuzzed_app)[name]
    for sent in parser.seeds:
        reading(fuzzed_app, parser)(sent)


@pytest.mark.parametrize("file", kept(), ids=lambda file: file.stem)
def test_what_broke_a_reader_once_breaks_it_no_more(fuzzed_app: Flask, file: Path) -> None:
    parser = parsers_of(fuzzed_app)[file.parent.name]
    reading(fuzzed_app, parser)(file.read_bytes())


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_no_strange_input_breaks_a_reader_for_long(
    fuzzed_app: Flask, name: str, seconds: float
) -> None:
    parser = parsers_of(fuzzed_app)[name]
    read, ends, turn = reading(fuzzed_app, parser), monotonic() + seconds, 0
    while monotonic() < ends:
        turn += 1
        random = settings(UNHURRIED, derandomize=False, max_examples=100)
        seed(turn)(random(given(strange_bytes(parser))(read)))()


def test_it_catches_a_reader_that_breaks() -> None:
    """A reader that trusts the length a stranger wrote is found within the short version."""

    def trusting(sent: bytes) -> None:
        if sent[:4] == b"RIFF":
            length = int.from_bytes(sent[4:8], "little")
            assert length <= len(sent)

    parser = Parser(trusting, (b"RIFF\x04\0\0\0WAVE",), (b"RIFF", b"\xff" * 4))
    with pytest.raises(AssertionError):
        settings(UNHURRIED, max_examples=150)(given(strange_bytes(parser))(trusting))()
