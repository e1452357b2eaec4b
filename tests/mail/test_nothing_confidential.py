"""No mail carries a feeling, a light, a class, a symbol, a pattern or a note, in any language."""

import re
from collections.abc import Iterator

import pytest
from flask_babel import force_locale

from checkin.domain.feelings import Feeling
from checkin.domain.mails import Counts, Kind, Letter, Link
from checkin.domain.words import SYMBOL_WORDS
from checkin.services import mailing
from checkin.storage import staff
from checkin.storage.database import db
from checkin.web import mail_words
from checkin.web.pattern_words import PATTERNS, title_of
from checkin.web.pupil_words import vocabulary_of
from tests.mail.conftest import Mailing
from tests.school import at

LOCALES = ("en", "nl")
LIGHTS = ("few heavy", "some heavy", "many heavy", "heavy", "zwaar", "zware", "withheld", "licht")
WEEKS = Counts(3, 2, 1)
LETTERS = (
    Letter(Kind.DIGEST, (Link("review"),), WEEKS),
    Letter(Kind.FLAG, (Link("flag", "7"), Link("flag", "8"))),
    Letter(Kind.TALK, (Link("talks"),)),
    Letter(Kind.DECISIONS, (Link("decisions", "2026-W48"), Link("flag", "7")), of_week="2026-W48"),
    Letter(Kind.DECISIONS, (Link("home"),), of_week="2026-W48"),
    Letter(Kind.INVITATION, (Link("join", "w" * 43),), asked_by="Adam", until=at(9)),
    Letter(Kind.PASSWORD, (Link("join", "w" * 43),), asked_by="Adam", until=at(9)),
    Letter(Kind.PASSWORD, (Link("join", "w" * 43),), until=at(9)),
    None,
)


def secrets_of(made: Mailing) -> Iterator[str]:
    """Yield everything that no mail may hold."""
    words = vocabulary_of(made.school.id)
    for locale in LOCALES:
        for name in (*(feeling.value for feeling in Feeling), *SYMBOL_WORDS):
            yield words.find_word(name, locale) or name
        with force_locale(locale):
            yield from (str(title_of(pattern)) for pattern in PATTERNS)
    yield from (feeling.value for feeling in Feeling)
    yield from (*SYMBOL_WORDS, *PATTERNS, *LIGHTS)
    yield from ("Zon", "Maan", "a note of this test", "De Waterlelie")


def found_in(text: str, made: Mailing) -> set[str]:
    """Return what a mail gives away."""
    return {
        secret
        for secret in secrets_of(made)
        if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text, re.IGNORECASE)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_no_kind_of_mail_gives_anything_away(mailing_school: Mailing, locale: str) -> None:
    assert {letter.kind for letter in LETTERS if letter} == set(Kind)
    staff.set_locale(mailing_school.people["tess"], locale)
    db.session.commit()
    person = staff.find_person(mailing_school.people["tess"])
    assert person is not None
    for letter in LETTERS:
        subject, text = mail_words.write(letter, person)
        assert found_in(f"{subject}\n{text}", mailing_school) == set(), letter
        links = re.findall(r"https://\S+", text)
        pages = r"/(flags/\d+|review|review/2026-W48/decisions|talk|home|mail/mine|join/w+)"
        assert links
        assert all(re.fullmatch(rf"https://checkin\.school\.example{pages}", one) for one in links)


def test_what_arrives_gives_nothing_away_either(mailing_school: Mailing) -> None:
    mailing_school.give_flag("tess")  # with a note
    assert mailing_school.look_and_send() == 1
    ((_, mail),) = mailing_school.inbox.mails
    assert found_in(str(mail), mailing_school) == set()


@pytest.mark.parametrize(
    "slip",
    ["Class Zon has a flag.", "Many heavy cards", "The fox wants to talk.", "sad", "verdrietig"],
)
def test_the_search_finds_what_a_careless_mail_would_say(
    mailing_school: Mailing, slip: str
) -> None:
    careful = mailing_school.school.app.extensions["checkin_mail_words"]

    def careless(letter: object, person: object) -> tuple[str, str]:
        subject, text = careful(letter, person)
        return subject, f"{slip}\n{text}"

    mailing_school.school.app.extensions["checkin_mail_words"] = careless
    mailing_school.give_flag("tess")
    mailing.look(mailing_school.now)
    assert mailing.send_due(mailing_school.now) == 1
    assert found_in(mailing_school.inbox.text(), mailing_school) != set()
