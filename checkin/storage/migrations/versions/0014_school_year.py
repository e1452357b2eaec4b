"""classrooms through the years, who teaches when, and shorter days

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_DAY_COLUMNS = (
    ("closes", sa.Integer()),
    ("added_at", sa.DateTime(timezone=True)),
    ("added_by", sa.Integer()),
    ("removed_at", sa.DateTime(timezone=True)),
    ("removed_by", sa.Integer()),
)


def upgrade() -> None:
    """Apply."""
    # Not in a batch: that would make the table anew, and SQLite lets no table go others point to.
    for name, kind in _DAY_COLUMNS:
        op.add_column("calendar_day", sa.Column(name, kind, nullable=True))
    _add_substitutions()
    _add_changes()
    _add_tablet_moves()


def downgrade() -> None:
    """Undo."""
    for table in ("tablet_move", "class_change_part", "class_change", "substitution"):
        op.drop_table(table)
    for name, _ in reversed(_DAY_COLUMNS):
        op.drop_column("calendar_day", name)


def _add_substitutions() -> None:
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        *_records("added", "ended"),
    )
    for column in ("school_id", "classroom_id", "staff_id"):
        op.create_index(f"ix_substitution_{column}", "substitution", [column])


def _add_changes() -> None:
    op.create_table(
        "class_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_records("planned", "undone"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_class_change_school_id", "class_change", ["school_id"])
    op.create_table(
        "class_change_part",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("change_id", sa.Integer(), sa.ForeignKey("class_change.id"), nullable=False),
        sa.Column("from_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=True),
        sa.Column("to_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("pupils_before", sa.Integer(), nullable=True),
        sa.Column("cards_since_before", sa.Date(), nullable=True),
    )
    for column in ("school_id", "change_id"):
        op.create_index(f"ix_class_change_part_{column}", "class_change_part", [column])


def _add_tablet_moves() -> None:
    op.create_table(
        "tablet_move",
        sa.Column("change_id", sa.Integer(), sa.ForeignKey("class_change.id"), primary_key=True),
        sa.Column("tablet_id", sa.Integer(), sa.ForeignKey("tablet.id"), primary_key=True),
        _school(),
        sa.Column("from_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=False),
        sa.Column("to_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in ("school_id", "tablet_id"):
        op.create_index(f"ix_tablet_move_{column}", "tablet_move", [column])


def _records(begun: str, ended: str) -> tuple[sa.Column[object], ...]:
    """Say who began and who ended something, and when."""
    return (
        sa.Column(f"{begun}_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(f"{begun}_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column(f"{ended}_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(f"{ended}_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=True),
    )


def _school() -> sa.Column[object]:
    return sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False)
