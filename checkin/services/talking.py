"""Taking a pupil's wish to talk in, letting the right adults see it, and telling the pupil.

What makes it impossible to tie a wish to a tap (P24): it comes alone, with a key of its own, at a
time that the tablet draws; of its arrival half a day is kept; nothing here reads or writes what
taps are counted in.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from checkin.domain.access import Person, Role
from checkin.domain.school import Tablet
from checkin.domain.talk_setting import TalkSetting
from checkin.domain.talk_wishes import Wish
from checkin.domain.talks import (
    Answer,
    Kind,
    Moment,
    Part,
    Reach,
    State,
    Step,
    TalkRequest,
    answer_of,
    check_step,
    moment_of,
    reach_of,
)
from checkin.services.presence import is_absent
from checkin.services.timetables import timetable_of
from checkin.storage import schools, staff, talk_settings, talks
from checkin.storage.database import db

OLDEST = timedelta(days=60)
"""A tablet may have been without network for a holiday; what is older was asked by nobody here."""
SHOWN = timedelta(days=21)
"""For so long a pupil can see what became of a wish."""
MOST_A_DAY = 100
"""More of one class on one day were sent by no pupils."""
LONGEST_NOTE = 500

Status = Literal["stored", "known", "refused"]


@dataclass(frozen=True)
class Waiting:
    """A wish as one person sees it: `reach` is how it came to them."""

    request: TalkRequest
    reach: Reach

    @property
    def is_handed_on(self) -> bool:
        """Tell whether somebody else was asked for."""
        return self.reach is not Reach.ADULT


@dataclass(frozen=True)
class Counts:
    """All that a head sees: how many wait, since when, and how this school year went."""

    waiting: int
    oldest: date | None
    handed_on: int
    asked: int
    closed: int


def ask(tablet: Tablet, wish: Wish, now: datetime) -> Status:
    """Keep a wish; it is durable when this returns. The same key is the same wish."""
    setting, arrived = talk_settings.setting_of(tablet.school), moment_of(now, _zone(tablet.school))
    asked = _when(wish, arrived)
    if arrived.day - asked.day > OLDEST or not _is_taken(setting, tablet, wish, asked):
        return "refused"
    request = TalkRequest(
        id=hashlib.sha256(b"talk " + wish.key).hexdigest()[:32],
        school=tablet.school,
        classroom=tablet.classroom,
        classroom_name="",
        adult=wish.adult,
        adult_name="",
        kind=wish.kind,
        symbol=wish.symbol,
        asked=asked,
    )
    is_new = talks.add_request(request)
    db.session.commit()
    return "stored" if is_new else "known"


def look(tablet: Tablet, symbol: str, now: datetime) -> Answer:
    """Tell a pupil what became of the wish under its symbol, and of no other."""
    today = moment_of(now, _zone(tablet.school)).day
    since = today - SHOWN
    return answer_of(talks.requests_of(tablet.classroom, symbol, since), today, since)


def talks_for(person: Person, now: datetime) -> tuple[Waiting, ...]:
    """Return the wishes a person may see, the oldest first; what is closed is among them."""
    setting = talk_settings.setting_of(person.school)
    found = [_seen_by(person, r, setting, now) for r in talks.list_requests(person.school)]
    return tuple(one for one in found if one is not None)


def count_waiting(person: Person, now: datetime) -> int:
    """Count the wishes that wait for a person to say that they were seen."""
    return sum(one.request.state is State.ASKED for one in talks_for(person, now))


def find_talk(person: Person, id: str, now: datetime) -> TalkRequest | None:
    """Return a wish that a person may see, or None."""
    request = talks.find_request(id)
    if request is None or request.school != person.school:
        return None
    seen = _seen_by(person, request, talk_settings.setting_of(person.school), now)
    return request if seen else None


def take(request: TalkRequest, step: Step, by: Person, now: datetime, note: str = "") -> None:
    """Note what an adult did; twice changes nothing. Raises NotPossible once it is closed.

    No line of the audit is written: that has a time to the second.
    """
    when = moment_of(now, _zone(request.school))
    request = talks.find_request(request.id) or request  # somebody may have been quicker
    if step is not Step.SEEN and request.state is State.ASKED:
        talks.add_step(request, Step.SEEN, when, by.id)
    if check_step(request, step):
        talks.add_step(request, step, when, by.id, note.strip()[:LONGEST_NOTE])
    db.session.commit()


def may_see_counts(person: Person) -> bool:
    """Tell whether a person sees how many there are: the head and the care team."""
    return person.in_care_team or Role.HEAD in person.roles


def counts_of(school: int, now: datetime) -> Counts:
    """Count the wishes of a school; what was forgotten is no longer in it."""
    setting, found = talk_settings.setting_of(school), talks.list_requests(school)
    waiting = [one for one in found if one.state is State.ASKED]
    handed_on = [one for one in waiting if _reach(one, setting, now) is not Reach.ADULT]
    return Counts(
        waiting=len(waiting),
        oldest=min((one.asked.day for one in waiting), default=None),
        handed_on=len(handed_on),
        asked=len(found),
        closed=sum(one.state is State.CLOSED for one in found),
    )


def find_counts(school: int, now: datetime) -> Counts | None:
    """Count the wishes of a school for its review; None where nobody can be asked."""
    return counts_of(school, now) if talk_settings.setting_of(school).adults else None


def _when(wish: Wish, arrived: Moment) -> Moment:
    """Return when it was asked: of a day that is past nobody needs to know the half."""
    if wish.day >= arrived.day:
        return arrived
    return Moment(wish.day, Part.AFTERNOON)


def _is_taken(setting: TalkSetting, tablet: Tablet, wish: Wish, asked: Moment) -> bool:
    """Tell whether a wish can be kept; a class that never had the picture sends none."""
    adult = staff.find_person(wish.adult)
    if adult is None or adult.school != tablet.school or not setting.is_on(tablet.classroom):
        return False
    if wish.kind is Kind.PAIN and setting.pain_to is None:
        return False
    return talks.count_asked(tablet.classroom, asked.day) < MOST_A_DAY


def _seen_by(
    person: Person, request: TalkRequest, setting: TalkSetting, now: datetime
) -> Waiting | None:
    if person.id == request.adult:
        return Waiting(request, Reach.ADULT)
    reach = _reach(request, setting, now)
    adult = setting.find_adult(request.adult)
    has_acted = any(done.by == person.id for done in request.steps)
    if adult is not None and person.id == adult.deputy and reach >= Reach.DEPUTY:
        return Waiting(request, Reach.DEPUTY)
    if person.in_care_team and reach is Reach.TEAM:
        return Waiting(request, Reach.TEAM)
    return Waiting(request, Reach.DEPUTY) if has_acted else None


def _reach(request: TalkRequest, setting: TalkSetting, now: datetime) -> Reach:
    """Return whom a wish reaches; with nobody to stand in, the care team has it in their place."""
    today = moment_of(now, _zone(request.school)).day
    adult = setting.find_adult(request.adult)
    reach = reach_of(request, _ends(request), adult is None or is_absent(request.adult, today), now)
    has_nobody = adult is None or adult.deputy is None or is_absent(adult.deputy, today)
    return Reach.TEAM if reach is Reach.DEPUTY and has_nobody else reach


def _ends(request: TalkRequest) -> tuple[datetime, datetime]:
    """Return the end of the school day a wish was asked on, or of the first after, and the next."""
    timetable = timetable_of(schools.get_classroom(request.classroom))
    days = islice(timetable.school_days_after(request.asked.day - timedelta(days=1)), 2)
    ends = [timetable.day_ends(day) for day in days]
    far = datetime.max.replace(tzinfo=UTC)
    first, second, *_ = [*ends, far, far]
    return first, second


def _zone(school: int) -> ZoneInfo:
    return ZoneInfo(schools.get_school(school).zone)
