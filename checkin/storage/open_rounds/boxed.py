"""A transaction on open rounds in PostgreSQL: what was counted is written before it is released."""

from collections.abc import Sequence

from checkin.domain.rounds import Round
from checkin.storage.open_rounds import tables
from checkin.storage.open_rounds.boxed_counting import BoxedCounting
from checkin.storage.open_rounds.facts import (
    THE_ROUND,
    THE_WEEK,
    ClosedWeek,
    OpenWeek,
    SealedRound,
    key_of,
    open_week_of,
)


class BoxedTransaction(BoxedCounting):
    """Settles before it releases, so that whoever asks afterwards asks anew."""

    def unsealed(self) -> list[tuple[int, Round]]:
        """Return every open round with its school."""
        self.settle()
        return super().unsealed()

    def unclosed(self) -> list[tuple[int, int, str]]:
        """Return school, classroom and week of all that is to be forgotten when its week closes."""
        self.settle()
        return super().unclosed()

    def take_round(self, round: Round) -> tuple[int, int]:
        """Remove an open round's counter and return its taps and noised heavy number."""
        self.settle()
        row = self._execute(
            f"DELETE FROM open_round WHERE {THE_ROUND} RETURNING taps, box", key_of(round)
        ).fetchone()
        return (row[0], self._shelf.open_round(round, row[1])) if row else (0, 0)

    def take_week(self, classroom: int, week: str) -> OpenWeek | None:
        """Remove a week's counters and return them, noised."""
        self.settle()
        row = self._execute(
            f"DELETE FROM open_week WHERE {THE_WEEK} RETURNING school, taps, box", (classroom, week)
        ).fetchone()
        if row is None:
            return None
        school, taps, box = row
        return open_week_of(school, taps, self._shelf.open_week((classroom, week), box))

    def forget_keys(self, weeks: Sequence[tuple[int, str]]) -> None:
        """Remove the keys of weeks of classrooms."""
        self.settle()
        super().forget_keys(weeks)

    def leave_nothing_of(self, school: int) -> None:
        """Remove what is another's or from before a loss; keys stay: no tap counts twice."""
        self.settle()
        super().leave_nothing_of(school)

    def put_sealed(self, sealed: SealedRound) -> None:
        """Keep a released round until it is carried to the main database."""
        self.settle()
        super().put_sealed(sealed)

    def put_closed(self, closed: ClosedWeek) -> None:
        """Keep a week picture until it is carried to the main database."""
        self.settle()
        super().put_closed(closed)

    def clear_away(self) -> None:
        """Drop the tables of days and weeks of which nothing is left."""
        self.settle()
        tables.drop_empty(self._shelf.connection)

    def touch(self) -> None:
        """Write something that changes nothing, to see that writing is possible."""
        self._execute("UPDATE home SET version = version")
