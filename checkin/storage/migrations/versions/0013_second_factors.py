"""second factors, passkeys and sign-in elsewhere

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "staff_session", sa.Column("way", sa.String(), nullable=False, server_default="password")
    )
    op.create_table(
        "authenticator",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_whose(),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_whose(),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.LargeBinary(), primary_key=True),
        *_whose(),
        sa.Column("used_on", sa.Date(), nullable=True),
    )
    op.create_table(
        "sign_in_step",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        *_whose(nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "factor_duty",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "factor_rule",
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
        sa.Column("set_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "outside_identity",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_whose(),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
        sa.UniqueConstraint("staff_id", "issuer"),
    )
    for table in (*OF_PEOPLE, "factor_duty", "outside_identity"):
        op.create_index(f"ix_{table}_school_id", table, ["school_id"])
    for table in OF_PEOPLE:
        op.create_index(f"ix_{table}_staff_id", table, ["staff_id"])


def downgrade() -> None:
    """Undo."""
    for table in ("outside_identity", "factor_rule", "factor_duty", *reversed(OF_PEOPLE)):
        op.drop_table(table)
    op.drop_column("staff_session", "way")


OF_PEOPLE = ("authenticator", "passkey", "recovery_code", "sign_in_step")


def _whose(nullable: bool = False) -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=nullable),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=nullable),
    )
