"""What the figures of care are called."""

from flask_babel import gettext as _

from checkin.domain.flags import Step
from checkin.services.process_figures import Process

Lines = list[tuple[str, int]]


def process_lines(process: Process) -> Lines:
    """Return each figure with what it is called."""
    flags, talks = process.flags, process.talks
    lines = [
        (_("flags brought before the care team or a teacher"), flags.raised),
        (_("of these taken up in time"), flags.in_time),
        (_("taken up late, or late and still waiting"), flags.late),
        (_("waiting, and still in time"), flags.waiting),
        (_("without a deadline"), flags.no_deadline),
        (_("closed by now"), flags.closed),
    ]
    return lines + (
        [
            (_("wishes to talk"), talks.asked),
            (_("of these seen by an adult"), talks.seen),
            (_("talked about, or closed"), talks.closed),
        ]
        if talks
        else []
    )


def step_lines(process: Process) -> Lines:
    """Return how often each step was taken, with what it is called."""
    words = {
        Step.ACKNOWLEDGED: _("acknowledged"),
        Step.ASSIGNED: _("given to somebody"),
        Step.REMINDED: _("reminded"),
        Step.TO_DEPUTY: _("also given to the deputy"),
        Step.ESCALATED: _("gone to the role above, because nobody took it up"),
        Step.HANDED_ON: _("handed on to the next step"),
        Step.PARENTS: _("a talk with parents or guardian noted"),
        Step.CLOSED: _("closed"),
    }
    return [(words[step], count) for step, count in process.flags.steps]
