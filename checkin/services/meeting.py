"""The weekly review as a meeting: who is there, from when to when, and the list it ends in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from checkin.domain.access import Person
from checkin.domain.decisions import Decision, Meeting
from checkin.domain.flags import Flag
from checkin.domain.rounds import days_of, week_of
from checkin.services.caring.today import SchoolToday
from checkin.storage import decisions, engine_states, flags, reviews
from checkin.storage.database import db

RECENT = 8
"""So many earlier reviews are listed."""


@dataclass(frozen=True)
class ThisWeek:
    """The review of one week as it goes on: what it decided, and what it looks back at."""

    week: str
    meeting: Meeting | None
    decided: tuple[Decision, ...]
    to_follow: tuple[Decision, ...]
    earlier: tuple[Meeting, ...]


@dataclass(frozen=True)
class DecisionList:
    """What a review ends in: what was decided, what came of earlier decisions, what was closed."""

    week: str
    meeting: Meeting | None
    present: tuple[str, ...]
    decided: tuple[Decision, ...]
    followed: tuple[Decision, ...]
    closed: tuple[Flag, ...]


def this_week(school: int, now: datetime) -> ThisWeek:
    """Return the review of this week and what it looks back at."""
    today = SchoolToday(school, now)
    week = week_of(today.today)
    since, _until = _span(week, today)
    return ThisWeek(
        week,
        reviews.find_meeting(school, week),
        tuple(decisions.of_week(school, week)),
        tuple(decisions.to_follow(school, week, since)),
        tuple(m for m in reviews.list_meetings(school, RECENT) if m.week != week),
    )


def list_of(school: int, week: str, now: datetime) -> DecisionList:
    """Return the list the review of a week ended in."""
    today = SchoolToday(school, now)
    found, (since, until) = reviews.find_meeting(school, week), _span(week, today)
    present = found.present if found else ()
    return DecisionList(
        week,
        found,
        tuple(person.name for person in today.people.values() if person.id in present),
        tuple(decisions.of_week(school, week)),
        tuple(decisions.followed_between(school, week, since, until)),
        tuple(flags.list_closed(school, since, until)),
    )


def begin(school: int, present: Sequence[int], by: Person, now: datetime) -> None:
    """Begin this week's review, or say anew who is there."""
    engine_states.take_turn(school)
    today = SchoolToday(school, now)
    known = [id for id in present if id in today.people]
    reviews.keep_meeting(school, week_of(today.today), known or [by.id], now)
    db.session.commit()


def go_on(by: Person, now: datetime) -> str:
    """Return the week of the review that goes on; one that nobody began begins now.

    Whoever else decides at this school waits until the caller commits.
    """
    engine_states.take_turn(by.school)
    week = week_of(SchoolToday(by.school, now).today)
    if reviews.find_meeting(by.school, week) is None:
        reviews.keep_meeting(by.school, week, [by.id], now)
    return week


def end(by: Person, now: datetime) -> str:
    """End this week's review and return its week."""
    week = go_on(by, now)
    reviews.end_meeting(by.school, week, now)
    db.session.commit()
    return week


def _span(week: str, today: SchoolToday) -> tuple[datetime, datetime]:
    """Return from when to when a week lasts where the school is."""
    monday = days_of(week)[0]
    first, last = (
        datetime.combine(day, time(0), today.zone) for day in (monday, monday + timedelta(days=7))
    )
    return first, last
