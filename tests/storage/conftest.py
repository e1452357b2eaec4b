"""PostgreSQL for every test of storage."""

from tests.postgresql import (  # noqa: F401  # fixtures
    bare_database,
    database,
    new_database,
    postgresql,
    prepared_template,
)
