"""Ideas for a class, from what its pupils chose as helping; in the reader's language."""

from flask_babel import gettext as _

from checkin.domain.cards import Coping


def idea_word(way: Coping) -> str:
    """Say what a class can do with what helps its pupils."""
    return {
        Coping.TALK: _("time to talk in pairs or in a circle"),
        Coping.IMAGINE: _("drawing, a story, playing"),
        Coping.MOVE: _("moving together between two lessons"),
        Coping.REST: _("a quiet corner, or a minute of breathing"),
        Coping.THINK: _("looking ahead together: what comes today, and when is it over"),
        Coping.STRENGTH: _("what gives strength: a song, a prayer, a picture from home"),
    }[way]
