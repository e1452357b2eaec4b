"""what waits to be mailed, and to whom

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(), nullable=False),
        sa.UniqueConstraint("staff_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mail_school_id", "mail", ["school_id"])
    op.create_table(
        "mail_setting",
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
        sa.Column("quiet_begins", sa.Integer(), nullable=False),
        sa.Column("quiet_ends", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "mail_choice",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
    )
    op.create_index("ix_mail_choice_school_id", "mail_choice", ["school_id"])


def downgrade() -> None:
    """Undo."""
    for table in ("mail_choice", "mail_setting", "mail"):
        op.drop_table(table)
