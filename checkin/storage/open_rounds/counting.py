"""What tapping does to the open rounds."""

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Round
from checkin.domain.taps import LateTaps
from checkin.storage.open_rounds.facts import COUNTERS, THE_ROUND, THE_WEEK, key_of, ones_of
from checkin.storage.open_rounds.home import Execute


class Counting:
    """Keys, counters and late taps, within one transaction."""

    def __init__(self, execute: Execute, mark: str = "") -> None:
        self._execute, self.mark = execute, mark
        self.spent: list[bytes] = []

    def knows(self, key: bytes) -> bool:
        """Tell whether a tap with this key was stored before."""
        return self._has("SELECT 1 FROM spent_key WHERE key = ?", key)

    def spend(self, key: bytes, school: int, classroom: int, week: str) -> None:
        """Remember a key until its week closes: no feeling, no time, no order."""
        self._execute("INSERT INTO spent_key VALUES (?, ?, ?, ?)", (key, school, classroom, week))
        self._execute(_KEEP_WEEK, (school, classroom, week, classroom, week))
        self.spent.append(key)

    def is_sealed(self, round: Round) -> bool:
        """Tell whether a round was sealed."""
        return self._has(f"SELECT 1 FROM sealed_round WHERE {THE_ROUND}", *key_of(round))

    def is_week_closed(self, classroom: int, week: str) -> bool:
        """Tell whether a week was closed."""
        return self._has(f"SELECT 1 FROM closed_week WHERE {THE_WEEK}", classroom, week)

    def open_round(self, school: int, round: Round, noise: int) -> None:
        """Create the counter of a round, already holding its noise (R5)."""
        self._execute(
            "INSERT INTO open_round VALUES (?, ?, ?, ?, 0, ?)", (school, *key_of(round), noise)
        )

    def open_week(self, school: int, classroom: int, week: str, noises: list[int]) -> None:
        """Create the counters of a week, already holding their noise (R6)."""
        marks = ", ".join("?" * len(COUNTERS))
        self._execute(
            f"INSERT INTO open_week VALUES (?, ?, ?, 0, {marks})",
            (school, classroom, week, *noises),
        )

    def count_in_round(self, round: Round, heavy: bool) -> bool:
        """Count one tap for its round; False when that has no counter yet."""
        counted = self._execute(
            f"UPDATE open_round SET taps = taps + 1, heavy = heavy + ? WHERE {THE_ROUND}",
            (int(heavy), *key_of(round)),
        )
        return counted.rowcount == 1

    def count_in_week(
        self, classroom: int, week: str, feeling: Feeling, helps: Coping | None
    ) -> bool:
        """Count one tap for its week; every counter is written, whichever card it was.

        False when the week has no counters yet.
        """
        counted = self._execute(_COUNT_IN_WEEK, (*ones_of(feeling, helps), classroom, week))
        return counted.rowcount == 1

    def count_late(self, school: int, classroom: int, week: str, kept: bool) -> None:
        """Count a tap that came too late for its round."""
        self._execute(
            "INSERT INTO late_taps VALUES (?, ?, ?, ?, ?) ON CONFLICT (classroom, week) DO UPDATE"
            " SET kept = late_taps.kept + excluded.kept,"
            " dropped = late_taps.dropped + excluded.dropped",
            (school, classroom, week, int(kept), int(not kept)),
        )

    def taps_in(self, round: Round) -> int:
        """Return how many have tapped in an open round: all that may be told of it (R1)."""
        row = self._execute(
            f"SELECT taps FROM open_round WHERE {THE_ROUND}", key_of(round)
        ).fetchone()
        return int(row[0]) if row else 0

    def late_in(self, classroom: int, week: str) -> LateTaps:
        """Return how many taps came too late in a week."""
        row = self._execute(
            f"SELECT kept, dropped FROM late_taps WHERE {THE_WEEK}",
            (classroom, week),
        ).fetchone()
        return LateTaps(*row) if row else LateTaps()

    def _has(self, query: str, *values: object) -> bool:
        return self._execute(query, values).fetchone() is not None


_KEEP_WEEK = f"""
INSERT INTO week_of_keys SELECT ?, ?, ?
WHERE NOT EXISTS (SELECT 1 FROM open_week WHERE {THE_WEEK}) ON CONFLICT DO NOTHING"""
"""A week that only has keys of taps that were dropped is found by this when it closes."""
_SUMS = ", ".join(f"{name} = {name} + ?" for name in COUNTERS)
_COUNT_IN_WEEK = f"UPDATE open_week SET taps = taps + 1, {_SUMS} WHERE {THE_WEEK}"
