"""what helps me today, and since when a class has its cards

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Not in a batch: that would make the table anew, and SQLite lets no table go others point to.
    op.add_column(
        "classroom", sa.Column("coping", sa.String(), nullable=False, server_default="off")
    )
    op.add_column("classroom", sa.Column("cards_since", sa.Date(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("classroom", "cards_since")
    op.drop_column("classroom", "coping")
