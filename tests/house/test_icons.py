"""The pictures are drawn by one hand, and are safe under a strict content policy."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

import checkin
from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling

ICONS = Path(checkin.__file__).parent / "static" / "icons"
SVG = "{http://www.w3.org/2000/svg}"

SCREEN = (
    *("undo", "check-in", "check-out", "asleep", "waiting", "heard", "unseen"),
    *("language", "ear"),
)
LIGHTS = ("light-few", "light-some", "light-many", "light-withheld")
MARKS = ("logo", "favicon")
FACES = tuple(feeling.value for feeling in Feeling if feeling is not Feeling.PASS)
SYMBOLS = (
    *("bird", "butterfly", "elephant", "fish", "fox"),
    *("giraffe", "rabbit", "snail", "turtle", "whale"),
    *("apple", "flower", "leaf", "mountain", "tree"),
    *("ball", "bicycle", "chair", "cup", "drum", "key", "kite", "lamp", "umbrella"),
)
FOLDERS = {
    "faceless": FACES,
    "coping": tuple(card.value for card in Coping),
    "needs": ("pain", "talk-request"),
    "symbols": SYMBOLS,
    "adults": ("teacher", "caretaker", "confidant", "care-coordinator", "nurse", "someone"),
    "talk": ("eyes", "hourglass", "come", "nothing", "none"),
    "weather": ("sun", "sun-and-cloud", "rain", "heard"),
    "explain": (
        *("sees-1-tap", "sees-2-box", "sees-3-light", "sees-4-nobody"),
        *("lesson-1-one-by-one", "lesson-2-look-and-listen", "lesson-3-tap-one"),
        *("lesson-4-turned", "lesson-5-not-today", "lesson-6-together"),
    ),
}
IN_FOLDERS = tuple(f"{folder}/{name}" for folder, names in FOLDERS.items() for name in names)
DRAWN = tuple(feeling.value for feeling in Feeling) + SCREEN + LIGHTS + MARKS + IN_FOLDERS
SHOWS_A_LIGHT = (*LIGHTS, *MARKS, "explain/sees-3-light", "explain/lesson-6-together")

VIEW_BOX = {"favicon": "0 0 32 32"} | dict.fromkeys(LIGHTS, "0 0 24 24")
MOST_BYTES = 2500

INK, WHITE = "#1F2933", "#FFFFFF"
HEAD, LILAC, LIGHT = "#E6E1F2", "#B7A9D9", "#8172B8"
SUN = "#F4D9A0"
PALETTE = {INK, HEAD, LILAC, WHITE, SUN, LIGHT, "none"}
FACE_PALETTE = {INK, HEAD, LILAC, WHITE, "none"}

TAGS = {"svg", "g", "path", "circle", "ellipse", "rect"}
SHAPE = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height"}
PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"}
ATTRIBUTES = SHAPE | PAINT | {"viewBox", "transform"}


def drawing(name: str) -> ElementTree.Element:
    return ElementTree.fromstring((ICONS / f"{name}.svg").read_text(encoding="utf-8"))


def shapes(name: str) -> list[tuple[str, ...]]:
    """Return each shape by its tag and geometry, without its paint."""
    return [
        (
            element.tag,
            *(f"{key}={element.attrib[key]}" for key in sorted(element.attrib.keys() & SHAPE)),
        )
        for element in drawing(name).iter()
        if element.tag not in {f"{SVG}svg", f"{SVG}g"}
    ]


def colours(name: str) -> set[str]:
    return {
        element.attrib[key]
        for element in drawing(name).iter()
        for key in ("fill", "stroke")
        if key in element.attrib
    }


def unpainted(element: ElementTree.Element) -> list[str]:
    """Return the shapes that neither they nor the groups around them give a fill."""
    if "fill" in element.attrib:
        return []
    inside = [tag for child in element for tag in unpainted(child)]
    return inside if len(element) else [element.tag]


def test_the_folder_holds_the_pictures_that_are_named_and_no_other() -> None:
    pictures = ICONS.rglob("*.svg")
    assert {path.relative_to(ICONS).with_suffix("").as_posix() for path in pictures} == set(DRAWN)


def test_a_class_has_a_symbol_for_each_of_24_pupils() -> None:
    assert len(set(SYMBOLS)) == 24


@pytest.mark.parametrize("name", DRAWN)
class TestEveryPicture:
    def test_has_its_view_box_and_no_fixed_size(self, name: str) -> None:
        root = drawing(name)
        assert root.tag == f"{SVG}svg"
        assert root.attrib == {"viewBox": VIEW_BOX.get(name, "0 0 100 100")}

    def test_uses_only_plain_shapes_and_presentation_attributes(self, name: str) -> None:
        for element in drawing(name).iter():
            assert element.tag.removeprefix(SVG) in TAGS
            assert element.attrib.keys() <= ATTRIBUTES, element.attrib

    def test_points_at_nothing_outside_itself(self, name: str) -> None:
        text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
        text = text.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
        assert not re.search(r"https?:|url\(|href|data:|<[!?]|&", text)

    def test_is_small(self, name: str) -> None:
        assert (ICONS / f"{name}.svg").stat().st_size <= MOST_BYTES

    def test_keeps_to_the_palette(self, name: str) -> None:
        assert colours(name) <= PALETTE

    def test_keeps_the_colour_of_a_light_for_lights(self, name: str) -> None:
        assert LIGHT not in colours(name) or name in SHOWS_A_LIGHT

    def test_paints_every_shape_on_purpose(self, name: str) -> None:
        """A shape without a fill would turn black, on the page and in print."""
        assert not unpainted(drawing(name))


@pytest.mark.parametrize("face", FACES)
class TestEveryFace:
    def test_is_the_same_pale_head(self, face: str) -> None:
        head = drawing(face)[0]
        assert (head.tag, head.attrib) == (
            f"{SVG}circle",
            {"cx": "50", "cy": "50", "r": "44", "fill": HEAD, "stroke": INK, "stroke-width": "4"},
        )

    def test_says_nothing_by_colour(self, face: str) -> None:
        assert colours(face) <= FACE_PALETTE

    def test_is_drawn_with_strokes_that_carry(self, face: str) -> None:
        widths = [
            float(element.attrib["stroke-width"])
            for element in drawing(face).iter()
            if "stroke-width" in element.attrib
        ]
        assert all(3.5 <= width <= 5 for width in widths), widths


@pytest.mark.parametrize(("one", "other"), list(combinations(FACES, 2)))
def test_two_faces_share_nothing_but_the_head(one: str, other: str) -> None:
    shared = set(shapes(one)) & set(shapes(other))
    assert shared == {shapes(one)[0]}


def test_not_today_is_as_tall_as_a_face_and_shows_none() -> None:
    card = drawing(Feeling.PASS.value)[0]
    assert card.tag == f"{SVG}rect"
    assert (card.attrib["y"], card.attrib["height"]) == ("6", "88")
    assert not [shape for shape in shapes(Feeling.PASS.value) if "circle" in shape[0]]


def test_a_light_fills_as_many_bars_as_it_says() -> None:
    filled = [
        sum(bar.attrib["fill"] == LIGHT for bar in drawing(name).iter(f"{SVG}rect"))
        for name in LIGHTS
    ]
    assert filled == [1, 2, 3, 0]
    assert not list(drawing("light-withheld").iter(f"{SVG}rect"))
