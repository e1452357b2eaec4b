"""deadlines, decisions and what a team did with a week

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("flag", "at_step"),
    ("flag_event", "role"),
    ("flag_event", "role_label"),
    ("flag_event", "at_step"),
)


def upgrade() -> None:
    """Apply."""
    for table, column in _NEW_COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
    _add_reviews()
    _add_decisions()
    _add_talks_and_loops()


def downgrade() -> None:
    """Undo."""
    for table in ("class_loop", "parents_talk", "decision", "review_meeting"):
        op.drop_table(table)
    for table, column in reversed(_NEW_COLUMNS):
        op.drop_column(table, column)


def _add_reviews() -> None:
    op.create_table(
        "review_meeting",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("school_id", "week"),
    )
    op.create_index("ix_review_meeting_school_id", "review_meeting", ["school_id"])


def _add_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id"), nullable=True),
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("who", sa.Integer(), sa.ForeignKey("staff.id"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        _staff("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("followed_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=True),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.UniqueConstraint("school_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_school_id", "decision", ["school_id"])
    op.create_index("ix_decision_flag_id", "decision", ["flag_id"])


def _add_talks_and_loops() -> None:
    op.create_table(
        "parents_talk",
        sa.Column("id", sa.Integer(), primary_key=True),
        _school(),
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id"), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=False),
        sa.Column("talked_with", sa.String(), nullable=False),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("own_consent", sa.String(), nullable=False),
        _staff("noted_by"),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_parents_talk_school_id", "parents_talk", ["school_id"])
    op.create_index("ix_parents_talk_flag_id", "parents_talk", ["flag_id"])
    op.create_table(
        "class_loop",
        sa.Column("classroom_id", sa.Integer(), sa.ForeignKey("classroom.id"), primary_key=True),
        sa.Column("week", sa.String(), primary_key=True),
        _school(),
        sa.Column("text", sa.String(), nullable=False),
        _staff("written_by"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_class_loop_school_id", "class_loop", ["school_id"])


def _school() -> sa.Column[int]:
    return sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False)


def _staff(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("staff.id"), nullable=False)
