"""What decisions, their follow-up and talks with parents are called, in the reader's language."""

from flask_babel import gettext as _

from checkin.domain.decisions import DecisionKind, FollowUp
from checkin.domain.parents import Consent, Help, Missing, TalkedWith

LETTERS = {
    DecisionKind.LOOK: "l",
    DecisionKind.TEACHER: "t",
    DecisionKind.CLASS: "c",
    DecisionKind.PARENTS: "p",
    DecisionKind.WATCH: "w",
    DecisionKind.OTHER: "x",
}
"""The key of each decision; the same in every language, as the hint shows it."""

FOLLOW_UPS = {FollowUp.DONE: "y", FollowUp.NOT_DONE: "n", FollowUp.CARRIED_ON: "c"}


def kind_word(kind: DecisionKind) -> str:
    """Name what is going to be done."""
    return {
        DecisionKind.LOOK: _("Look in the class"),
        DecisionKind.TEACHER: _("Talk with the teacher"),
        DecisionKind.CLASS: _("Talk with the class"),
        DecisionKind.PARENTS: _("Talk with parents or guardian"),
        DecisionKind.WATCH: _("Wait and watch"),
        DecisionKind.OTHER: _("Something else"),
    }[kind]


def follow_up_word(follow_up: FollowUp) -> str:
    """Name what came of a decision."""
    return {
        FollowUp.OPEN: _("still open"),
        FollowUp.DONE: _("Done"),
        FollowUp.NOT_DONE: _("Not done"),
        FollowUp.CARRIED_ON: _("Carried on"),
    }[follow_up]


def missing_word(missing: Missing) -> str:
    """Say what comes before help from outside."""
    return {
        Missing.TALK: _(
            "First note the talk with parents or guardian below: this step asks for it. Nothing"
            " was changed."
        ),
        Missing.CONSENT: _(
            "Referring needs a yes of parents or guardian. Of their answers the one noted last"
            " counts, and that is no yes. Nothing was changed."
        ),
        Missing.OWN_CONSENT: _(
            "Pupils of 16 and over decide themselves. Of their answers the one noted last counts,"
            " and that is no. Nothing was changed."
        ),
    }[missing]


def with_word(talked_with: TalkedWith) -> str:
    """Name who was talked to."""
    return {TalkedWith.PARENTS: _("parents"), TalkedWith.GUARDIAN: _("guardian (such as Nidos)")}[
        talked_with
    ]


def help_word(help: Help) -> str:
    """Name who made it understood."""
    return {
        Help.NONE: _("neither was needed"),
        Help.INTERPRETER: _("an interpreter"),
        Help.KEY_PERSON: _("a key person"),
    }[help]


def consent_word(consent: Consent) -> str:
    """Name what was answered."""
    return {
        Consent.NOT_ASKED: _("not asked"),
        Consent.YES: _("yes"),
        Consent.NO: _("no"),
    }[consent]
