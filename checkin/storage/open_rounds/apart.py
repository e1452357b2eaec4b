"""The connection that serves pages must not be able to read the open rounds."""

from sqlalchemy import text

from checkin.storage.database import StorageUnavailable, db

READABLE = """
SELECT CASE
    WHEN rolsuper THEN 'is a superuser'
    WHEN rolcreaterole THEN 'may make roles'
    WHEN rolreplication THEN 'may copy the whole server'
    WHEN pg_has_role('pg_read_all_data', 'MEMBER') THEN 'may read all data'
    WHEN pg_has_role('pg_read_server_files', 'MEMBER') THEN 'may read the files of the server'
    WHEN pg_has_role('pg_execute_server_program', 'MEMBER') THEN 'may run programs on the server'
    WHEN pg_has_role(nspowner, 'MEMBER') THEN 'owns the open rounds, or is a member of who does'
    WHEN has_schema_privilege(pg_namespace.oid, 'USAGE') THEN 'may use the schema open_rounds'
END
FROM pg_roles LEFT JOIN pg_namespace ON nspname = 'open_rounds' WHERE rolname = current_user
"""


def refuse_readable() -> None:
    """Raise StorageUnavailable when the role that serves pages could read a counter."""
    with db.engine.connect() as connection:
        how = connection.execute(text(READABLE)).scalar()
    if how is not None:
        raise StorageUnavailable(
            f"the role of CHECKIN_DATABASE_URL {how}, so pages could read open rounds; give it a"
            " role of its own, as docs/postgresql.md says"
        )
