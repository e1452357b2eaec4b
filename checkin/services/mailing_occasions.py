"""Why to mail whom: found by looking at what happened since the last look."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from checkin.domain.access import Person, may_take_in_hand
from checkin.domain.flags import Flag, FlagEvent, FlagState, Step
from checkin.domain.mails import Counts, Kind, Occasion, Quiet, digest_at, talk_hour_since
from checkin.domain.rounds import week_of
from checkin.domain.talks import State
from checkin.services import talking
from checkin.services.caring import SchoolToday
from checkin.services.timetables import calendar_of
from checkin.storage import decisions, flags, mail_settings, mails, reviews, staff

CAME_TO_A_ROLE = frozenset(
    {
        Step.REMINDED,
        Step.PAST_DUE,
        Step.TO_DEPUTY,
        Step.ESCALATED,
        Step.RETURNED,
        Step.HANDED_ON,
        Step.REOPENED,
    }
)
OVERLAP = timedelta(minutes=10)
"""Looked at once more: what was done a moment ago may have been committed just now.

Not so for talk requests: a mail that went minutes after its hour would tell when a pupil asked.
"""
REVIEWS = 4
"""So many of the last reviews are looked at."""


def occasions(school: int, since: datetime, now: datetime) -> list[Occasion]:
    """Return all reasons to mail somebody that came up since an instant.

    Looked at twice, the same reason has the same key.
    """
    quiet = mail_settings.quiet_of(school)
    return [
        *_digests(school, quiet, since, now),
        *_of_flags(school, since - OVERLAP, now),
        *_of_talks(school, since, now),
        *_of_reviews(school, since - OVERLAP),
    ]


def counts_of(school: int, now: datetime) -> Counts:
    """Return how many flags are new, overdue and in hand: all a weekly overview tells."""
    today = SchoolToday(school, now)
    asked = [flag for flag in flags.list_open(school) if flag.has_deadline]
    overdue = [flag for flag in asked if today.standing_of(flag).is_overdue]
    others = [flag for flag in asked if flag not in overdue]
    new = sum(flag.state is FlagState.RAISED for flag in others)
    return Counts(new, len(overdue), len(others) - new)


def _digests(school: int, quiet: Quiet, since: datetime, now: datetime) -> Iterator[Occasion]:
    calendar = calendar_of(school)
    at = digest_at(quiet, calendar, now)
    if at is None or not since < at <= now:
        return
    week, absent = week_of(calendar.today(now)), SchoolToday(school, now).absent
    for person in staff.list_staff(school):
        if person.id in absent:
            continue
        if person.in_care_team and mail_settings.wants_digest(person.id):
            yield Occasion(Kind.DIGEST, person.id, week, f"digest {week}")


def _of_flags(school: int, since: datetime, now: datetime) -> Iterator[Occasion]:
    ids = mails.flags_with_news(school, since)
    today = SchoolToday(school, now)
    for flag in filter(None, map(flags.find_flag, ids)):
        fresh = [(n, event) for n, event in enumerate(flag.events) if event.at > since]
        for n, event in fresh:
            for person in _told_of(flag, event, today):
                key = f"flag {flag.id} {event.step.value} {n}"
                yield Occasion(Kind.FLAG, person, str(flag.id), key)


def _told_of(flag: Flag, event: FlagEvent, today: SchoolToday) -> Iterator[int]:
    if flag.is_closed:
        return
    if event.step is Step.ASSIGNED and event.to_id is not None and event.to_id != event.by_id:
        if event.to_id in today.people and event.to_id not in today.absent:
            yield event.to_id
    elif event.step is Step.GIVEN_BACK:
        team = (p.id for p in today.people.values() if p.in_care_team and p.id not in today.absent)
        there = {*team, *(person.id for person in today.standing_of(flag).hands.people)}
        yield from sorted(there - {event.by_id})
    elif event.step in CAME_TO_A_ROLE and flag.has_deadline:
        people = today.standing_of(flag).hands.people
        yield from (person.id for person in people if person.id != event.by_id)


def _of_talks(school: int, since: datetime, now: datetime) -> Iterator[Occasion]:
    if not talk_hour_since(calendar_of(school), since, now):
        return
    absent = SchoolToday(school, now).absent  # their deputies are told, by what reaches them
    for person in staff.list_staff(school):
        if person.id in absent:
            continue
        for waiting in talking.talks_for(person, now):
            if waiting.request.state is State.ASKED:
                id = waiting.request.id
                yield Occasion(Kind.TALK, person.id, id, f"talk {id}")


def _of_reviews(school: int, since: datetime) -> Iterator[Occasion]:
    people = {person.id: person for person in staff.list_staff(school)}
    for meeting in reviews.list_meetings(school, REVIEWS):
        if meeting.ended_at is None or meeting.ended_at <= since:
            continue
        whose = {one.who for one in decisions.of_week(school, meeting.week)}
        for id in sorted({*meeting.present, *(who for who in whose if who)} & people.keys()):
            if _reads_decisions(people[id]):
                yield Occasion(Kind.DECISIONS, id, meeting.week, f"decisions {meeting.week}")


def _reads_decisions(person: Person) -> bool:
    return may_take_in_hand(person)
