"""What the pages about staff say in words: what is wrong, and what became of an invitation."""

from flask_babel import gettext as _

from checkin.domain.access import Role
from checkin.domain.new_passwords import LONGEST, Weak
from checkin.services.passwords import SHORTEST
from checkin.services.staffing import LONGEST_NAME, State, Wrong

FIELDS = {
    Wrong.NAME: "name",
    Wrong.FORMULA: "name",
    Wrong.EMAIL: "email",
    Wrong.TAKEN: "email",
    Wrong.LEFT_BEFORE: "email",
    Wrong.NO_ROLE: "roles",
    Wrong.OWN_ROLES: "roles",
    Wrong.ADMIN_ROLE: "roles",
    Wrong.LAST_ADMIN: "roles",
    Wrong.NO_CLASS: "classrooms",
    Wrong.NO_MAIL: "way",
}
"""Beside which field it is said."""


def wrong_words(wrong: Wrong) -> str:
    """Say why something cannot be done."""
    return {
        Wrong.NAME: _("A name has 1 to %(n)s letters.", n=LONGEST_NAME),
        Wrong.FORMULA: _("A name begins with a letter: a spreadsheet would work this one out."),
        Wrong.EMAIL: _("That is no e-mail address."),
        Wrong.TAKEN: _("Somebody has this e-mail address already."),
        Wrong.LEFT_BEFORE: _(
            "Somebody with this address worked here before. Invite them back from the list of who"
            " left: then what they did keeps its name."
        ),
        Wrong.NO_ROLE: _("Choose at least one role."),
        Wrong.NO_CLASS: _("One of these classes is not there any more. Choose again."),
        Wrong.NO_MAIL: _("There is no mail server yet. Print the invitation instead."),
        Wrong.OWN_ROLES: _(
            "Nobody changes their own roles and classes. Ask another administrator or the head."
        ),
        Wrong.ADMIN_ROLE: _("Who is administrator is changed by an administrator alone."),
        Wrong.LAST_ADMIN: _(
            "This is the last administrator. There must be one: make somebody else administrator"
            " first."
        ),
        Wrong.OWN_LEAVING: _(
            "Nobody lets themselves go. Ask another administrator to do it for you."
        ),
        Wrong.NOT_CHOSEN: _("Choose who takes this over, or 'nobody yet'."),
        Wrong.NOT_THERE: _("This choice is not there any more. Choose again."),
        Wrong.OWN_DEPUTY: _("Nobody stands in for themselves. Choose somebody else."),
    }[wrong]


def weak_words(weak: Weak) -> str:
    """Say why a password cannot be."""
    return {
        Weak.SHORT: _(
            "At least %(n)s characters. A few words in a row are easy to remember.", n=SHORTEST
        ),
        Weak.LONG: _("At most %(n)s characters.", n=LONGEST),
        Weak.NAMED: _(
            "Beside your name, your address or the school's name there is too little left of it."
            " Choose words that have nothing to do with you."
        ),
        Weak.COMMON: _("Many people have this password, so it is tried first. Choose another."),
    }[weak]


def state_words(state: State) -> str:
    """Say why an invitation lets nobody in any more."""
    return {
        State.LIVE: "",
        State.USED: _("It has been used: it works once. Can you sign in with your password?"),
        State.WITHDRAWN: _("It was withdrawn, or there is a newer one. Use the newest."),
        State.EXPIRED: _("It is more than a week old. Ask your administrator for a new one."),
    }[state]


def role_word(role: Role) -> str:
    """Say what a person does in the school."""
    return {
        Role.TEACHER: _("teacher"),
        Role.IB: _("care coordinator"),
        Role.HEAD: _("head"),
        Role.ADMIN: _("administrator"),
    }[role]
