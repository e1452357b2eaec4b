"""The steps people take with a flag; each is noted with who and when."""

from dataclasses import replace
from datetime import datetime

from checkin.domain.access import Person, may_take_in_hand
from checkin.domain.flags import Flag, FlagState, NotPossible, Outcome, Step, state_after
from checkin.domain.parents import Missing, ParentsTalk, missing_before, withdrawn_among
from checkin.domain.patterns import ACCEPTABLE
from checkin.services.caring.today import SchoolToday
from checkin.services.signing_in import list_staff
from checkin.storage import audit, flags, parents_talks
from checkin.storage.database import db

LONGEST_NOTE = 2000


class NotYet(Exception):
    """A flag cannot go there before something else was done."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.value)
        self.missing = missing


class Meanwhile(Exception):
    """Somebody did something with a flag since it was shown; `flag` is as it is now."""

    def __init__(self, flag: Flag) -> None:
        super().__init__("something happened meanwhile")
        self.flag = flag


def hold(flag: Flag, seen: int | None) -> Flag:
    """Return a flag as it is now, held until the commit; raises Meanwhile.

    `seen` is the version it was shown with, None for a program that does not say.
    """
    held = flags.hold(flag.id)
    if seen is not None and seen != held.version and not held.is_closed:
        db.session.rollback()
        raise Meanwhile(held)
    return held


def acknowledge(flag: Flag, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Note that the care team has seen a flag; twice changes nothing."""
    flag = hold(flag, seen)
    turn = SchoolToday(flag.school, now).standing_of(flag).turn
    waits = turn is not None and flag.has_deadline and not turn.is_taken_up
    if flag.state is not FlagState.RAISED and not flag.is_closed and not waits:
        db.session.commit()
        return flag
    return take_step(flag, Step.ACKNOWLEDGED, by, now, note=note)


def assign(flag: Flag, to: int, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Put a flag in somebody's hands."""
    flag = hold(flag, seen)
    state_after(flag.state, Step.ASSIGNED)
    flags.assign(flag.id, to)
    return take_step(flag, Step.ASSIGNED, by, now, note=note, to=to)


def who_can_take(flag: Flag) -> tuple[Person, ...]:
    """Return who a flag can be given to."""
    return who_is_asked(flag.school)


def who_is_asked(school: int) -> tuple[Person, ...]:
    """Return who of a school can be asked to do something about a class."""
    return tuple(person for person in list_staff(school) if may_take_in_hand(person))


def add_note(flag: Flag, by: int, note: str, now: datetime) -> Flag:
    """Add a note to an open flag."""
    return take_step(flags.hold(flag.id), Step.NOTED, by, now, note=note)


def note_parents(flag: Flag, talk: ParentsTalk, by: int, now: datetime) -> Flag:
    """Note that parents or guardian were talked to."""
    flag = flags.hold(flag.id)
    state_after(flag.state, Step.PARENTS)
    parents_talks.add(flag.school, flag.id, talk, by, now)
    return take_step(flag, Step.PARENTS, by, now)


def withdraw_parents(flag: Flag, by: int, now: datetime, seen: int | None = None) -> Flag:
    """Take back the last talk that stands: it was noted wrongly, and stays in the history."""
    flag = hold(flag, seen)
    state_after(flag.state, Step.PARENTS_WITHDRAWN)
    if not any(not talk.is_withdrawn for talk in talks_of(flag)):
        raise NotPossible("no talk stands")
    return take_step(flag, Step.PARENTS_WITHDRAWN, by, now)


def talks_of(flag: Flag) -> tuple[ParentsTalk, ...]:
    """Return the talks about a flag, the last noted first, and which of them were withdrawn."""
    withdrawn = withdrawn_among(event.step for event in flag.events)
    known = reversed(parents_talks.talks_of(flag.id))
    marked = [replace(talk, is_withdrawn=n in withdrawn) for n, talk in enumerate(known)]
    return tuple(reversed(marked))


def hand_on(flag: Flag, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Hand a flag on to the next step, where its role has it from now on; raises NotYet.

    It stays open, and everybody who had it stays in its history.
    """
    flag = hold(flag, seen)
    state_after(flag.state, Step.HANDED_ON)
    school = SchoolToday(flag.school, now)
    above = school.standing_of(flag).next_step
    if above is None:
        raise NotPossible("there is no next step")
    if missing := what_is_missing(flag, Outcome.HANDED_ON, now):
        raise NotYet(missing)
    flags.assign(flag.id, None)
    role = (above.owner, school.label_of(above.owner))
    return take_step(flag, Step.HANDED_ON, by, now, note=note, role=role, at_step=above.id)


def outcomes_of(flag: Flag, now: datetime) -> tuple[Outcome, ...]:
    """Return how a flag can end: as its step allows, and only what lasts as the new usual.

    What is handed on to a next step does not end by it.
    """
    is_acceptable = flag.pattern in ACCEPTABLE
    possible = [o for o in Outcome if is_acceptable or o is not Outcome.NEW_USUAL]
    if flag.is_good_news:
        return tuple(possible)
    standing = SchoolToday(flag.school, now).standing_of(flag)
    if standing.next_step is not None:
        possible.remove(Outcome.HANDED_ON)
    allowed = standing.step.outcomes if standing.step else ()
    return tuple(o for o in possible if not allowed or o.value in allowed)


def what_is_missing(flag: Flag, outcome: Outcome, now: datetime) -> Missing | None:
    """Return what is missing before a flag is handed on or referred, or None.

    A referral asks for the talk where any step of the school's structure does.
    """
    school = SchoolToday(flag.school, now)
    step, structure = school.step_of(flag), school.structure
    if step is None or structure is None:
        return None
    asks = step.parents_first
    if outcome is Outcome.REFERRED:
        asks = any(one.parents_first for one in structure.steps)
    last = next((talk for talk in talks_of(flag) if not talk.is_withdrawn), None)
    return missing_before(outcome, asks, step.own_consent, last)


def close(
    flag: Flag, outcome: Outcome, by: int, note: str, now: datetime, seen: int | None = None
) -> Flag:
    """Close a flag with its outcome; raises NotPossible when it was closed before, and NotYet.

    Closed as the new usual, the rules take it for that from the next day on.
    """
    flag = hold(flag, seen)
    state_after(flag.state, Step.CLOSED)
    if outcome not in outcomes_of(flag, now):
        raise NotPossible("this flag cannot end so")
    if missing := what_is_missing(flag, outcome, now):
        raise NotYet(missing)
    return take_step(flag, Step.CLOSED, by, now, outcome, note)


def take_step(
    flag: Flag,
    step: Step,
    by: int | None,
    now: datetime,
    outcome: Outcome | None = None,
    note: str = "",
    to: int | None = None,
    role: tuple[str, str] = ("", ""),
    at_step: str = "",
) -> Flag:
    """Take one step with a flag that is held, note it, and commit."""
    state = flag.after(step)
    flags.add_step(flag.id, step, state, now, by, outcome, note[:LONGEST_NOTE], to, role, at_step)
    if state is not FlagState.RAISED:  # whoever takes up a listed flag need not wait its turn
        flags.note_reached(flag.id, SchoolToday(flag.school, now).today)
    audit.add(flag.school, now, by, step.value, f"flag {flag.id}")
    db.session.commit()
    after = flags.find_flag(flag.id)
    assert after is not None  # noqa: S101  # it was there a line ago
    return after
