"""Every language of the pupil's screen has every word, and no other."""

import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import checkin
from checkin.domain.cards import CardSet, Coping
from checkin.domain.feelings import Feeling
from checkin.domain.own_words import MOST_LETTERS, letters_in, read_word
from checkin.domain.words import (
    ADULT_WORDS,
    COPING_WORDS,
    FEELING_WORDS,
    LANGUAGES,
    NEED_WORDS,
    PUPIL_WORDS,
    Language,
    id_of,
)
from checkin.web.language import translations_folder
from checkin.web.pupil_words import languages_of, version_of, word, words_in

OTHER_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ckb", "ps"), "ARABIC"),
    **dict.fromkeys(("uk", "bg", "ru"), "CYRILLIC"),
    "ti": "ETHIOPIC",
}
SOFT_HYPHEN = "\u00ad"  # where a long word may be broken
LONGEST = 12  # letters that fit under a picture at 28 px, in the narrowest card

every_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)


def catalogue_of(language: Language) -> Path:
    return translations_folder() / language.code / "LC_MESSAGES" / "pupils.po"


@every_language
def test_every_word_is_there_and_no_other(language: Language) -> None:
    assert set(words_in(language.code)) == set(PUPIL_WORDS)


@every_language
def test_no_word_is_left_over_or_uncertain(language: Language) -> None:
    with catalogue_of(language).open("rb") as file:
        catalogue = read_po(file, locale=language.code, abort_invalid=True)
    assert {message.id for message in catalogue if message.id} == set(PUPIL_WORDS)
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


@every_language
def test_no_two_cards_share_a_word(language: Language) -> None:
    assert len(set(words_in(language.code).values())) == len(PUPIL_WORDS)


@every_language
def test_words_are_lower_case_short_and_in_their_own_script(language: Language) -> None:
    for text in words_in(language.code).values():
        assert text == text.lower() == unicodedata.normalize("NFC", text)
        letters = [c for c in text if unicodedata.category(c)[0] == "L"]
        script = OTHER_SCRIPTS.get(language.code, "LATIN")
        assert all(unicodedata.name(c).startswith(script) for c in letters)
        assert letters_in(text) <= MOST_LETTERS
        assert max(map(letters_in, text.replace(SOFT_HYPHEN, " ").split())) <= LONGEST


@every_language
def test_a_school_could_have_written_every_word_itself(language: Language) -> None:
    assert [read_word(text) for text in words_in(language.code).values()] == [
        *words_in(language.code).values()
    ]


def test_arabic_is_fully_vowelled_so_that_a_voice_can_say_it() -> None:
    for text in words_in("ar").values():
        for one in text.split():
            marks = sum(unicodedata.category(sign) == "Mn" for sign in one)
            assert marks >= letters_in(one.removeprefix("ال")) / 3, one


@every_language
def test_every_card_of_the_largest_set_finds_its_word(language: Language) -> None:
    assert all(word(card, language.code) for card in (*CardSet.EIGHT.feelings, *Coping))


def test_every_card_has_an_id_and_every_id_of_a_card_its_picture() -> None:
    assert [id_of(card) for card in CardSet.EIGHT.feelings] == list(FEELING_WORDS)
    assert [id_of(card) for card in Coping] == list(COPING_WORDS)
    icons = Path(checkin.__file__).parent / "static" / "icons"
    for folder, ids in (("needs", NEED_WORDS), ("adults", ADULT_WORDS)):
        assert {path.stem for path in (icons / folder).glob("*.svg")} == set(ids)


@every_language
def test_a_language_runs_as_its_script_does(language: Language) -> None:
    is_arabic = OTHER_SCRIPTS.get(language.code) == "ARABIC"
    assert language.direction == ("rtl" if is_arabic else "ltr")


def test_the_languages_are_those_of_newcomers_each_once() -> None:
    codes = [language.code for language in LANGUAGES]
    assert " ".join(codes) == "nl ar uk ti tr pl fa so ku ckb bg en ru es ro ps"
    assert {language.code for language in LANGUAGES if language.reviewed} == {"nl", "en"}


def test_the_last_card_says_not_today() -> None:
    assert word(Feeling.PASS, "nl") == "vandaag niet"


def test_a_class_keeps_its_own_order_and_unknown_languages_fall_out() -> None:
    assert [one.code for one in languages_of(("ti", "xx", "nl"))] == ["ti", "nl"]
    assert [one.code for one in languages_of(())] == ["nl"]


def test_the_version_changes_with_the_languages() -> None:
    assert version_of(("nl", "ar")) != version_of(("nl", "uk")) != version_of(("uk", "nl"))
