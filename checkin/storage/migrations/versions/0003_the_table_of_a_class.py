"""words that can be hidden, pauses, own words and languages, recorded words, what a tablet holds

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Not in a batch: that would make the table anew, and SQLite lets no table go others point to.
    op.add_column(
        "classroom",
        sa.Column("shows_words", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column("classroom", sa.Column("pause_first", sa.Date(), nullable=True))
    op.add_column("classroom", sa.Column("pause_last", sa.Date(), nullable=True))
    op.add_column("tablet", sa.Column("downloaded", sa.String(), nullable=True))
    op.add_column("tablet", sa.Column("kept", sa.String(), nullable=True))
    op.create_table(
        "own_language",
        _school(),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
    )
    op.create_table(
        "own_word",
        _school(),
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("word", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
    )
    op.create_table(
        "language_review",
        _school(),
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("words_version", sa.String(), nullable=False),
    )
    op.create_table(
        "recording",
        _school(),
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("word", sa.String(), primary_key=True),
        sa.Column("audio", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("recording", "language_review", "own_word", "own_language"):
        op.drop_table(table)
    op.drop_column("tablet", "kept")
    op.drop_column("tablet", "downloaded")
    for column in ("pause_last", "pause_first", "shows_words"):
        op.drop_column("classroom", column)


def _school() -> sa.Column[int]:
    return sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True)
