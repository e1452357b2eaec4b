"""What a weekly review decides, and what came of what was decided before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from checkin.domain.access import Person
from checkin.domain.decisions import (
    LONGEST_LINE,
    AlreadyFollowed,
    Decision,
    DecisionKind,
    FollowUp,
)
from checkin.domain.flags import Flag, NotPossible
from checkin.services import meeting
from checkin.services.caring import steps
from checkin.storage import audit, decisions, flags
from checkin.storage.database import db

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class NewDecision:
    """What is decided: what is going to be done, by whom, until when."""

    kind: DecisionKind
    who: int | None
    due_on: date | None
    note: str


def decide(
    new: NewDecision,
    by: Person,
    now: datetime,
    about: Flag | int | None = None,
    seen: int | None = None,
) -> bool:
    """Keep a decision about a flag, a classroom or the school; the same twice in a week is one.

    `seen` is the version a flag was shown with: somebody was quicker, and Meanwhile is raised.

    Whoever a flag is decided to go to has it in hand; without anybody, it is acknowledged.
    """
    week = meeting.go_on(by, now)
    flag = flags.hold(about.id) if isinstance(about, Flag) else None
    if flag is not None and flag.is_closed:
        db.session.rollback()
        raise NotPossible("this flag is closed")
    classroom = flag.classroom if flag else about if isinstance(about, int) else None
    is_new = decisions.add(
        by.school,
        _key(new, week, by, flag.id if flag else None, classroom),
        week,
        new.kind,
        by.id,
        now,
        flag.id if flag else None,
        classroom,
        new.who,
        new.due_on,
        new.note[:LONGEST_LINE],
    )
    if is_new and flag is not None and seen is not None and seen != flag.version:
        db.session.rollback()
        raise steps.Meanwhile(flag)
    db.session.commit()
    if is_new and flag is not None:
        _take_up(flag, new.who, by, now)
    return is_new


def find_decision(school: int, id: int) -> Decision | None:
    """Return a decision of a school, or None."""
    found = decisions.find(id)
    return found if found is not None and found.school == school else None


def follow(decision: Decision, follow_up: FollowUp, by: Person, now: datetime) -> None:
    """Note what came of a decision; carried on, it stands on this week's list as well.

    The same answer twice is one; another answer raises AlreadyFollowed.
    """
    week = meeting.go_on(by, now)
    known = decisions.find(decision.id)
    if known is not None and known.follow_up is not FollowUp.OPEN:
        db.session.rollback()
        if known.follow_up is follow_up:
            return
        raise AlreadyFollowed
    decisions.follow(decision.id, follow_up, by.id, now)
    if follow_up is FollowUp.CARRIED_ON:
        decisions.add(
            by.school,
            f"carried on {decision.id}",
            week,
            decision.kind,
            by.id,
            now,
            decision.flag,
            decision.classroom,
            decision.who,
            decision.due_on + A_WEEK if decision.due_on else None,
            decision.note,
            decision.id,
        )
    audit.add(by.school, now, by.id, f"decision-{follow_up.value}", f"decision {decision.id}")
    db.session.commit()


def _key(new: NewDecision, week: str, by: Person, flag: int | None, classroom: int | None) -> str:
    """Return what makes a decision the same as another: a form that was sent twice is."""
    all_of_it = (week, by.id, flag, classroom, new.kind, new.who, new.due_on, new.note)
    return sha256(repr(all_of_it).encode()).hexdigest()


def _take_up(flag: Flag, who: int | None, by: Person, now: datetime) -> None:
    if who is not None and who != flag.assigned_to:
        steps.assign(flag, who, by.id, "", now)
    else:
        steps.acknowledge(flag, by.id, "", now)
