"""What of the flags a person finds on their first page."""

from dataclasses import dataclass

from flask_babel import gettext as _

from checkin.domain.access import Person, Role, may_review
from checkin.domain.flags import Flag, FlagState
from checkin.services import caring
from checkin.web.clock import now
from checkin.web.pattern_words import title_of

Titled = list[tuple[Flag, str]]
"""Flags, each with what its link says."""


@dataclass(frozen=True)
class FlagsToday:
    """How many flags wait for the care team, and how many it works on; with nobody comes first."""

    with_nobody: int
    overdue: int
    raised: int
    in_hand: int


def mine(person: Person) -> Titled:
    """Return the flags a person has in hand, also in place of somebody who is away."""
    return _titled(person, caring.in_hands_of(person, now()))


def asked(person: Person) -> Titled:
    """Return the flags that wait for this person's role; the care team has its own list."""
    return [] if may_review(person) else _titled(person, caring.asked_of(person, now()))


def of_team(person: Person) -> FlagsToday | None:
    """Count the flags of the care team, for who is of it; each stands in one count."""
    if not may_review(person):
        return None
    school = caring.SchoolToday(person.school, now())
    counts = {"with-nobody": 0, "overdue": 0, "new": 0, "in-hand": 0}
    for flag in caring.list_open(person.school):
        if flag.has_deadline:
            counts[_group(flag, school.standing_of(flag))] += 1
    return FlagsToday(*counts.values())


def count_overdue(person: Person) -> int:
    """Count what nobody took up in time, for a head; what waits for them is told by itself."""
    if Role.HEAD not in person.roles:
        return 0
    known = {flag.id for flag in caring.asked_of(person, now())}
    return caring.count_overdue(person.school, now(), known)


def _group(flag: Flag, standing: caring.Standing) -> str:
    if standing.is_with_nobody:
        return "with-nobody"
    if standing.is_overdue:
        return "overdue"
    return "new" if flag.state is FlagState.RAISED else "in-hand"


def _titled(person: Person, flags: tuple[Flag, ...]) -> Titled:
    return [
        (flag, _("a flag") if caring.sees_process_of(person, flag) else title_of(flag.pattern))
        for flag in flags
    ]
