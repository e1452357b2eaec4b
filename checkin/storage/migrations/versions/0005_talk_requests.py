"""who a pupil can ask for a talk, and the wishes themselves

Revision ID: 0005
Revises: 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("talk_setting", "talk_class", "talk_adult", "talk_adult_class", "talk_request")
INDEXED = ("talk_class", "talk_adult", "talk_adult_class", "talk_request", "talk_step")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "talk_setting",
        _to("school_id", "school.id", primary_key=True),
        sa.Column("protocol", sa.String(), nullable=False),
        _to("pain_to", "staff.id", nullable=True),
    )
    op.create_table(
        "talk_class",
        _to("classroom_id", "classroom.id", primary_key=True),
        _to("school_id", "school.id"),
    )
    op.create_table(
        "talk_adult",
        _to("staff_id", "staff.id", primary_key=True),
        _to("school_id", "school.id"),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        _to("deputy_id", "staff.id", nullable=True),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("photo_version", sa.String(), nullable=False),
    )
    op.create_table(
        "talk_adult_class",
        _to("staff_id", "talk_adult.staff_id", primary_key=True),
        _to("classroom_id", "classroom.id", primary_key=True),
        _to("school_id", "school.id"),
    )
    op.create_table(
        "talk_request",
        sa.Column("id", sa.String(), primary_key=True),
        _to("school_id", "school.id"),
        _to("classroom_id", "classroom.id"),
        _to("adult_id", "staff.id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_in", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "talk_step",
        _to("request_id", "talk_request.id", primary_key=True, kind=sa.String()),
        sa.Column("step", sa.String(), primary_key=True),
        _to("school_id", "school.id"),
        _to("staff_id", "staff.id"),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_in", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    for table in INDEXED:
        op.create_index(f"ix_{table}_school_id", table, ["school_id"])
    op.create_index("ix_talk_request_classroom_id", "talk_request", ["classroom_id"])


def downgrade() -> None:
    """Undo."""
    for table in ("talk_step", *reversed(TABLES)):
        op.drop_table(table)


def _to(
    name: str,
    column: str,
    primary_key: bool = False,
    nullable: bool = False,
    kind: sa.String | None = None,
) -> sa.Column[Any]:
    what = kind or sa.Integer()
    return sa.Column(name, what, sa.ForeignKey(column), primary_key=primary_key, nullable=nullable)
