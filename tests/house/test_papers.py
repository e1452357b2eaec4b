"""The school's papers are true: each thing they say of the program is tried on the program."""

import re
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from checkin.domain.words import PUPIL_WORDS
from checkin.services.papers import NOBODYS
from checkin.storage import rows  # noqa: F401  # the tables register themselves
from checkin.storage.database import Base
from checkin.web.leaflet import CODES, FIRST, FOLDER, SECOND, leaflet_in, leaflets
from checkin.web.papers_text import LANGUAGES, Paper, source_of
from tests.house import (
    held_by_keeping,
    held_by_keeping_staff,
    held_by_seeing,
    held_by_the_house,
    held_by_the_rule,
)
from tests.house.claims import CHECKS, PAPERS, claims, marks_of, unmarked
from tools.make_papers import file_of

HELD_BY = (
    held_by_keeping,
    held_by_keeping_staff,
    held_by_seeing,
    held_by_the_house,
    held_by_the_rule,
)
ROOT = Path(__file__).parents[2]
FONTS = ROOT / "checkin" / "static" / "fonts"
LEAFLET = {
    "box": "no-names",
    "light": "one-light",
    "nobody": "born-with-noise",
    "free": "not-today",
    "nothing": "no-names",
    "talk": "talks-apart",
    "no-test": "one-light",
}
"""What holds the sentences of the leaflet; the others say nothing of the program."""
TOLD_OF = {
    "school": "the school's settings",
    "calendar_day": "the school's settings",
    "opening": "the school's settings",
    "classroom": "no-names",
    "team_member": "team",
    "staff": "staff",
    "staff_role": "staff",
    "teaching": "staff",
    "staff_session": "kept-sessions",
    "guess": "kept-guesses",
    "enrolment_code": "kept-codes",
    "invitation": "staff",
    "authenticator": "staff",
    "passkey": "staff",
    "recovery_code": "staff",
    "factor_duty": "staff",
    "factor_rule": "the school's settings",
    "outside_identity": "staff",
    "sign_in_step": "kept-sessions",
    "substitution": "staff",
    "class_change": "no-names",
    "class_change_part": "no-names",
    "tablet_move": "tablet",
    "first_start": "the program's own",
    "first_answer": "the program's own",
    "first_day_tick": "the school's settings",
    "tablet": "tablet",
    "own_language": "the words of the cards",
    "own_word": "the words of the cards",
    "language_review": "the words of the cards",
    "recording": "voices",
    "released_round": "kept-figures",
    "released_week": "kept-figures",
    "flag": "kept-flags",
    "flag_event": "kept-flags",
    "decision": "kept-flags",
    "review_meeting": "kept-flags",
    "class_loop": "kept-flags",
    "parents_talk": "parents-talk",
    "engine_state": "flags-of-a-class",
    "rule_setting": "the school's settings",
    "structure": "the school's settings",
    "absence": "kept-absences",
    "audit": "kept-audit",
    "audit_head": "kept-audit",
    "mail": "kept-mails",
    "mail_setting": "the school's settings",
    "mail_choice": "kept-mails",
    "lease": "the program's own",
    "backup": "backup",
    "talk_setting": "the school's settings",
    "talk_class": "the school's settings",
    "talk_adult": "photos",
    "talk_adult_class": "photos",
    "talk_request": "kept-talks",
    "talk_step": "kept-talks",
}
"""Which claim tells of what a table holds; a new table has to be told of before it is kept."""
NO_CLAIM = {"title", "for", "tap", "cards", "ask", "unreviewed"}


@pytest.mark.parametrize("name", sorted(claims()))
def test_what_a_paper_says_is_so(name: str, tmp_path: Path) -> None:
    assert name in CHECKS, f"nothing holds '{name}'"
    CHECKS[name](claims()[name], tmp_path)


def test_what_the_leaflet_alone_says_is_so(tmp_path: Path) -> None:
    for name in set(LEAFLET.values()) - claims().keys():
        CHECKS[name](claims().get(name, held_by_the_rule.NOTHING_SAID), tmp_path)


def test_every_check_holds_a_claim() -> None:
    assert set(CHECKS) == claims().keys() | set(LEAFLET.values())


def test_every_table_is_told_of() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables}
    assert TOLD_OF.keys() == tables
    marks = {mark for mark in TOLD_OF.values() if " " not in mark}
    assert marks <= claims().keys()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_line_about_the_program_has_a_mark(paper: Path) -> None:
    assert unmarked(paper) == []
    assert marks_of(paper)


@pytest.mark.parametrize("paper", Paper)
def test_both_languages_claim_the_same(paper: Paper) -> None:
    dutch, english = (marks_of(file_of(paper, language)) for language in LANGUAGES)
    assert [name for name, _ in dutch] == [name for name, _ in english]
    for (_, one), (name, other) in zip(dutch, english, strict=True):
        numbers = [re.findall(r"\d+", text) for text in (one, other)]
        assert numbers[0] == numbers[1], name


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_are_those_that_the_app_fills_in(paper: Paper, language: str) -> None:
    written = file_of(paper, language).read_text(encoding="utf-8")
    assert written == source_of(paper, language, NOBODYS), "run: python -m tools.make_papers"


def test_there_is_no_other_paper() -> None:
    assert {file_of(p, language) for p in Paper for language in LANGUAGES} == set(PAPERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dpia_says_what_remains(language: str) -> None:
    text = file_of(Paper.DPIA, language).read_text(encoding="utf-8")
    remains = text.partition("## 8. ")[2].partition("\n## ")[0]
    assert len(re.findall(r"^- ", remains, re.MULTILINE)) >= 7


def test_every_leaflet_says_the_same_sentences() -> None:
    shown = {key for key, _ in (*FIRST, *SECOND)}
    for leaflet in leaflets():
        assert set(leaflet.words) == LEAFLET.keys() | NO_CLAIM
        assert shown <= set(leaflet.words)
        assert all(text.strip() for text in leaflet.words.values())
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(CODES)


def test_only_dutch_and_english_were_looked_through() -> None:
    assert {one.language.code for one in leaflets() if one.reviewed} == {"nl", "en"}
    for one in FOLDER.glob("*.toml"):
        assert isinstance(tomllib.loads(one.read_text(encoding="utf-8"))["reviewed"], bool)


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_fonts_have_every_letter_of_a_leaflet(code: str) -> None:
    fonts = [set(TTFont(path).getBestCmap()) for path in FONTS.glob("*.woff2")]
    shipped = {chr(number) for font in fonts for number in font}
    written = set("".join(leaflet_in(code).words.values()))
    beyond_latin = {letter for letter in written if ord(letter) > 0x2FF}
    missing = {letter for letter in beyond_latin - shipped if not "\u2000" <= letter <= "\u206f"}
    assert not missing


def test_the_cards_of_the_leaflet_are_words_of_the_catalogue() -> None:
    assert {"happy", "not today", "talk-request"} <= set(PUPIL_WORDS)
