"""The fonts hold every letter of the pupils' words, and are those that were cut last."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from checkin.domain.words import LANGUAGES
from checkin.web.fonts import FONTS, fonts_for
from checkin.web.pupil_words import words_in
from tools.make_fonts import STATIC, STYLE_SHEET, Cut, cuts, style_sheet

FIRST_LOAD = 20_000  # bytes that a class of Arabic and Tigrinya fetches, of 60 kB for all
IN_ONE_FONT = {
    **dict.fromkeys(("ar", "fa", "ckb", "ps"), "arabic"),
    "ti": "ethiopic",
    **dict.fromkeys(("uk", "bg", "ru"), "cyrillic"),
}
every_cut = pytest.mark.parametrize("cut", cuts(), ids=lambda one: one.name)


def letters_in_file(path: Path) -> set[str]:
    return {chr(number) for number in TTFont(path).getBestCmap()}


@pytest.mark.parametrize("code", IN_ONE_FONT)
def test_one_font_holds_every_letter_of_a_language(code: str) -> None:
    held = letters_in_file(STATIC / "fonts" / f"{IN_ONE_FONT[code]}.woff2")
    name = next(language.name for language in LANGUAGES if language.code == code)
    written = {letter for text in (*words_in(code).values(), name) for letter in text}
    missing = {letter for letter in written if ord(letter) > 0x2FF} - held
    assert not missing, "run: python -m tools.make_fonts"


@every_cut
def test_a_font_holds_what_it_was_cut_to(cut: Cut) -> None:
    assert letters_in_file(cut.path) >= cut.letters, "run: python -m tools.make_fonts"
    # A browser never asks it for more than its range; what else is in it would only weigh.
    assert len(letters_in_file(cut.path) - cut.letters) <= 8


def test_the_style_sheet_is_fresh() -> None:
    assert STYLE_SHEET.read_text(encoding="utf-8") == style_sheet(), (
        "run: python -m tools.make_fonts"
    )


def test_no_letter_is_in_two_fonts() -> None:
    letters = [letter for cut in cuts() for letter in cut.letters]
    assert len(letters) == len(set(letters))


def test_every_font_is_small_and_known_to_the_tablet() -> None:
    files = {path.stem: path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")}
    assert set(files) == {cut.name for cut in cuts()} == set(FONTS)
    assert files["arabic"] + files["ethiopic"] <= FIRST_LOAD


@every_cut
def test_a_font_names_its_makers_and_its_licence(cut: Cut) -> None:
    names = TTFont(cut.path)["name"]
    assert "Google" in str(names.getDebugName(0))
    assert "Open Font License" in str(names.getDebugName(13))
    told = (STATIC / "fonts" / "README.md").read_text(encoding="utf-8")
    assert str(names.getDebugName(0)) in told
    assert f"`{cut.name}.woff2`" in told
    assert "Reserved Font Name" not in str(names.getDebugName(0))
    licence = (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Version 1.1" in licence


def test_a_class_fetches_early_what_its_languages_are_written_in() -> None:
    by_code = {language.code: language for language in LANGUAGES}
    assert fonts_for([by_code["nl"], by_code["uk"]]) == []
    assert fonts_for([by_code["nl"], by_code["ps"], by_code["ti"]]) == ["arabic", "ethiopic"]
