"""A served school to send strange things to, and how long to do so."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Cast, HeldClock, built_school, close, make_app  # noqa: F401

SECONDS = float(os.environ.get("CHECKIN_FUZZ_SECONDS", "30"))
"""How long the long version sends strange things to one reader, or as one person."""


@pytest.fixture
def seconds() -> float:
    return SECONDS


@pytest.fixture(scope="module")
def fuzzed_app(
    built_school: tuple[Path, Cast],  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The cast's school, for one file of tests: whatever happens to it is of no account."""
    import shutil

    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(built_school[0], folder, dirs_exist_ok=True)
    app = make_app(folder, HeldClock())
    app.extensions["checkin_taps_of_the_minute"].most = 10**9  # its clock stands still
    yield app
    close(app)
