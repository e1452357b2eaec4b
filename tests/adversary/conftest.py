"""The place of every attack, built once and copied for each."""

from pathlib import Path

import pytest

from tests.adversary.places import Place, build_place


@pytest.fixture(scope="session")
def built_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_place(tmp_path_factory.mktemp("place") / "files")


@pytest.fixture
def place(built_place: Place, tmp_path: Path) -> Place:
    """A school on Monday morning where nobody has tapped yet."""
    return built_place.copied_to(tmp_path / "files")
