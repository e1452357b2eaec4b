"""Cut the fonts of the pupils' screen to the letters it needs: python -m tools.make_fonts [FOLDER].

FOLDER holds Noto's .ttf files; Debian's package fonts-noto-core puts them where it is looked for
when none is given. Writes `static/fonts/*.woff2` and `static/css/fonts.css`.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from checkin.domain.words import LANGUAGES
from checkin.web.pupil_words import words_in

NOTO = Path("/usr/share/fonts/truetype/noto")
STATIC = Path(__file__).parent.parent / "checkin" / "static"
STYLE_SHEET = STATIC / "css" / "fonts.css"

# What joins letters and sets marks. No kerning: it is half a file, for words that stand alone.
FEATURES = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "mark", "mkmk"]
NAMES = [0, 1, 2, 5, 7, 13, 14]  # who made it, what it is called, under which licence

# Seven vowels a row: the consonants of Tigrinya and Amharic, and some that are rounded.
ROWS = "ሀለሐመረሰሸቀቐበተቸነኘአከኸወዐዘዠየደጀገጠጨጸፈፐ"
ROUNDED = "ቈኰጐቘዀቨ።፣፤፡"
# Arabic itself with its vowels, then what Persian, Pashto, Sorani and Urdu add; letters join, so
# they cannot be spread over two files.
ARABIC = (range(0x621, 0x63B), range(0x640, 0x653), (0x654, 0x655, 0x670, 0x200C, 0x200D))
ARABIC_MORE = "،؛؟ٱپچژکگیهےٹڈںھہټډړږښڼېۍئځڅګڕڵۆێەڤ"
CYRILLIC = range(0x410, 0x450)
CYRILLIC_MORE = "ЁёЄєІіЇїҐґЎў"

HEAD = """/* Letters that a tablet may lack; cut and written by tools/make_fonts.py.
   A font is fetched only by a page that shows a letter of its range; Cyrillic, which stands last in
   --font, only where a tablet has none of its own. */
"""
FACE = """
@font-face {{
  font-display: swap;
  font-family: "{family}";
  font-weight: 400 700;
  size-adjust: {size}%;
  src: url("../fonts/{name}.woff2") format("woff2");
  unicode-range: {ranges};
}}
"""


@dataclass(frozen=True)
class Cut:
    """One font file: what it is cut from, to which letters, how large beside Latin in percent."""

    name: str
    source: str
    letters: frozenset[str]
    family: str = "checkin"
    size: int = 100

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return STATIC / "fonts" / f"{self.name}.woff2"


@cache
def cuts() -> tuple[Cut, ...]:
    """Return every font of the pupils' screen."""
    used = _used_letters()
    arabic = _letters(*ARABIC) | set(ARABIC_MORE)
    ethiopic = {letter for letter in used if "\u1200" <= letter <= "\u137f"}
    rows = _letters(*(range(ord(first), ord(first) + 7) for first in ROWS)) | set(ROUNDED)
    cyrillic = _letters(CYRILLIC) | set(CYRILLIC_MORE)
    return (
        Cut("arabic", "NotoNaskhArabic-Regular.ttf", frozenset(arabic), size=125),
        Cut("ethiopic", "NotoSansEthiopic-Regular.ttf", frozenset(ethiopic), size=112),
        Cut("ethiopic-more", "NotoSansEthiopic-Regular.ttf", frozenset(rows - ethiopic), size=112),
        Cut("cyrillic", "NotoSans-Regular.ttf", frozenset(cyrillic), family="checkin last"),
    )


def style_sheet() -> str:
    """Return the style sheet that names every font."""
    faces = (
        FACE.format(name=cut.name, family=cut.family, size=cut.size, ranges=_ranges(cut.letters))
        for cut in cuts()
    )
    return HEAD + "".join(faces)


def make(cut: Cut, folder: Path) -> None:
    """Write one font file; the same letters from the same source give the same bytes."""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = NAMES
    font = TTFont(folder / cut.source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(cut.letters))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(cut.path)


def main() -> int:
    """Make all fonts and their style sheet, and say how large they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else NOTO
    missing = [cut.source for cut in cuts() if not (folder / cut.source).is_file()]
    if missing:
        print(f"not in {folder}: {', '.join(missing)}", file=sys.stderr)
        return 1
    for cut in cuts():
        make(cut, folder)
        print(f"{cut.name}: {len(cut.letters)} letters, {cut.path.stat().st_size} bytes")
    STYLE_SHEET.write_text(style_sheet(), encoding="utf-8")
    return 0


def _used_letters() -> set[str]:
    words = (words_in(language.code).values() for language in LANGUAGES)
    return set("".join([*chain.from_iterable(words), *(one.name for one in LANGUAGES)]))


def _letters(*spans: Iterable[int]) -> set[str]:
    return {chr(number) for number in chain.from_iterable(spans)}


def _ranges(letters: Iterable[str]) -> str:
    """Write letters as CSS ranges, such as 'U+621-63A, U+640'."""
    spans: list[list[int]] = []
    for number in sorted(map(ord, letters)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


if __name__ == "__main__":
    raise SystemExit(main())
