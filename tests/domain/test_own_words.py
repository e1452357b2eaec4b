"""What a school may call a card or a language."""

import unicodedata

import pytest

from checkin.domain.own_words import (
    MOST_LETTERS,
    NotTaken,
    Wrong,
    read_code,
    read_direction,
    read_name,
    read_word,
)
from checkin.domain.words import LANGUAGES


def refusal(read, text: str) -> NotTaken:
    with pytest.raises(NotTaken) as refused:
        read(text)
    return refused.value


@pytest.mark.parametrize(
    "word",
    [
        "blij",
        "vertrouwens\u00adpersoon",
        "هیجان\u200cزده",
        "لَيْسَ الْيَوْم",
        "ሎሚ ኣይኮነን",
        "м'яч",
        "¿qué me ayuda?",
        "op-ka",
        "快乐",
        "खुश",
        "maʼlum",
        "4 uur",
    ],
)
def test_keeps_a_word_of_any_script_as_it_is(word: str) -> None:
    assert read_word(word) == word


def test_keeps_one_form_of_the_same_letters_and_single_spaces() -> None:
    assert read_word("  ru\u0308hig \t nu ") == "rühig nu"
    vowelled = "قُوَّة"
    assert read_word(unicodedata.normalize("NFD", vowelled)) == unicodedata.normalize(
        "NFC", vowelled
    )


@pytest.mark.parametrize("nothing", ["", "   ", "\u200c", "\u00ad \u200d"])
def test_takes_nothing_for_no_word(nothing: str) -> None:
    assert read_word(nothing) == ""
    assert refusal(read_name, nothing).wrong is Wrong.NO_LETTER


def test_counts_letters_and_not_the_marks_on_them() -> None:
    longest = "ب" * MOST_LETTERS
    assert read_word(longest) == longest
    assert read_word("بَ" * MOST_LETTERS)
    assert refusal(read_word, longest + "ب").wrong is Wrong.TOO_LONG
    assert refusal(read_word, "ب" + "\u064e" * 100).wrong is Wrong.TOO_LONG


@pytest.mark.parametrize(
    ("word", "sign"),
    [
        ("a<b", "<"),
        ("a&b", "&"),
        ('say "hi"', '"'),
        ("blij 😀", "😀"),
        ("a\u202eb", ""),  # turns the line round
        ("a\x00b", ""),
        ("a\ufeffb", ""),
        ("a\ud800b", ""),
        ("a=b", "="),
    ],
)
def test_refuses_what_is_no_letter_and_says_which(word: str, sign: str) -> None:
    refused = refusal(read_word, word)
    assert (refused.wrong, refused.sign) == (Wrong.ODD_SIGN, sign)


@pytest.mark.parametrize("word", ["12", "?", "- -", "\u064e"])
def test_refuses_a_word_without_a_letter(word: str) -> None:
    assert refusal(read_word, word).wrong is Wrong.NO_LETTER


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("am", "am"),
        (" AM ", "am"),
        ("ar_sy", "ar-SY"),
        ("uz-cyrl-uz", "uz-Cyrl-UZ"),
        ("es-419", "es-419"),
        ("ca-valencia", "ca-valencia"),
        ("rmy", "rmy"),
    ],
)
def test_writes_a_code_as_it_is_usually_written(given: str, code: str) -> None:
    assert read_code(given) == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "a",
        "dutch",
        "x-klingon",
        "und",
        "mul",
        "ar,nl",
        "ar-",
        "a1",
        "../nl",
        "ар",
        "ar-S",
        "٣٣",
    ],
)
def test_refuses_what_is_no_code(code: str) -> None:
    assert refusal(read_code, code).wrong is Wrong.NO_CODE


def test_every_code_and_name_of_the_program_would_pass() -> None:
    for language in LANGUAGES:
        assert read_code(language.code) == language.code
        assert read_name(language.name) == language.name


def test_knows_two_directions() -> None:
    assert [read_direction(d) for d in ("ltr", "rtl")] == ["ltr", "rtl"]
    assert refusal(read_direction, "ttb").wrong is Wrong.NO_DIRECTION
