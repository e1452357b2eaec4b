"""What sealing does to the open rounds."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Round
from checkin.storage.open_rounds.facts import (
    THE_ROUND,
    THE_WEEK,
    VERSION,
    ClosedWeek,
    OpenWeek,
    SealedRound,
    key_of,
    open_week_of,
    round_of,
)
from checkin.storage.open_rounds.home import Execute


class Releasing:
    """Counters out, released figures in, within one transaction."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def unsealed(self) -> list[tuple[int, Round]]:
        """Return every open round with its school."""
        rows = self._execute("SELECT school, classroom, day, moment FROM open_round")
        return [(school, round_of(*key)) for school, *key in rows]

    def unclosed(self) -> list[tuple[int, int, str]]:
        """Return school, classroom and week of all that is to be forgotten when its week closes."""
        weeks = self._execute(
            "SELECT school, classroom, week FROM open_week"
            " UNION SELECT school, classroom, week FROM week_of_keys ORDER BY week"
        )
        return list(weeks)

    def take_round(self, round: Round) -> tuple[int, int]:
        """Remove an open round's counter and return its taps and noised heavy number."""
        row = self._execute(
            f"DELETE FROM open_round WHERE {THE_ROUND} RETURNING taps, heavy",
            key_of(round),
        ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def take_week(self, classroom: int, week: str) -> OpenWeek | None:
        """Remove a week's counters and return them, noised."""
        row = self._execute(
            f"DELETE FROM open_week WHERE {THE_WEEK} RETURNING *", (classroom, week)
        ).fetchone()
        if row is None:
            return None
        school, _, _, taps, *counters = row
        return open_week_of(school, taps, counters)

    def forget_keys(self, weeks: Sequence[tuple[int, str]]) -> None:
        """Remove the keys of weeks of classrooms: all in one go, as they lie by their own order."""
        which = ", ".join(["(?, ?)"] * len(weeks))
        for table in ("spent_key", "week_of_keys"):
            self._execute(
                f"DELETE FROM {table} WHERE (classroom, week) IN (VALUES {which})",
                [value for week in weeks for value in week],
            )

    def leave_nothing_of(self, school: int) -> None:
        """Remove what is another's or from before a loss; keys stay: no tap counts twice."""
        for table in ("open_round", "sealed_round", "open_week", "closed_week", "late_taps"):
            self._execute(f"DELETE FROM {table} WHERE school = ?", (school,))

    def put_sealed(self, sealed: SealedRound) -> None:
        """Keep a released round until it is carried to the main database."""
        r = sealed.released
        values = (r.pupils, r.answered, r.heavy, r.light, r.why, sealed.at.isoformat(), sealed.by)
        self._execute(
            "INSERT INTO sealed_round VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (sealed.school, *key_of(sealed.round), *values),
        )

    def put_closed(self, closed: ClosedWeek) -> None:
        """Keep a week picture until it is carried to the main database."""
        shares, coping = (
            json.dumps(part) if part is not None else None
            for part in (closed.picture.shares, closed.picture.coping)
        )
        self._execute(
            "INSERT INTO closed_week VALUES (?, ?, ?, ?, ?, 0)",
            (closed.school, closed.classroom, closed.week, shares, coping),
        )

    def sealed_rounds(self) -> list[SealedRound]:
        """Return the released rounds that are not in the main database yet."""
        rows = self._execute("SELECT * FROM sealed_round WHERE carried = 0").fetchall()
        return list(_sealed(rows))

    def closed_weeks(self) -> list[ClosedWeek]:
        """Return the week pictures that are not in the main database yet."""
        rows = self._execute(
            "SELECT school, classroom, week, shares, coping FROM closed_week WHERE carried = 0"
        )
        return [
            ClosedWeek(
                school,
                classroom,
                week,
                WeekPicture(*(json.loads(part) if part else None for part in parts)),
            )
            for school, classroom, week, *parts in rows.fetchall()
        ]

    def released_in_week(self, classroom: int, days: tuple[date, ...]) -> list[Released]:
        """Return what each sealed round between the first and last of some days released."""
        rows = self._execute(
            "SELECT answered, pupils, heavy, light, why FROM sealed_round"
            " WHERE classroom = ? AND day BETWEEN ? AND ?",
            (classroom, days[0].isoformat(), days[-1].isoformat()),
        )
        return [Released(m, n, heavy, Light(light), Why(why)) for m, n, heavy, light, why in rows]

    def mark_carried(self, rounds: list[SealedRound], weeks: list[ClosedWeek]) -> None:
        """Note what the main database holds now; its mark stays, so that nothing reopens."""
        for sealed in rounds:
            self._execute(
                f"UPDATE sealed_round SET carried = 1 WHERE {THE_ROUND}", key_of(sealed.round)
            )
        for closed in weeks:
            self._execute(
                f"UPDATE closed_week SET carried = 1 WHERE {THE_WEEK}",
                (closed.classroom, closed.week),
            )

    def forget_sealed(self, before: date) -> int:
        """Remove the marks of carried rounds before a day and return how many there were."""
        return self._execute(
            "DELETE FROM sealed_round WHERE carried = 1 AND day < ?", (before.isoformat(),)
        ).rowcount

    def forget_late(self, before: str) -> None:
        """Remove the numbers of late taps of weeks before a week."""
        self._execute("DELETE FROM late_taps WHERE week < ?", (before,))

    def clear_away(self) -> None:
        """Remove the tables of days and weeks that are over; here each row went with its place."""

    def touch(self) -> None:
        """Write something that changes nothing, to see that writing is possible."""
        self._execute(f"PRAGMA user_version = {VERSION}")


def _sealed(rows: list[tuple]) -> Iterator[SealedRound]:  # type: ignore[type-arg]
    for school, classroom, day, moment, pupils, answered, heavy, light, why, at, by, _ in rows:
        yield SealedRound(
            school,
            round_of(classroom, day, moment),
            Released(answered, pupils, heavy, Light(light), Why(why)),
            datetime.fromisoformat(at).astimezone(UTC),
            by,
        )
