"""invitations, new passwords, and where somebody is signed in

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("staff", sa.Column("signed_in_on", sa.Date(), nullable=True))
    for name in ("browser", "device"):
        op.add_column(
            "staff_session", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True, unique=True),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sqlite_autoincrement=True,
    )
    for column in ("school_id", "staff_id"):
        op.create_index(f"ix_invitation_{column}", "invitation", [column])


def downgrade() -> None:
    """Undo."""
    op.drop_table("invitation")
    for name in ("device", "browser"):
        op.drop_column("staff_session", name)
    op.drop_column("staff", "signed_in_on")
