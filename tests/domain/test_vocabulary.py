"""All the words of a school: shipped ones, its own over them, and who looked at them."""

from datetime import date

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.vocabulary import OwnWords, Review, Standing, Vocabulary
from checkin.domain.words import LANGUAGES, Language

SHIPPED = {
    "nl": {"happy": "blij", "sad": "verdrietig", "not today": "vandaag niet", "imagine": "tekenen"},
    "ti": {"happy": "ሓጎስ", "sad": "ጓሂ"},
}
AMHARIC = Language("am", "አማርኛ")


def shipped(code: str) -> dict[str, str]:
    return SHIPPED[code]


PLAIN = Vocabulary(shipped)
OWN = Vocabulary(
    shipped,
    OwnWords((AMHARIC,), {"nl": {"happy": "vrolijk"}, "am": {"sad": "ሐዘን", "no such word": "x"}}),
)


def review_of(vocabulary: Vocabulary, code: str) -> Review:
    return Review(date(2026, 11, 23), "Inge", vocabulary.version_in(code))


def test_a_word_of_the_school_stands_over_the_shipped_one() -> None:
    assert PLAIN.find_word(Feeling.HAPPY, "nl") == "blij"
    assert OWN.find_word(Feeling.HAPPY, "nl") == "vrolijk"
    assert OWN.find_word(Feeling.SAD, "nl") == "verdrietig"
    assert OWN.words_in("nl")["happy"] == "vrolijk"


def test_every_kind_of_card_finds_its_word() -> None:
    assert PLAIN.find_word(Feeling.PASS, "nl") == "vandaag niet"
    assert PLAIN.find_word(Coping.IMAGINE, "nl") == "tekenen"
    assert PLAIN.find_word("sad", "ti") == "ጓሂ"


def test_a_language_of_the_school_lacks_what_nobody_wrote() -> None:
    assert OWN.find_word("sad", "am") == "ሐዘን"
    assert OWN.find_word("happy", "am") is None
    assert OWN.words_in("am") == {"sad": "ሐዘን"}


def test_own_languages_come_after_those_of_the_program() -> None:
    assert OWN.languages == (*LANGUAGES, AMHARIC)
    assert (OWN.is_own("am"), OWN.is_own("nl"), OWN.is_own("xx")) == (True, False, False)


def test_a_language_that_came_later_with_the_program_is_not_there_twice() -> None:
    early = Vocabulary(shipped, OwnWords((Language("ti", "Tigrinya"),), {"ti": {"happy": "ደስታ"}}))
    assert early.languages == LANGUAGES
    assert not early.is_own("ti")
    assert (early.find_word("happy", "ti"), early.find_word("sad", "ti")) == ("ደስታ", "ጓሂ")


def test_a_class_keeps_its_order_and_unknown_languages_fall_out() -> None:
    assert [one.code for one in OWN.languages_of(("am", "xx", "nl"))] == ["am", "nl"]
    assert [one.code for one in PLAIN.languages_of(("am",))] == ["nl"]


def test_the_version_of_a_page_changes_with_any_word_name_or_direction_on_it() -> None:
    turned = Vocabulary(shipped, OwnWords((Language("am", "አማርኛ", "rtl"),), OWN.own.words))
    renamed = Vocabulary(shipped, OwnWords((Language("am", "አማርኛ!"),), OWN.own.words))
    codes = ("am", "nl")
    versions = {one.version_of(codes) for one in (PLAIN, OWN, turned, renamed)}
    assert len(versions) == 4
    assert PLAIN.version_of(("ti",)) != OWN.version_of(("ti",))  # its Dutch
    assert PLAIN.version_of(("nl", "ti")) != PLAIN.version_of(("ti", "nl"))


def test_the_makers_mark_holds_until_the_school_says_more() -> None:
    dutch, tigrinya = LANGUAGES[0], LANGUAGES[3]
    assert PLAIN.standing_of(dutch, None) is Standing.MAKERS
    assert PLAIN.standing_of(tigrinya, None) is Standing.NOT_YET


def test_the_schools_mark_falls_when_a_word_changes_and_stands_again_when_it_is_back() -> None:
    dutch = LANGUAGES[0]
    marked = review_of(OWN, "nl")
    assert OWN.standing_of(dutch, marked) is Standing.SCHOOL
    assert PLAIN.standing_of(dutch, marked) is Standing.CHANGED


def test_the_mark_of_one_language_does_not_fall_with_another() -> None:
    tigrinya = LANGUAGES[3]
    assert OWN.standing_of(tigrinya, review_of(PLAIN, "ti")) is Standing.SCHOOL
