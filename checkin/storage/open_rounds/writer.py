"""One thread that writes the open rounds and commits together what waits together.

One writer is let in at a time, and a durable commit costs milliseconds. Taps of many tablets that
arrive during one commit share the next one, so the queue stays short and nobody starves.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from checkin.storage.database import PERHAPS, StorageUnavailable
from checkin.storage.open_rounds.facts import Asked
from checkin.storage.open_rounds.file import File
from checkin.storage.open_rounds.home import Home
from checkin.storage.open_rounds.transaction import OpenTransaction

T = TypeVar("T")
Job = Callable[[OpenTransaction], Any]
_Ticket = tuple[Job, Asked, "Future[Any]"]

NOTHING = Asked()
MOST_TOGETHER = 64
SECONDS_TO_WAIT = 15.0
CANNOT = f"the open rounds cannot be written ({PERHAPS})"


class Writer:
    """Runs jobs on the open rounds, each wholly or not at all, durable before it returns."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._queue: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """Return the file, where the home is one."""
        assert isinstance(self.home, File)  # noqa: S101  # who asks knows
        return self.home.path

    def run(self, job: Callable[[OpenTransaction], T], asked: Asked = NOTHING) -> T:
        """Run a job in a transaction and return its result once it is on disk.

        `asked` changes nothing but the speed: what the job will ask for, as far as it is known.
        A job may be run a second time, when another one that shared its commit failed. Raises
        StorageUnavailable when it cannot be stored; then nothing of it was.
        """
        ticket: Future[T] = Future()
        self._queue.put((job, asked, ticket))
        self._start()
        try:
            return ticket.result(timeout=SECONDS_TO_WAIT)
        except TimeoutError as error:
            raise StorageUnavailable("the open rounds are busy") from error

    def close(self) -> None:
        """Finish what waits and let the home go; the next job opens it anew."""
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
        more = True
        while more and (first := self._queue.get()) is not None:
            tickets, more = self._gather(first)
            self._commit(tickets)
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
            transaction = self.home.begin([asked for _, asked, _ in tickets])
        except Exception as error:
            self._refuse(tickets, error)
            return
        try:
            results = [job(transaction) for job, _, _ in tickets]
            self.home.commit(transaction)
        except self.home.trouble as error:
            self._refuse(tickets, error)  # nobody in this commit is told 'stored'
        except Exception as error:
            self._run_apart(tickets, error)
        else:
            for (_, _, ticket), result in zip(tickets, results, strict=True):
                ticket.set_result(result)

    def _run_apart(self, tickets: list[_Ticket], error: Exception) -> None:
        """Let a job that failed of itself fail alone: each runs again in its own transaction."""
        self._abandon()
        if len(tickets) == 1:
            tickets[0][2].set_exception(error)
            return
        for ticket in tickets:
            self._commit([ticket])

    def _refuse(self, tickets: list[_Ticket], error: Exception) -> None:
        self._abandon()
        for _, _, ticket in tickets:
            said = error.args if isinstance(error, StorageUnavailable) else (CANNOT,)
            unavailable = StorageUnavailable(*said)
            unavailable.__cause__ = error
            ticket.set_exception(unavailable)

    def _abandon(self) -> None:
        """Undo what was not committed; the next job opens the home anew."""
        self.home.close()
