"""What staff read when a word, a name or a code cannot be taken."""

from flask_babel import gettext as _

from checkin.domain.own_words import MOST_LANGUAGES, MOST_LETTERS, NotTaken, Wrong


def why_not(refused: NotTaken) -> str:
    """Say what is wrong, and what would be right."""
    match refused.wrong:
        case Wrong.TOO_LONG:
            return _("At most %(n)s letters fit under a picture.", n=MOST_LETTERS)
        case Wrong.NO_LETTER:
            return _("This needs at least one letter.")
        case Wrong.ODD_SIGN if refused.sign:
            return _(
                "Letters and simple punctuation only: %(sign)s cannot be in it.", sign=refused.sign
            )
        case Wrong.ODD_SIGN:
            return _("There is an invisible sign in it. Type the word anew.")
        case Wrong.NO_CODE:
            return _("A code is two or three letters, such as am, perhaps with a country: ar-SY.")
        case Wrong.TAKEN:
            return _("This language is there already.")
        case Wrong.TOO_MANY:
            return _("A school adds at most %(n)s languages.", n=MOST_LANGUAGES)
        case Wrong.NO_DIRECTION:
            return _("Choose from which side it is written.")
