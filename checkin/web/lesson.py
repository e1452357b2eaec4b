"""The first lesson: what a teacher shows a class once, before it checks in for the first time.

Nothing of it is stored: not that it was given, not what was tapped while trying.
"""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from checkin.domain.access import may_see_trend
from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom
from checkin.domain.words import DUTCH, Language, id_of
from checkin.web.access import signed_in
from checkin.web.pictures import picture_of
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school.places import get_classroom
from checkin.web.sounds import sounds_of
from checkin.web.tablet.cards import lay_cards

blueprint = Blueprint("lesson", __name__)

WHO_SEES = ("sees-1-tap", "sees-2-box", "sees-3-light", "sees-4-nobody")
HOW_IT_GOES = (
    "lesson-1-one-by-one",
    "lesson-2-look-and-listen",
    "lesson-3-tap-one",
    "lesson-4-turned",
)


@dataclass(frozen=True)
class Spoken:
    """A word in one language, and its sound where there is one."""

    language: Language
    text: str
    sound: str


@dataclass(frozen=True)
class BigCard:
    """A card as the lesson shows it: its picture, and its word in every language of the class."""

    id: str
    picture: str
    words: tuple[Spoken, ...]

    @property
    def dutch(self) -> str:
        """Return its Dutch word, by which staff call it."""
        return next(one.text for one in self.words if one.language.code == DUTCH)


@blueprint.get("/classrooms/<int:classroom>/first-lesson")
def show(classroom: int) -> ResponseReturnValue:
    """Show the first lesson of a class, a step at a time."""
    found = get_classroom(classroom)
    return render_template("lesson/show.html", **_lesson_of(found))


@blueprint.get("/classrooms/<int:classroom>/first-lesson/sheet")
def sheet(classroom: int) -> ResponseReturnValue:
    """Show the same lesson on paper, with what to say."""
    return render_template("lesson/sheet.html", **_lesson_of(get_classroom(classroom)))


@blueprint.get("/classrooms/<int:classroom>/first-lesson/practice")
def practice(classroom: int) -> ResponseReturnValue:
    """Show the cards as on the tablet, but nothing is kept or sent."""
    found = get_classroom(classroom)
    moment = found.coping or Moment.CHECK_IN
    return lay_cards(
        found,
        "lesson/practice.html",
        open_moments=[moment],
        told={
            "undo": found.undo_seconds,
            "coping": found.coping is not None,
            "breathing": Coping.REST.digit,
        },
        is_demo=False,
        back=url_for("lesson.show", classroom=found.id, _anchor="ready"),
    )


def _lesson_of(classroom: Classroom) -> dict[str, object]:
    sees_trend = may_see_trend(signed_in(), classroom.id)
    away = "trends.show" if sees_trend else "school.rituals"
    coping = tuple(Coping) if classroom.coping else ()
    return {
        "classroom": classroom,
        "cards": _big_cards(classroom, classroom.card_set.feelings),
        "coping": _big_cards(classroom, coping),
        "not_today": id_of(Feeling.PASS),
        "who_sees": WHO_SEES,
        "how_it_goes": HOW_IT_GOES,
        "away": url_for(away, classroom=classroom.id),
    }


def _big_cards(
    classroom: Classroom, cards: tuple[Feeling, ...] | tuple[Coping, ...]
) -> tuple[BigCard, ...]:
    words = vocabulary_of(classroom.school)
    languages = words.languages_of(tuple(dict.fromkeys((*classroom.languages, DUTCH))))
    sounds = {one.code: sounds_of(classroom.school, one.code) for one in languages}
    return tuple(
        BigCard(
            id_of(card),
            _picture_of(card, classroom),
            tuple(
                Spoken(one, text, sounds[one.code].get(id_of(card), ""))
                for one in languages
                if (text := words.find_word(id_of(card), one.code))
            ),
        )
        for card in cards
    )


def _picture_of(card: Feeling | Coping, classroom: Classroom) -> str:
    if isinstance(card, Coping):
        return f"coping/{card.value}"
    return picture_of(card, classroom.style)
