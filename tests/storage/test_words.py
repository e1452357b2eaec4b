"""A school's own words and languages, in files and on a server."""

from datetime import date

import pytest

from checkin.domain.vocabulary import OwnWords
from checkin.domain.words import Language
from checkin.storage import words
from checkin.storage.database import db
from checkin.storage.rows import RecordingRow
from tests.school import small_school

AMHARIC = Language("am", "አማርኛ")
URDU = Language("ur", "اردو", "rtl")
DAY = date(2026, 11, 23)


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    urls = ()
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with small_school(tmp_path, *urls) as made:
        yield made


def test_keeps_languages_and_words_and_gives_them_back_at_once(school):
    assert words.own_words_of(school.id) == OwnWords()
    for language in (URDU, AMHARIC):
        words.set_language(school.id, language)
    words.set_words(school.id, "nl", {"happy": "vrolijk", "sad": ""})
    words.set_words(school.id, "am", {"happy": "ደስታ"})
    db.session.commit()
    assert words.own_words_of(school.id) == OwnWords(
        (URDU, AMHARIC), {"nl": {"happy": "vrolijk"}, "am": {"happy": "ደስታ"}}
    )
    assert words.own_words_of(school.id + 1) == OwnWords()


def test_a_word_is_changed_and_given_back(school):
    words.set_words(school.id, "nl", {"happy": "vrolijk"})
    words.set_words(school.id, "nl", {"happy": "vrolijker"})
    assert words.own_words_of(school.id).words == {"nl": {"happy": "vrolijker"}}
    words.set_words(school.id, "nl", {"happy": ""})
    assert words.own_words_of(school.id).words == {}


def test_a_language_goes_with_all_that_was_said_in_it(school):
    words.set_language(school.id, AMHARIC)
    words.set_words(school.id, "am", {"happy": "ደስታ"})
    words.set_words(school.id, "nl", {"happy": "vrolijk"})
    words.set_review(school.id, "am", DAY, 1, "v1")
    said = RecordingRow(school_id=school.id, language="am", word="happy", audio=b"x", version="v")
    said.made_on, said.made_by = DAY, 1
    db.session.add(said)
    db.session.commit()
    words.remove_language(school.id, "am")
    db.session.commit()
    assert words.own_words_of(school.id) == OwnWords(words={"nl": {"happy": "vrolijk"}})
    assert words.reviews_of(school.id) == {}
    assert not db.session.query(RecordingRow).count()


def test_a_mark_says_who_and_when_and_the_last_one_counts(school):
    words.set_review(school.id, "ti", DAY, 1, "v1")
    words.set_review(school.id, "ti", DAY, 1, "v2")
    db.session.commit()
    (review,) = words.reviews_of(school.id).values()
    assert (review.on, review.version, bool(review.by)) == (DAY, "v2", True)
    words.remove_review(school.id, "ti")
    assert words.reviews_of(school.id) == {}
