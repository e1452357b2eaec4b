"""a structure as draft, approval and history; who is away when

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_IS_DRAFT = sa.text("state = 'draft'")

# They point to nothing: SQLite could not drop such columns again.
_COLUMNS = (
    ("made_by", sa.Integer()),
    ("made_at", sa.DateTime(timezone=True)),
    ("changed_by", sa.Integer()),
    ("changed_at", sa.DateTime(timezone=True)),
    ("approved_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Apply; what was stored before was in force, so it is approved."""
    op.add_column(
        "structure", sa.Column("state", sa.String(), nullable=False, server_default="approved")
    )
    op.add_column(
        "structure", sa.Column("edition", sa.Integer(), nullable=False, server_default="0")
    )
    for name, kind in _COLUMNS:
        op.add_column("structure", sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_structure_one_draft",
        "structure",
        ["school_id"],
        unique=True,
        sqlite_where=_IS_DRAFT,
        postgresql_where=_IS_DRAFT,
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.CheckConstraint("first <= last", name="absence_ends_after_it_began"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absence_school_id", "absence", ["school_id"])
    op.create_index("ix_absence_staff_id", "absence", ["staff_id"])


def downgrade() -> None:
    """Undo; drafts are given up, as the older program would take them for approved."""
    op.drop_table("absence")
    op.execute("DELETE FROM structure WHERE state = 'draft'")
    op.drop_index("ix_structure_one_draft", "structure")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("structure", name)
    op.drop_column("structure", "edition")
    op.drop_column("structure", "state")
