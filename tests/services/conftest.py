"""A small school for every test of a service."""

from pathlib import Path

import pytest

from tests.postgresql import database, postgresql, prepared_template  # noqa: F401  # fixtures
from tests.school import SmallSchool, small_school


@pytest.fixture
def school(request: pytest.FixtureRequest, tmp_path: Path):
    """A school on Monday morning, its rounds not sealed, nobody has tapped.

    It lives in files, or asked for as "server" in PostgreSQL, its open rounds with it.
    """
    urls = ()
    if getattr(request, "param", "file") == "server":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with small_school(tmp_path, *urls) as made:
        assert isinstance(made, SmallSchool)
        yield made
