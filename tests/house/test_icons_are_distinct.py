"""No two cards of a set look alike to a short glance, in colour, in grey or without green.

How far apart two pictures are (`likeness.js`, drawn and reckoned in Chromium), 0 to about 1:

1. Draw both on white at 96 and at 200 px; blur them in linear light by 2 % of their width.
2. See them in colour, in grey (Rec. 709 luminance) and with deuteranopia (the matrix of Machado,
   Oliveira and Fernandes 2009, severity 1.0, in linear light); read 40 x 40 cells in Oklab.
3. tone: the mean difference in Oklab over the cells that either picture paints.
4. structure: 1 - the cosine between their lightness gradients, so 0 for the same lines.
5. The distance is the mean of the two, at its least over moving one picture by up to one cell.

The sheet on which all of this can be looked at is written to build/contact-sheet.png, or to where
CHECKIN_CONTACT_SHEET says.
"""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

import checkin
from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling

ICONS = Path(checkin.__file__).parent / "static" / "icons"
CONTACT_SHEET = ICONS.parents[2] / "build" / "contact-sheet.png"
LIKENESS = Path(__file__).with_name("likeness.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
SIZES = (96, 200)
VIEWS = ("colour", "grey", "deuteranopia")
LAYOUT = "body { font: 14px sans-serif } figure { display: inline-block; margin: 6px }"

# Two faces share a head and two adults a body, so they start closer. Below the first number one
# shape alone is different; below the second somebody drew the same thing twice. The canaries
# below are what the numbers were set by; the nearest cards are calm and worried (0.19), the nearest
# adults confidant and teacher (0.26), the nearest others apple and drum (0.38).
SAME_FRAME, OWN_OUTLINE = 0.18, 0.35


def folder(name: str) -> tuple[str, ...]:
    return tuple(f"{name}/{path.stem}" for path in sorted((ICONS / name).glob("*.svg")))


FACES = tuple(feeling.value for feeling in Feeling if feeling is not Feeling.PASS)
BESIDE = (Feeling.PASS.value, *folder("needs"))
SETS = {
    "faces": (*FACES, *BESIDE),
    "faceless": (*(f"faceless/{name}" for name in FACES), *BESIDE),
    "coping": tuple(f"coping/{card.value}" for card in Coping),
    "symbols": folder("symbols"),
    "adults": folder("adults"),
    "talk": folder("talk"),
    "weather": folder("weather"),
}
LEAST = dict.fromkeys(SETS, OWN_OUTLINE) | {"faces": SAME_FRAME, "adults": SAME_FRAME}
LEAST["weather"] = SAME_FRAME  # the same class under each
ONLY_LOOKED_AT = {"explain": folder("explain")}


def svg(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def mouth(face: str) -> str:
    return svg(face).rpartition("  <path")[2]


SAD_WITH_THE_MOUTH_OF_WORRIED = svg("sad").replace(mouth("sad"), mouth("worried"))
APPLE_IN_ANOTHER_COLOUR = svg("symbols/apple").replace("#F4D9A0", "#E6E1F2")
ANOTHER_TREE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
  <g stroke="#1F2933" stroke-width="4" stroke-linejoin="round">
    <path d="M43 94v-30h14v30z" fill="#F4D9A0"/>
    <circle cx="50" cy="38" r="33" fill="#B7A9D9"/>
  </g>
</svg>"""

CANARIES = {
    "sad with the mouth of worried": ("sad", SAD_WITH_THE_MOUTH_OF_WORRIED, SAME_FRAME),
    "another tree": ("symbols/tree", ANOTHER_TREE, OWN_OUTLINE),
    "an apple in another colour": ("symbols/apple", APPLE_IN_ANOTHER_COLOUR, SAME_FRAME),
}


@dataclass(frozen=True)
class Measured:
    """How far apart each pair is, and the sheet to look at."""

    distances: tuple[dict[str, Any], ...]
    sheet: Path

    def between(self, names: tuple[str, ...]) -> list[dict[str, Any]]:
        """Return the distances between the cards of a set, the nearest first."""
        among = [found for found in self.distances if {found["one"], found["other"]} <= set(names)]
        return sorted(among, key=lambda found: found["distance"])


@pytest.fixture(scope="module")
def measured() -> Measured:
    """All pairs of all sets. In a thread of its own: other tests may hold a browser in this one."""
    sheet = Path(os.environ.get("CHECKIN_CONTACT_SHEET", CONTACT_SHEET))
    sheet.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(measure, sheet).result()


def measure(sheet: Path) -> Measured:
    shown = SETS | ONLY_LOOKED_AT
    pictures = {name: svg(name) for names in shown.values() for name in names}
    pictures |= {canary: drawing for canary, (_, drawing, _) in CANARIES.items()}
    pairs = {pair for names in SETS.values() for pair in combinations(names, 2)}
    pairs |= {(original, canary) for canary, (original, _, _) in CANARIES.items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1900, "height": 1000})
        page.add_style_tag(content=LAYOUT)
        page.add_script_tag(content=LIKENESS.read_text(encoding="utf-8"))
        compared = {name: pictures[name] for name in {name for pair in pairs for name in pair}}
        call = "([pictures, pairs, sizes]) => distances(pictures, pairs, sizes)"
        found = page.evaluate(call, [compared, sorted(pairs), list(SIZES)])
        call = "([sets, pictures, sizes]) => contactSheet(sets, pictures, sizes)"
        page.evaluate(call, [shown, pictures, list(SIZES)])
        page.screenshot(path=sheet, full_page=True)
        browser.close()
    return Measured(tuple(found), sheet)


def chromium() -> str | None:
    """Return the Chromium that is installed; None is Playwright's own."""
    installed = (shutil.which(name) for name in BROWSERS)
    return os.environ.get("CHECKIN_CHROMIUM") or next((path for path in installed if path), None)


@pytest.mark.parametrize("name", SETS)
def test_any_two_cards_of_a_set_look_different(name: str, measured: Measured) -> None:
    found = measured.between(SETS[name])
    assert len(found) == len(list(combinations(SETS[name], 2))) * len(SIZES) * len(VIEWS)
    too_alike = [told(pair) for pair in found if pair["distance"] < LEAST[name]]
    assert not too_alike


@pytest.mark.parametrize("canary", CANARIES)
def test_a_near_copy_is_told_to_be_one_at_every_size_and_in_every_view(
    canary: str, measured: Measured
) -> None:
    original, _, least = CANARIES[canary]
    found = measured.between((original, canary))
    assert len(found) == len(SIZES) * len(VIEWS)
    assert found[-1]["distance"] < least, told(found[-1])


def test_colour_alone_is_no_difference_in_grey(measured: Measured) -> None:
    found = measured.between(("symbols/apple", "an apple in another colour"))
    seen = {pair["view"]: pair["distance"] for pair in found}
    assert seen["grey"] < seen["colour"] / 2


def test_the_contact_sheet_can_be_looked_at(measured: Measured) -> None:
    assert measured.sheet.read_bytes().startswith(b"\x89PNG")


def told(pair: Mapping[str, Any]) -> str:
    where = f"{pair['size']} px, {pair['view']}"
    return f"{pair['one']} and {pair['other']}: {pair['distance']:.3f} ({where})"
