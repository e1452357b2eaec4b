"""One thread that writes the open rounds and commits together what waits together.

SQLite lets one writer in at a time, and a durable commit costs milliseconds. Taps of many tablets
that arrive during one commit share the next one, so the queue stays short and nobody starves.
"""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from checkin.storage.database import PERHAPS, StorageUnavailable
from checkin.storage.open_rounds.file import connect
from checkin.storage.open_rounds.transaction import OpenTransaction

T = TypeVar("T")
Job = Callable[[OpenTransaction], Any]
_Ticket = tuple[Job, "Future[Any]"]

MOST_TOGETHER = 64
SECONDS_TO_WAIT = 15.0


class Writer:
    """Runs jobs on the open rounds, each wholly or not at all, durable before it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._queue: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._connection: sqlite3.Connection | None = None

    def run(self, job: Callable[[OpenTransaction], T]) -> T:
        """Run a job in a transaction and return its result once it is on disk.

        Raises StorageUnavailable when it cannot be stored; then nothing of it was.
        """
        ticket: Future[T] = Future()
        self._queue.put((job, ticket))
        self._start()
        try:
            return ticket.result(timeout=SECONDS_TO_WAIT)
        except TimeoutError as error:
            raise StorageUnavailable("the open rounds are busy") from error

    def close(self) -> None:
        """Finish what waits and close the file; the next job opens it anew."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="open-rounds", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            tickets, more = self._gather(first)
            self._commit(tickets)
            if not more:
                break
        self._abandon()

    def _gather(self, first: _Ticket) -> tuple[list[_Ticket], bool]:
        """Return what waits together, and whether more may come."""
        tickets = [first]
        while len(tickets) < MOST_TOGETHER:
            try:
                ticket = self._queue.get_nowait()
            except Empty:
                break
            if ticket is None:
                return tickets, False
            tickets.append(ticket)
        return tickets, True

    def _commit(self, tickets: list[_Ticket]) -> None:
        try:
            answers = self._run_together([job for job, _ in tickets])
        except Exception as error:
            self._abandon()
            for _, ticket in tickets:
                unavailable = StorageUnavailable(f"the open rounds cannot be written ({PERHAPS})")
                unavailable.__cause__ = error
                ticket.set_exception(unavailable)
            return
        for (_, ticket), answer in zip(tickets, answers, strict=True):
            answer(ticket)

    def _run_together(self, jobs: list[Job]) -> list[Callable[["Future[Any]"], None]]:
        connection = self._connection = self._connection or connect(self.path)
        connection.execute("BEGIN IMMEDIATE")
        answers = [self._run_one(connection, job) for job in jobs]
        connection.execute("COMMIT")
        return answers

    def _run_one(self, connection: sqlite3.Connection, job: Job) -> Callable[["Future[Any]"], None]:
        connection.execute("SAVEPOINT job")
        try:
            result = job(OpenTransaction(connection))
        except sqlite3.Error:
            raise  # the file itself is in trouble: nobody in this commit is told 'stored'
        except Exception as error:
            failed = error  # a name of its own: Python unbinds `error` after the clause
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
            return lambda ticket: ticket.set_exception(failed)
        connection.execute("RELEASE job")
        return lambda ticket: ticket.set_result(result)

    def _abandon(self) -> None:
        """Close the connection, which undoes what was not committed; the next job opens anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
