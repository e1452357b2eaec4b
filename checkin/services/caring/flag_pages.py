"""A flag with all its page shows, and the note of who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.domain.decisions import Decision
from checkin.domain.flags import Flag
from checkin.domain.parents import ParentsTalk
from checkin.domain.structure import StructureStep
from checkin.services.caring.reopening import goes_on_in
from checkin.services.caring.steps import talks_of
from checkin.services.caring.today import SchoolToday, Standing
from checkin.storage import audit, decisions, flags
from checkin.storage.audit import Look
from checkin.storage.database import db

CAME_BACK_FROM = frozenset({"sustained-rise", "slow-drift", "heavy-start"})
"""What good news can follow."""


@dataclass(frozen=True)
class FlagPage:
    """A flag with all its page shows."""

    flag: Flag
    standing: Standing
    owner: str
    earlier: tuple[Flag, ...]
    looks: tuple[Look, ...]
    follows: Flag | None
    good_news: tuple[Flag, ...]
    talks: tuple[ParentsTalk, ...]
    decisions: tuple[Decision, ...]
    goes_on_in: Flag | None
    step_before: StructureStep | None


def look_at(flag: Flag, person: Person, now: datetime) -> FlagPage:
    """Return a flag's page and note who looked."""
    subject = f"flag {flag.id}"
    audit.add(flag.school, now, person.id, "looked", subject)
    db.session.commit()
    school = SchoolToday(flag.school, now)
    standing = school.standing_of(flag)
    others = [other for other in flags.flags_of(flag.classroom) if other.id != flag.id]
    return FlagPage(
        flag=flag,
        standing=standing,
        owner=school.label_of(standing.turn.role) if standing.turn else "",
        earlier=tuple(others),
        looks=tuple(audit.looks_at(subject)),
        follows=what_it_follows(flag, others),
        good_news=tuple(
            other
            for other in others
            if other.is_good_news
            and other.raised_on >= flag.last_seen_on
            and what_it_follows(other, [flag, *others]) == flag
        ),
        talks=talks_of(flag),
        decisions=tuple(decisions.of_flag(flag.id)),
        goes_on_in=goes_on_in(flag),
        step_before=school.step_before(flag),
    )


def what_it_follows(flag: Flag, others: Sequence[Flag]) -> Flag | None:
    """Return the flag that good news follows: the last one raised until it was told."""
    told_on = flag.numbers.get("told_on")
    if not flag.is_good_news or not told_on:
        return None
    told = date.fromisoformat(str(told_on))
    before = [o for o in others if o.pattern in CAME_BACK_FROM and o.raised_on <= told]
    return max(before, key=lambda other: (other.raised_on, other.id), default=None)
