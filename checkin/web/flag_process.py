"""The process part of a flag: its steps and days, for whoever it is with and who sees no mood."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from checkin.domain.access import Person
from checkin.domain.flags import Flag, FlagEvent, Step
from checkin.services import caring
from checkin.services.caring import FlagPage
from checkin.web.access import signed_in
from checkin.web.flag_words import class_word

OF_THE_PROCESS = frozenset(
    {
        Step.RAISED,
        Step.ACKNOWLEDGED,
        Step.ASSIGNED,
        Step.REMINDED,
        Step.TO_DEPUTY,
        Step.ESCALATED,
        Step.RETURNED,
        Step.GIVEN_BACK,
        Step.PAST_DUE,
        Step.HANDED_ON,
        Step.CLOSED,
        Step.REOPENED,
    }
)
"""What is told: who had it and when; not what a rule saw again, nor that parents were talked to."""


def show(page: FlagPage, status: int, problem: str, note: str) -> ResponseReturnValue:
    """Show the process part of a flag, with what could not be done and what was written."""
    me, turn = signed_in(), page.standing.turn
    rendered = render_template(
        "care/process.html",
        id=page.flag.id,
        classroom_name=class_word(page.flag),
        version=page.flag.version,
        standing=page.standing,
        owner=page.owner,
        turn=turn,
        steps=_steps(page.flag),
        is_asked=turn is not None and not turn.is_taken_up,
        is_mine=any(person.id == me.id for person in page.standing.hands.people),
        people=care_team(page.flag),
        longest_note=caring.LONGEST_NOTE,
        problem=problem,
        note=note,
        given=request.form,
    )
    return rendered, status


def care_team(flag: Flag) -> tuple[Person, ...]:
    """Return to whom of the care team a flag can be given."""
    return tuple(person for person in caring.who_can_take(flag) if person.in_care_team)


def _steps(flag: Flag) -> tuple[FlagEvent, ...]:
    return tuple(event for event in flag.events if event.step in OF_THE_PROCESS)
