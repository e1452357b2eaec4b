"""What a flag's states, steps and outcomes are called, in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext as _

from checkin.domain.decisions import Decision
from checkin.domain.flags import Flag, FlagEvent, FlagState, KeptBack, Outcome, Step
from checkin.services.caring import WhyNot
from checkin.web.language import long_day, short_day
from checkin.web.pattern_words.again import as_it_is_now
from checkin.web.pattern_words.parts import is_still_so


def class_word(about: Flag | Decision) -> str:
    """Name the class that a flag or decision is about; one that ended is not its namesake."""
    if about.classroom_ended_on is None:
        return about.classroom_name
    return _(
        "%(name)s (ended on %(day)s)",
        name=about.classroom_name,
        day=long_day(about.classroom_ended_on),
    )


def state_word(state: FlagState) -> str:
    """Name where a flag stands."""
    return {
        FlagState.RAISED: _("new"),
        FlagState.ACKNOWLEDGED: _("acknowledged"),
        FlagState.IN_HAND: _("in hand"),
        FlagState.CLOSED: _("closed"),
    }[state]


def event_word(event: FlagEvent) -> str:
    """Say what happened to a flag, and to whom it went."""
    match event.step:
        case Step.ASSIGNED if event.to:
            return _("Put in the hands of %(name)s", name=event.to)
        case Step.TO_DEPUTY:
            return _("Not taken up in time: %(name)s has it too, as deputy", name=event.to or "")
        case Step.ESCALATED:
            return _("Not taken up in time: it went to %(role)s", role=event.role_label)
        case Step.HANDED_ON:
            return _("Handed on to %(role)s", role=event.role_label)
        case Step.GIVEN_BACK if event.at_step:
            return _("Put back one step; %(role)s has it now", role=event.role_label)
        case Step.GIVEN_BACK if event.role_label:
            return _("Given back; %(role)s has it now", role=event.role_label)
    return step_word(event.step)


def latest_word(flag: Flag) -> str:
    """Say when a flag that goes on was noticed or seen last; '' where its sentence says it."""
    if now := as_it_is_now(flag):
        return _("Noticed again: %(what)s", what=now)
    if flag.last_seen_on > flag.raised_on and not is_still_so(flag):
        return _("Seen last on %(day)s", day=short_day(flag.last_seen_on))
    return ""


def step_word(step: Step) -> str:
    """Name what happened to a flag."""
    return {
        Step.RAISED: _("Raised by the rule"),
        Step.JOINED: _("Seen again by the rule"),
        Step.ACKNOWLEDGED: _("Acknowledged"),
        Step.ASSIGNED: _("Taken in hand"),
        Step.NOTED: _("Note"),
        Step.PARENTS: _("Talk with parents or guardian noted"),
        Step.PARENTS_WITHDRAWN: _("The last talk with parents or guardian was noted wrongly"),
        Step.GIVEN_BACK: _("Given back to the care team"),
        Step.REMINDED: _("Reminder: not taken up yet"),
        Step.TO_DEPUTY: _("The deputy has it too"),
        Step.ESCALATED: _("Not taken up in time"),
        Step.RETURNED: _("Whoever had it in hand works here no more: back to the role"),
        Step.HANDED_ON: _("Handed on"),
        Step.PAST_DUE: _("Reminder: the day of this step is past"),
        Step.CLOSED: _("Closed"),
        Step.REOPENED: _("Reopened"),
    }[step]


def why_not_reopened(why: WhyNot) -> str:
    """Say why a flag cannot be reopened."""
    return {
        WhyNot.OPEN: _("This flag is not closed, so there is nothing to open again."),
        WhyNot.TOO_LONG_AGO: _(
            "This flag was closed more than seven days ago. If it goes on, the rules raise a new"
            " one."
        ),
        WhyNot.GOES_ON: _(
            "It stays closed: this goes on in a newer flag of this class, which is open. Work on"
            " with that one."
        ),
    }[why]


def outcome_word(outcome: Outcome) -> str:
    """Name how a flag was closed."""
    return {
        Outcome.SOLVED_IN_CLASS: _("Solved in class"),
        Outcome.TALKED: _("Talked about it"),
        Outcome.WATCHED: _("Watched for a while, no more needed"),
        Outcome.HANDED_ON: _("Handed on to the next level"),
        Outcome.REFERRED: _("Referred to help outside school"),
        Outcome.NO_CAUSE: _("No cause found"),
        Outcome.NEW_USUAL: _("This is the new usual for this class"),
    }[outcome]


def outcomes(possible: Iterable[Outcome]) -> tuple[tuple[str, str], ...]:
    """Return the ways to close a flag, with their names."""
    return tuple((outcome.value, outcome_word(outcome)) for outcome in possible)


def kept_back_word(why: KeptBack) -> str:
    """Say why a flag is listed and does not wait for an answer."""
    return {
        KeptBack.FIRST_DAYS: _("in the first days of this class, or after a break"),
        KeptBack.FULL_WEEK: _("this week has enough new flags; stronger ones went first"),
    }[why]
