"""Runs the migrations on the app's own engine."""

from typing import Any, Literal

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our instants as what the database sees of them."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Apply the migrations in one transaction where the database can."""
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
