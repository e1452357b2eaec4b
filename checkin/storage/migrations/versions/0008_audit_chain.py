"""each line of the audit holds the one before it

Revision ID: 0008
Revises: 0007
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from checkin.domain.audit import BEGINNING, Line, hash_of

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What is forgotten is first put behind the anchor, which only ever moves on.
_SQLITE = (
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END
    """,
    """
    CREATE TRIGGER audit_is_only_forgotten BEFORE DELETE ON audit
    WHEN OLD.number > COALESCE(
        (SELECT forgotten FROM audit_head WHERE school_id = OLD.school_id), 0)
    BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END
    """,
    """
    CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END
    """,
    """
    CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head
    WHEN NEW.school_id <> OLD.school_id OR NEW.number < OLD.number
        OR NEW.forgotten < OLD.forgotten OR NEW.forgotten > NEW.number
    BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$
    """,
    """
    CREATE FUNCTION audit_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.number > COALESCE(
            (SELECT forgotten FROM audit_head WHERE school_id = OLD.school_id), 0)
        THEN RAISE EXCEPTION 'the audit is only ever added to'; END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE FUNCTION audit_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.school_id <> OLD.school_id OR NEW.number < OLD.number
            OR NEW.forgotten < OLD.forgotten OR NEW.forgotten > NEW.number
        THEN RAISE EXCEPTION 'the audit is only ever added to'; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_is_only_forgotten BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_forgets()
    """,
    """
    CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_head_is_never_emptied BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_moves_on()
    """,
)
_FUNCTIONS = ("audit_refuses", "audit_forgets", "audit_moves_on")


def upgrade() -> None:
    """Apply; the lines there are become the first of their school's chain."""
    old = _read("id")
    op.drop_table("audit")
    _make_tables()
    _chain(old)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Undo."""
    lines = _read("number")
    op.drop_table("audit")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name != "sqlite":
        for name in _FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}")
    before = op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        *_told(),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_school_id", "audit", ["school_id"])
    _insert(before, ({k: v for k, v in line.items() if k in _NAMES} for line in lines))


_NAMES = ("school_id", "at", "staff_id", "what", "subject")


def _told() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
    )


def _make_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *_told(),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_table(
        "audit_head",
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("forgotten", sa.Integer(), nullable=False),
        sa.Column("forgotten_hash", sa.String(), nullable=False),
    )


def _read(order: str) -> list[dict[str, Any]]:
    told = sa.table("audit", sa.column("school_id"), *_told_columns(), sa.column(order))
    query = sa.select(told).order_by(told.c.school_id, told.c[order])
    rows = [dict(row._mapping) for row in op.get_bind().execute(query)]
    for row in rows:
        row["at"] = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)
    return rows


def _told_columns() -> tuple[sa.ColumnClause[Any], ...]:
    return (
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("staff_id"),
        sa.column("what"),
        sa.column("subject"),
    )


def _chain(old: list[dict[str, Any]]) -> None:
    heads: dict[int, tuple[int, str]] = {}
    lines = []
    for row in old:
        school = row["school_id"]
        number, last = heads.get(school, (0, BEGINNING))
        line = Line(
            school, number + 1, row["at"], row["staff_id"], row["what"], row["subject"], last
        )
        line = replace(line, hash=hash_of(line))
        heads[school] = (line.number, line.hash)
        told = {name: row[name] for name in _NAMES}
        lines.append({**told, "number": line.number, "previous": last, "hash": line.hash})
    _insert(_table("audit", (*_NAMES, "number", "previous", "hash")), lines)
    start = {"forgotten": 0, "forgotten_hash": BEGINNING}
    ends = [{"school_id": s, "number": n, "hash": h, **start} for s, (n, h) in heads.items()]
    _insert(_table("audit_head", ("school_id", "number", "hash", *start)), ends)


def _table(name: str, columns: Iterable[str]) -> sa.TableClause:
    kinds = {"at": sa.DateTime(timezone=True)}
    return sa.table(name, *(sa.column(c, kinds.get(c)) for c in columns))


def _insert(table: Any, rows: Iterable[dict[str, Any]]) -> None:
    # The sqlite driver takes an instant without its zone, as the program stores it.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    found = [
        {**row, "at": row["at"].replace(tzinfo=None)} if is_sqlite and "at" in row else row
        for row in rows
    ]
    if found:
        op.bulk_insert(table, found)
