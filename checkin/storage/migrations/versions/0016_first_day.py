"""the code that begins a school, and its checklist

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "first_start",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "first_answer",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
    )
    op.create_table(
        "first_day_tick",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=True),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("ticked_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_first_day_tick_school_id", "first_day_tick", ["school_id"])


def downgrade() -> None:
    """Undo."""
    for table in ("first_day_tick", "first_answer", "first_start"):
        op.drop_table(table)
