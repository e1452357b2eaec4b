"""A small school for every test of a service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import (  # noqa: F401  # fixtures
    database,
    new_database_of,
    postgresql,
    prepared_template,
)
from tests.school import Built, SmallSchool, build, small_school


@pytest.fixture
def school(request: pytest.FixtureRequest, tmp_path: Path):
    """A school on Monday morning, its rounds not sealed, nobody has tapped.

    It lives in files, or asked for as "server" in PostgreSQL, its open rounds with it.
    """
    if getattr(request, "param", "file") != "server":
        with small_school(tmp_path) as made:
            yield made
        return
    template, built = request.getfixturevalue("built_on_server")
    own = new_database_of(request.getfixturevalue("postgresql"), template)
    with small_school(tmp_path, own.url, own.open_rounds_url, built) as made:
        assert isinstance(made, SmallSchool)
        yield made


@pytest.fixture(scope="session")
def built_on_server(
    postgresql: str,  # noqa: F811
    prepared_template: str,  # noqa: F811
) -> Iterator[tuple[str, Built]]:
    """The name of a database with the school in it, and the school."""
    made = new_database_of(postgresql, prepared_template)
    school = build(made.url, made.open_rounds_url)
    with school.here:
        yield made.name, school
