"""what the rules remember and how they are set, when a flag reached somebody and whom it was given

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Whoever has a flag in hand was given it in its last step of that kind.
_WHO_HAS_IT = """
UPDATE flag_event SET given_to = (SELECT assigned_to FROM flag WHERE flag.id = flag_event.flag_id)
WHERE id IN (SELECT max(id) FROM flag_event WHERE step = 'assigned' GROUP BY flag_id)
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "engine_state",
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("taken_in", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("waits_for", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cards_since", sa.Date(), nullable=True),
        sa.Column("attention", sa.Double(), nullable=False),
        sa.Column("budget", sa.Double(), nullable=False),
    )
    op.create_index("ix_engine_state_school_id", "engine_state", ["school_id"])
    op.create_table(
        "rule_setting",
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
        sa.Column("attention", sa.Double(), nullable=False),
        sa.Column("budget", sa.Double(), nullable=False),
    )
    op.add_column("flag", sa.Column("reached_on", sa.Date(), nullable=True))
    op.add_column("flag", sa.Column("kept_back", sa.String(), nullable=True))
    op.execute("UPDATE flag SET reached_on = raised_on")
    # It points to nothing: SQLite could not drop such a column again.
    op.add_column("flag_event", sa.Column("given_to", sa.Integer(), nullable=True))
    op.execute(_WHO_HAS_IT)


def downgrade() -> None:
    """Undo."""
    op.drop_column("flag_event", "given_to")
    op.drop_column("flag", "kept_back")
    op.drop_column("flag", "reached_on")
    op.drop_table("rule_setting")
    op.drop_table("engine_state")
