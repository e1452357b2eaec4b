"""A small school for every test of a service."""

from pathlib import Path

import pytest

from tests.school import SmallSchool, small_school


@pytest.fixture
def school(tmp_path: Path):
    """A school on Monday morning, its rounds not sealed, nobody has tapped."""
    with small_school(tmp_path) as made:
        assert isinstance(made, SmallSchool)
        yield made
