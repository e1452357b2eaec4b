"""A password that others would try first is refused; one of a few words is not."""

import pytest

from checkin.domain.new_passwords import COMMON, Weak, find_weakness

ABOUT = ("Tess van den Mulder", "t.mulder@regenboog.example", "De Regenboog")


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("kort", Weak.SHORT),
        ("x" * 201, Weak.LONG),
        ("tess-mulder", Weak.NAMED),
        ("Mulder2026!", Weak.NAMED),
        ("ＭＵＬＤＥＲ2026", Weak.NAMED),  # wide letters are the same letters
        ("regenboog123", Weak.NAMED),
        ("Wachtwoord1", Weak.COMMON),
        ("welkom-2026", Weak.COMMON),
        ("1234567890", Weak.COMMON),
        ("qwertyqwerty", Weak.COMMON),
        ("Zomer2026!!", Weak.COMMON),
        ("aaaaaaaaaaaaaa", Weak.COMMON),
        ("abababababab", Weak.COMMON),
        ("drie gele fietsen", None),
        ("tess fietst over de gele brug", None),
        ("ኣብ ትምህርቲ ሎሚ", None),
        ("kw7-Hbz-9vQ", None),
    ],
)
def test_finds_what_is_weak(password: str, weak: Weak | None) -> None:
    assert find_weakness(password, 10, ABOUT) is weak


@pytest.mark.parametrize("word", COMMON)
def test_no_common_word_with_a_year_will_do(word: str) -> None:
    assert find_weakness(f"{word.title()}2026", 10, ABOUT) in (Weak.COMMON, Weak.SHORT)


def test_a_name_of_two_letters_forbids_nothing() -> None:
    assert find_weakness("bo en de gele fietsen", 10, ("Bo Li", "b.li@x.nl")) is None
