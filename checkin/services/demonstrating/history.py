"""Twelve school weeks of a demo school, through the real path: tap, seal, review."""

import random
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from checkin.domain.calendar import SchoolCalendar
from checkin.domain.cards import find_coping
from checkin.domain.feelings import Feeling
from checkin.domain.flags import Flag, FlagState, Outcome
from checkin.domain.rounds import Moment, week_of
from checkin.domain.school import Classroom
from checkin.domain.taps import Tap
from checkin.services import caring, reviewing, sealing, tapping
from checkin.services.demonstrating.cast import IN_TROUBLE, STORIES
from checkin.services.demonstrating.reviews import live_the_review
from checkin.services.demonstrating.team import live_with_the_classes
from checkin.services.signing_in import list_staff
from checkin.services.timetables import calendar_of, timetable_of
from checkin.storage import schools

WEEKS = 12
OFTEN = {Feeling.HAPPY: 5, Feeling.CALM: 3, Feeling.EXCITED: 2, Feeling.TIRED: 2}
LIKE_ITSELF = 45
"""How alike a class's days are: the two parameters of their Beta distribution add up to this."""
CLOSED_AFTER = timedelta(days=12)
NOT_SEEN_FOR = timedelta(days=19)  # ten school days, and a holiday
WORKED_ON = (FlagState.ACKNOWLEDGED, FlagState.IN_HAND)
LASTING = ("sustained-rise", "slow-drift", "heavy-start")
REVIEWED = 3
"""So many weeks have a review that is written down."""

HELPFUL = (0, 1, 2, 2, 3, 3, 3, 4, 5, 6)
"""Digits of what helps, none included: many want to move."""


def history_starts(calendar: SchoolCalendar, today: date) -> date:
    """Return the Monday of the twelfth school week before this one."""
    monday, weeks = today - timedelta(days=today.weekday()), 0
    while weeks < WEEKS:
        monday -= timedelta(weeks=1)
        weeks += any(calendar.is_school_day(monday + timedelta(days=n)) for n in range(5))
    return monday


def write_history(school: int, today: date, seed: int = 2026) -> None:
    """Let the classes live through twelve weeks; chance is the seed's, the noise is real."""
    chance = random.Random(seed)  # noqa: S311  # made-up taps, not noise
    calendar = calendar_of(school)
    classrooms = schools.list_classrooms(school)
    days = list(_school_days(calendar, history_starts(calendar, today), today))
    weeks = {week: n for n, week in enumerate(dict.fromkeys(week_of(day) for day in days))}
    for day in days:
        for classroom, story in zip(classrooms, STORIES, strict=True):
            _live_a_day(classroom, story.heavy_share(weeks[week_of(day)]), day, chance)
        live_with_the_classes(school, day, _live_a_day)
        _care(school, classrooms, _by_the_clock(calendar, day, 16))
        if weeks[week_of(day)] >= len(weeks) - REVIEWED:
            live_the_review(school, classrooms, day, _by_the_clock(calendar, day, 15))
        evening = _by_the_clock(calendar, day, 24)
        sealing.seal_due(evening)
        reviewing.look_for_patterns(evening)


def _school_days(calendar: SchoolCalendar, first: date, today: date) -> Iterator[date]:
    for n in range((today - first).days):
        if calendar.is_school_day(day := first + timedelta(days=n)):
            yield day


def _by_the_clock(calendar: SchoolCalendar, day: date, hour: int) -> datetime:
    midnight = datetime.combine(day, time(0), calendar.zone)
    return (midnight + timedelta(hours=hour)).astimezone(UTC)


def _live_a_day(classroom: Classroom, heavy_share: float, day: date, chance: random.Random) -> None:
    timetable = timetable_of(classroom)
    mood = chance.betavariate(heavy_share * LIKE_ITSELF, (1 - heavy_share) * LIKE_ITSELF)
    for moment in timetable.moments(day):
        present = sum(chance.random() < 0.92 for _ in range(classroom.pupils))
        taps = [_tap(classroom, day, moment, mood, chance) for _ in range(present)]
        during = timetable.opens(day, moment) + timedelta(hours=9)
        tapping.store_for(classroom, timetable, taps, during)


def _tap(
    classroom: Classroom, day: date, moment: Moment, heavy_share: float, chance: random.Random
) -> Tap:
    is_heavy = chance.random() < heavy_share
    cards = [card for card in classroom.card_set.feelings if card.heavy is is_heavy]
    (feeling,) = chance.choices(cards, [OFTEN.get(card, 1) for card in cards])
    digit = chance.choice(HELPFUL) if moment is classroom.coping else 0
    return Tap(secrets.token_bytes(16), day, moment, feeling, find_coping(digit))


def _is_past(flag: Flag, known: Sequence[Flag], now: datetime) -> bool:
    """Tell whether a flag can be closed: what was seen in its class is over, or long not seen."""
    here = [one for one in known if one.classroom == flag.classroom]
    last_seen = max(one.last_seen_on for one in here)
    came_back = any(one.is_good_news and one.raised_on >= last_seen for one in here)
    last = datetime.combine(last_seen, time(0), UTC)
    return now - flag.events[0].at >= CLOSED_AFTER and (came_back or now - last >= NOT_SEEN_FOR)


def _care(school: int, classrooms: list[Classroom], now: datetime) -> None:
    """Let the care team work: what goes on in the class in trouble waits for whoever tries this."""
    ib = next(person for person in list_staff(school) if person.in_care_team)
    in_trouble = classrooms[STORIES.index(IN_TROUBLE)].id
    known = caring.list_flags(school)
    for flag in known:
        is_news = flag.classroom == in_trouble and flag.pattern in LASTING
        if flag.state is FlagState.RAISED and not is_news:
            caring.acknowledge(flag, ib.id, "Besproken met de leerkracht.", now)
        elif flag.state in WORKED_ON and _is_past(flag, known, now):
            caring.close(flag, Outcome.SOLVED_IN_CLASS, ib.id, "Rust is terug in de groep.", now)
