"""The shares of a week picture: which cards to show, and how long a bar may honestly be."""

from collections.abc import Sequence
from typing import NamedTuple

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.released import ReleasedWeek
from checkin.domain.school import Classroom
from checkin.web.pupil_words import word


class Range(NamedTuple):
    """Between which percentages a share lies; both are the same for a share in tens."""

    least: int
    most: int


def read_share(text: str) -> Range:
    """Read a share such as '30%', '<10%' or '>90%'."""
    percent = int(text.strip("<>%"))
    if text.startswith("<"):
        return Range(0, percent)
    return Range(percent, 100 if text.startswith(">") else percent)


def words_of(feelings: Sequence[Feeling], language: str) -> dict[str, str]:
    """Return what feelings are called in a language of the staff pages, by their value."""
    return {feeling.value: word(feeling, language) for feeling in feelings}


def helps_of(classroom: Classroom, weeks: Sequence[ReleasedWeek], language: str) -> dict[str, str]:
    """Return what helped by its value, and what it is called; empty where nobody is asked."""
    was_asked = any(
        read_share(share).least for week in weeks for share in (week.coping or {}).values()
    )
    if classroom.coping is None and not was_asked:
        return {}
    return {way.value: word(way, language) for way in Coping}
