"""A slider over the settings of the rules moves the choice that is sent, and says what it means."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.adversary.places import ALL, build_place
from tests.browser.conftest import serving

BESIDE = """() => [...document.querySelectorAll(".what-if-table label")].map((label) => {
  const radio = label.querySelector("input").getBoundingClientRect();
  const words = label.querySelector("span").getBoundingClientRect();
  return radio.right <= words.left && radio.top < words.bottom && words.top < radio.bottom;
})"""
"""Whether each radio stands beside its words, also where they wrap."""

VISIBLE = """() => [...document.querySelectorAll("tr.is-chosen")].map((row) =>
  getComputedStyle(row.querySelector(".what-if-all")).fill
    !== getComputedStyle(row).backgroundColor)"""
"""Whether an empty bar stands out from the chosen row."""


def test_the_slider_and_the_table_are_one_choice(tmp_path: Path, chromium: Browser) -> None:
    place = build_place(tmp_path / "place")
    with place.opened() as school, serving(school.app) as url:
        context = chromium.new_context(locale="en-GB", base_url=url)
        cookies = place.cookies[ALL].items()
        context.add_cookies([{"name": name, "value": its, "url": url} for name, its in cookies])
        page = context.new_page()
        page.goto("/patterns/settings")
        slider = page.get_by_role("slider", name="How soon do the rules tell?")
        expect(slider).to_have_attribute("aria-valuetext", "As shipped: 0 flags")
        slider.press("ArrowLeft")
        expect(page.get_by_label("Quieter")).to_be_checked()
        expect(page.locator("output").first).to_have_text("Quieter: 0 flags")
        page.get_by_label("Only what is very clear").check()
        expect(slider).to_have_value("0")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_label("Only what is very clear")).to_be_checked()
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(BESIDE) == [True] * 10
        assert page.evaluate(VISIBLE) == [True, True]
        context.close()
