"""where the open rounds of a school are, and when they were lost

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("school", sa.Column("home", sa.String(), nullable=True))
    op.add_column("school", sa.Column("lost_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("school", "lost_on")
    op.drop_column("school", "home")
