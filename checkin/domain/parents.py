"""The talk with parents or guardian that comes before help from outside; it names nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkin.domain.flags import Outcome, Step

LONGEST_LANGUAGE = 40


class TalkedWith(StrEnum):
    """Who stands for the children; a guardian may take the place of parents."""

    PARENTS = "parents"
    GUARDIAN = "guardian"


class Help(StrEnum):
    """Who made it understood."""

    NONE = "none"
    INTERPRETER = "interpreter"
    KEY_PERSON = "key-person"


class Consent(StrEnum):
    """What was answered when it was asked for."""

    NOT_ASKED = "not-asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class ParentsTalk:
    """That parents or guardian were talked to, and what they agreed to; no names, no notes.

    `own_consent` is what pupils of 16 and over answered themselves. A talk that was noted wrongly
    is withdrawn and stays in the history.
    """

    talked_on: date
    talked_with: TalkedWith
    help: Help
    language: str
    consent: Consent
    consent_on: date | None
    own_consent: Consent
    noted_by: str | None = None
    is_withdrawn: bool = False


class Missing(StrEnum):
    """Why a flag cannot go to help from outside yet."""

    TALK = "talk"
    CONSENT = "consent"
    OWN_CONSENT = "own-consent"


def withdrawn_among(steps: Iterable[Step]) -> frozenset[int]:
    """Return which talks were withdrawn, counted from the first: each time the last that stood."""
    standing, withdrawn, count = list[int](), set[int](), 0
    for step in steps:
        if step is Step.PARENTS:
            standing.append(count)
            count += 1
        elif step is Step.PARENTS_WITHDRAWN and standing:
            withdrawn.add(standing.pop())
    return frozenset(withdrawn)


def missing_before(
    outcome: Outcome, asks_parents: bool, asks_own: bool, talk: ParentsTalk | None
) -> Missing | None:
    """Return what is missing before a flag is handed on or referred, None for what may be done.

    Handing on within the school asks for the talk alone; to refer, nobody may have said no.
    """
    if outcome not in (Outcome.HANDED_ON, Outcome.REFERRED) or not asks_parents:
        return None
    if talk is None:
        return Missing.TALK
    if outcome is Outcome.HANDED_ON:
        return None
    if talk.consent is not Consent.YES:
        return Missing.CONSENT
    if asks_own and talk.own_consent is Consent.NO:
        return Missing.OWN_CONSENT
    return None
