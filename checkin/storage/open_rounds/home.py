"""What a home of the open rounds must do; a file and a server do it each in their way."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from checkin.storage.open_rounds.facts import Asked
    from checkin.storage.open_rounds.transaction import OpenTransaction


class Rows(Protocol):
    """What a statement answers; drivers agree on this much."""

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Execute(Protocol):
    """Runs one statement; a value stands where the statement has a question mark."""

    def __call__(self, sql: str, values: Sequence[Any] = (), /) -> Rows:
        """Return what the statement answers."""


class Home(Protocol):
    """Where open rounds are kept: one transaction at a time, whatever the number of processes."""

    @property
    def trouble(self) -> type[Exception]:
        """Return what the driver raises when the home itself is in trouble."""

    def begin(self, asked: Sequence["Asked"] = ()) -> "OpenTransaction":
        """Wait for our turn and start a transaction; `asked` may be looked up at once.

        Its `mark` is that of the home: random, made when the home was, and in no backup.
        """

    def commit(self, transaction: "OpenTransaction") -> None:
        """Put what the transaction did on disk, and let others take their turn."""

    def close(self) -> None:
        """Let go, which undoes what was not committed; the next transaction starts anew."""
