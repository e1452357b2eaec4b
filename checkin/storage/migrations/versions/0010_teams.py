"""a group of colleagues beside the classes

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Not in a batch: that would make the table anew, and SQLite lets no table go others point to.
    op.add_column(
        "classroom", sa.Column("kind", sa.String(), nullable=False, server_default="class")
    )
    op.create_table(
        "team_member",
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
    )
    op.create_index("ix_team_member_school_id", "team_member", ["school_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("team_member")
    op.drop_column("classroom", "kind")
