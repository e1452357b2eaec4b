"""Open rounds in PostgreSQL: how it is reached, and what it must promise before it is used."""

from collections.abc import Sequence

import psycopg

from checkin.storage.database import StorageUnavailable
from checkin.storage.open_rounds import tables
from checkin.storage.open_rounds.boxed import BoxedTransaction
from checkin.storage.open_rounds.boxes import Boxes
from checkin.storage.open_rounds.facts import VERSION, Asked
from checkin.storage.open_rounds.shelf import Connection, Shelf
from checkin.storage.open_rounds.transaction import OpenTransaction

TURN = "SELECT pg_advisory_xact_lock(7162826471)"
"""One transaction at a time, over all server processes; who waits is served in order."""

TURN_AND_MARK = f"{TURN}, (SELECT mark FROM home)"

SETTINGS = """
SET search_path = open_rounds;
SET synchronous_commit = on;
SET default_transaction_isolation = 'read committed';
SET jit = off;
SET plan_cache_mode = force_generic_plan;
SET client_min_messages = warning;
SET lock_timeout = '5s';
SET statement_timeout = '10s';
SET idle_in_transaction_session_timeout = '10s';
"""

PROMISED = {
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "track_commit_timestamp": "off",
}
"""What is acknowledged is on disk, and no row tells when it was written."""

NO_SCHEMA = (
    "CHECKIN_OPEN_ROUNDS_URL: its role has no schema open_rounds of its own in that database;"
    " docs/postgresql.md says what an administrator runs once"
)


class Server:
    """Open rounds in a schema of their own, under a role that serves no pages."""

    trouble = psycopg.Error

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self._boxes = Boxes(secret)
        self._connection: Connection | None = None

    def begin(self, asked: Sequence[Asked] = ()) -> OpenTransaction:
        """Wait for our turn and start a transaction, connecting first if need be."""
        if self._connection is not None:
            try:
                return self._begin(self._connection, asked)
            except psycopg.OperationalError:
                if not self._connection.closed:
                    raise
        self._connection = self._connect()  # it was lost while nothing was under way
        return self._begin(self._connection, asked)

    def commit(self, transaction: OpenTransaction) -> None:
        """Write what the transaction counted, in one go with its end."""
        assert isinstance(transaction, BoxedTransaction)  # noqa: S101  # `begin` made it
        assert self._connection is not None  # noqa: S101  # likewise
        with self._connection.pipeline():
            transaction.settle()
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connection, which undoes what was not committed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _begin(self, connection: Connection, asked: Sequence[Asked]) -> BoxedTransaction:
        """Ask for our turn and for all that jobs will ask for; one answer comes for it all."""
        transaction = BoxedTransaction(Shelf(connection, self._boxes))
        with connection.pipeline():
            connection.execute("BEGIN")
            told = connection.execute(TURN_AND_MARK)
            take = transaction.ask(asked)
        (_, transaction.mark) = told.fetchone() or ("", "")
        take()
        return transaction

    def _connect(self) -> Connection:
        connection: Connection = psycopg.connect(
            self.url,
            autocommit=True,
            connect_timeout=5,
            application_name="checkin open rounds",
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=2,
            tcp_user_timeout=10_000,
        )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: Connection) -> None:
        connection.execute(SETTINGS, prepare=False)
        for name, promised in PROMISED.items():
            (found,) = connection.execute("SELECT current_setting(%s)", (name,)).fetchone() or ("",)
            if found != promised:
                raise StorageUnavailable(
                    f"the PostgreSQL server has {name} = {found}; open rounds need {promised}"
                )
        with connection.transaction():
            connection.execute(TURN)
            self._find_home(connection)

    def _find_home(self, connection: Connection) -> None:
        """Make the tables on first use, and see that version and secret are ours."""
        try:
            if connection.execute("SELECT to_regclass('open_rounds.home')").fetchone() == (None,):
                tables.create(connection, self._boxes.shut([VERSION], "home", "proof"))
            found = connection.execute("SELECT version, proof FROM home").fetchone()
        except (psycopg.errors.InvalidSchemaName, psycopg.errors.InsufficientPrivilege) as error:
            raise StorageUnavailable(NO_SCHEMA) from error
        version, proof = found or (0, b"")
        if version > VERSION:
            raise StorageUnavailable("the open rounds were made by a newer version of checkin")
        self._boxes.open(proof, "home", "proof")
