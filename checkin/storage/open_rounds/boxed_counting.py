"""What tapping does to open rounds in PostgreSQL: read once, counted here, written at the end."""

from collections.abc import Callable, Sequence

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Round
from checkin.storage.open_rounds import tables
from checkin.storage.open_rounds.facts import Asked, ones_of
from checkin.storage.open_rounds.shelf import Counter, Period, Shelf, Week
from checkin.storage.open_rounds.transaction import OpenTransaction


class BoxedCounting(OpenTransaction):
    """Holds what it read and counted until it settles; nobody else writes in the meantime."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf.execute)
        self._shelf = shelf
        self._rounds: dict[Round, Period] = {}
        self._weeks: dict[Week, Period] = {}
        self._known: dict[bytes, bool] = {}
        self._spent: list[tuple[bytes, int, int, str]] = []

    def ask(self, asked: Sequence[Asked]) -> Callable[[], None]:
        """Ask at once for what several jobs are going to ask for; the answer is taken later."""
        rounds = sorted({round for one in asked for round in one.rounds})
        keys = [key for one in asked for key in one.keys]
        if not rounds or not keys:
            return lambda: None
        rounds_told = self._shelf.ask_rounds(rounds)
        weeks_told = self._shelf.ask_weeks(sorted({(r.classroom, r.week) for r in rounds}))
        keys_told = self._shelf.ask_keys(keys)

        def take() -> None:
            self._rounds, self._weeks, self._known = rounds_told(), weeks_told(), keys_told()

        return take

    def settle(self) -> None:
        """Write what was counted and forget what was read; the next question is asked anew."""
        for round, period in self._rounds.items():
            if (counter := period.counter) and counter.is_changed:
                self._shelf.put_round(round, counter)
        for week, period in self._weeks.items():
            if (counter := period.counter) and counter.is_changed:
                self._shelf.put_week(week, counter)
        if self._spent:
            self._shelf.put_keys(self._spent)
        self._rounds, self._weeks, self._known, self._spent = {}, {}, {}, []

    def knows(self, key: bytes) -> bool:
        """Tell whether a tap with this key was stored before."""
        if key not in self._known:
            self._known |= self._shelf.ask_keys([key])()
        return self._known[key]

    def spend(self, key: bytes, school: int, classroom: int, week: str) -> None:
        """Remember a key until its week closes."""
        if not (period := self._week(classroom, week)).has_keys:
            tables.add(self._shelf.connection, "spent_key", week)
            period.has_keys = True
        if period.counter is None:  # a week that only has keys of taps that were dropped
            self._execute(_KEEP_WEEK, (school, classroom, week))
        self._known[key] = True
        self._spent.append((key, school, classroom, week))

    def is_sealed(self, round: Round) -> bool:
        """Tell whether a round was sealed."""
        return self._round(round).is_over

    def is_week_closed(self, classroom: int, week: str) -> bool:
        """Tell whether a week was closed."""
        return self._week(classroom, week).is_over

    def open_round(self, school: int, round: Round, noise: int) -> None:
        """Create the counter of a round, already holding its noise (R5)."""
        self._round(round).counter = Counter(school, 0, [noise], is_new=True, is_changed=True)

    def open_week(self, school: int, classroom: int, week: str, noises: list[int]) -> None:
        """Create the counters of a week, already holding their noise (R6)."""
        counter = Counter(school, 0, list(noises), is_new=True, is_changed=True)
        self._week(classroom, week).counter = counter

    def count_in_round(self, round: Round, heavy: bool) -> bool:
        """Count one tap for its round; False when that has no counter yet."""
        if counter := self._round(round).counter:
            counter.add([int(heavy)])
        return counter is not None

    def count_in_week(
        self, classroom: int, week: str, feeling: Feeling, helps: Coping | None
    ) -> bool:
        """Count one tap for its week; False when that has no counters yet."""
        if counter := self._week(classroom, week).counter:
            counter.add(ones_of(feeling, helps))
        return counter is not None

    def taps_in(self, round: Round) -> int:
        """Return how many have tapped in an open round: all that may be told of it (R1)."""
        counter = self._round(round).counter
        return counter.taps if counter else 0

    def _round(self, round: Round) -> Period:
        if round not in self._rounds:
            self._rounds |= self._shelf.ask_rounds([round])()
        return self._rounds[round]

    def _week(self, classroom: int, week: str) -> Period:
        key = (classroom, week)
        if key not in self._weeks:
            self._weeks |= self._shelf.ask_weeks([key])()
        return self._weeks[key]


_KEEP_WEEK = "INSERT INTO week_of_keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
