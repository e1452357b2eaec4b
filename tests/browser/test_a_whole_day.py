"""A whole day in one school, in real browsers: from a code for a tablet to a flag that is closed.

Adam makes a code, a tablet is enrolled with it, twelve children tap. One takes it back and taps
something else, three tap while the network is away. Their teacher sees how many there were, closes
the check-in and sees one light. Nothing on the tablet tells what anybody tapped. Inge reads a flag,
acknowledges it and closes it, once in Dutch and once in English.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkin.domain.feelings import Feeling
from checkin.domain.patterns import Observation, find_patterns
from checkin.domain.rounds import Moment
from checkin.storage import flags
from checkin.storage.database import db
from tests.browser.conftest import Served
from tests.school import MONDAY, PASSWORD, at

STEP_MS = 500
LONGEST_STEP_MS = 15_000
CHILDREN = [
    Feeling.HAPPY,
    Feeling.SAD,
    Feeling.CALM,
    Feeling.PASS,
    Feeling.EXCITED,
    Feeling.ANGRY,
    Feeling.TIRED,
    Feeling.HAPPY,
    Feeling.WORRIED,
    Feeling.SCARED,
    Feeling.HAPPY,
    Feeling.CALM,
]
FEELINGS = "|".join(feeling.value for feeling in Feeling if feeling is not Feeling.PASS)
ASKED = {"", "/taps", "/today", "/enrolment"}
"""What a tablet asks for; the pictures of all cards come with the page."""
FIFTH = 4
"""Who takes it back: first angry, then excited after all."""
WITHOUT_NETWORK = range(6, 9)

Device = Callable[..., Page]


@pytest.fixture
def device(served: Served, chromium: Browser) -> Iterator[Device]:
    """Return a function that gives a device of its own; what goes wrong in its pages fails."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def new(**options: object) -> Page:
        context = chromium.new_context(**{"locale": "nl-NL", "base_url": served.url, **options})
        contexts.append(context)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("request", lambda request: _stay_here(request.url, served.url, errors))
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
    assert errors == []


def _stay_here(asked: str, own: str, errors: list[str]) -> None:
    if not asked.startswith((f"{own}/", "data:", "blob:")):
        errors.append(f"asked another host: {asked}")


def test_a_whole_day(served: Served, device: Device) -> None:
    raise_flags(served)
    tablet = device(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    said: list[str] = []
    tablet.on("console", lambda message: said.append(message.text))

    code = make_a_code(sign_in(device(), "adam"))
    enrol(tablet, code)
    untouched = table_of(tablet)
    children_tap(tablet)
    assert table_of(tablet) == untouched
    expect_nothing_told(tablet, said)

    teacher = sign_in(device(), "tess")
    see_twelve_and_close(teacher, served)
    expect_sealed(tablet, served)
    expect_nothing_told(tablet, said)

    work_a_flag(sign_in(device(locale="nl-NL"), "inge"), "nl")
    work_a_flag(sign_in(device(locale="en-GB"), "inge"), "en")


# Before the day


def raise_flags(served: Served) -> None:
    """Two flags: what the rules say of a class that was calm for weeks and then was not."""
    school = served.school
    days = [MONDAY - timedelta(days=n) for n in range(60, 0, -1)]
    rounds = [
        Observation(day, moment, 14, 14, 3 if n < 40 else 11)
        for n, day in enumerate(days)
        for moment in Moment
    ]
    seen = find_patterns(rounds)[0]
    numbers = dict(seen.numbers) | {"since": seen.since.isoformat()}
    for classroom in school.classrooms:
        flags.add_flag(school.id, classroom, seen.pattern, MONDAY, seen.strength, numbers, at(8))
    db.session.commit()


def sign_in(page: Page, name: str) -> Page:
    page.goto("/")
    page.locator("#email").fill(f"{name}@school.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("form[action='/sign-in'] button").click()
    page.wait_for_url("**/home")
    return page


# The tablet


def make_a_code(admin: Page) -> str:
    admin.goto("/tablets")
    admin.locator("form[action='/classrooms/1/enrolment-codes'] button").click()
    code = re.sub(r"\s", "", admin.locator(".code").inner_text())
    assert re.fullmatch(r"[A-Z2-9]{8}", code)
    return code


def enrol(tablet: Page, code: str) -> None:
    tablet.clock.install()  # so that nobody has to wait for a child's three seconds
    tablet.goto("/tablet/enrolment")
    tablet.locator("[data-code]").fill(f"{code[:4].lower()} {code[4:]}")
    tablet.locator("[data-enrolment] button").tap()
    tablet.wait_for_url("**/tablet")
    expect(screen(tablet, "cards")).to_be_visible()


def screen(tablet: Page, name: str) -> Any:
    return tablet.locator(f'[data-screen="{name}"]')


def card(tablet: Page, feeling: Feeling) -> Any:
    return tablet.locator(f'.card[data-feeling="{feeling.digit}"]')


def children_tap(tablet: Page) -> None:
    for n, feeling in enumerate(CHILDREN):
        if n == WITHOUT_NETWORK.start:
            tablet.context.set_offline(True)
        if n == FIFTH:
            take_back(tablet, Feeling.ANGRY)
        card(tablet, feeling).tap()
        until(tablet, "heard")
        until(tablet, "cards")
        tablet.clock.run_for(STEP_MS)  # fingers up, and a moment
        if n == WITHOUT_NETWORK.stop - 1:
            expect(tablet.locator("[data-waiting] [data-count]")).to_have_text("3")
            tablet.context.set_offline(False)
            expect(tablet.locator("[data-waiting]")).to_be_hidden()


def take_back(tablet: Page, feeling: Feeling) -> None:
    card(tablet, feeling).tap()
    expect(screen(tablet, "turned")).to_be_visible()
    tablet.clock.run_for(STEP_MS)
    screen(tablet, "turned").locator("button").tap()
    expect(screen(tablet, "turned")).to_be_hidden()
    tablet.clock.run_for(STEP_MS)


def until(tablet: Page, name: str) -> None:
    """Let the tablet's time go on until a screen shows."""
    for _ in range(LONGEST_STEP_MS // STEP_MS):
        if screen(tablet, name).is_visible():
            return
        tablet.clock.run_for(STEP_MS)
    expect(screen(tablet, name)).to_be_visible()


def expect_nothing_told(tablet: Page, said: list[str]) -> None:
    """Look wherever a curious finder of the tablet could look."""
    assert tablet.evaluate("document.activeElement.matches('body, main')")
    assert tablet.title() == "checkin"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/tablet", tablet.url)
    assert tablet.evaluate("JSON.stringify(history.state)") == "null"
    assert tablet.evaluate("history.length") <= 3  # enrolment and cards
    assert not re.search(FEELINGS, " ".join(said))
    kept = kept_when_sent(tablet)
    assert kept["stores"] == {"taps": 0, "aside": 0}
    assert kept["local"] == 0
    asked = [address for address in kept["asked"] + kept["cached"] if "/static/" not in address]
    assert {address.partition("/tablet")[2] for address in asked} <= ASKED
    assert not re.search(FEELINGS, json.dumps(tablet.context.cookies()))


def kept_when_sent(tablet: Page) -> dict[str, Any]:
    """Return what the browser keeps, once the last tap is acknowledged."""
    for _ in range(200):
        kept = tablet.evaluate(KEPT)
        if kept["stores"]["taps"] == 0:
            break
        tablet.wait_for_timeout(25)
    return kept


def table_of(tablet: Page) -> str:
    """Return all that lies on the tablet's screen, each attribute of each card."""
    return tablet.locator("main").evaluate("main => main.outerHTML")


KEPT = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("checkin");
    request.onsuccess = () => resolve(request.result);
  });
  const count = (store) => new Promise((resolve) => {
    const asked = database.transaction(store).objectStore(store).count();
    asked.onsuccess = () => resolve(asked.result);
  });
  const stores = { taps: await count("taps"), aside: await count("aside") };
  database.close();
  const cached = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  return {
    stores, cached, local: localStorage.length + sessionStorage.length,
    asked: performance.getEntriesByType("resource").map((entry) => entry.name),
  };
}"""


# The teacher


def see_twelve_and_close(teacher: Page, served: Served) -> None:
    assert served.tapped() == len(CHILDREN)
    teacher.goto("/classrooms/1/trend")
    first = teacher.locator('[data-round="check-in"]')
    expect(first.locator("[data-tapped]")).to_contain_text("12 van de 14")
    assert shown_lights(first) == []
    first.locator("form button").click()
    teacher.wait_for_load_state()
    lights = shown_lights(teacher.locator('[data-round="check-in"]'))
    assert len(lights) == 1
    (light,) = lights
    address = f"/classrooms/1/trend.json?from={MONDAY}&to={MONDAY}"
    (told,) = teacher.request.get(address).json()["rounds"]
    assert told == {"day": f"{MONDAY}", "round": "check-in", "answered": 12, "light": light}
    assert light in ("few", "some", "many")


def shown_lights(part: Any) -> list[str]:
    return re.findall(r"light-(few|some|many|withheld)\.svg", part.inner_html())


def expect_sealed(tablet: Page, served: Served) -> None:
    """The tablet hears that the round is closed: nothing lies on the table any more."""
    assert served.school.seal().is_new is False
    tablet.reload()
    expect(screen(tablet, "asleep")).to_be_visible()


# The care team

WORDS = {
    "nl": ("nieuw", "Gezien", "afgesloten", "Opgelost in de klas", "Het gaat weer beter."),
    "en": ("new", "Acknowledge", "closed", "Solved in class", "It is better now."),
}


def work_a_flag(inge: Page, language: str) -> None:
    """Open the newest flag that nobody has seen, acknowledge it, close it with an outcome."""
    new, button, closed, outcome, note = WORDS[language]
    inge.goto("/flags")
    assert inge.locator("html").get_attribute("lang") == language
    inge.locator(".flag-row.is-raised a").first.click()
    expect(inge.locator("h1")).to_be_visible()
    state = inge.locator("main .badge").first
    acknowledge = inge.locator("form[action$='/acknowledgement'] button")
    expect(state).to_have_text(new)
    expect(acknowledge).to_have_text(button)
    acknowledge.click()
    expect(acknowledge).to_have_count(0)
    inge.locator("details:has(form[action$='/closure']) summary").click()
    close = inge.locator("form[action$='/closure']")
    close.locator("input[value='solved-in-class']").check()
    close.locator("textarea").fill(note)
    close.locator("button").click()
    expect(state).to_have_text(closed)
    expect(inge.locator("main")).to_contain_text(note)
    expect(inge.locator("main")).to_contain_text(outcome)
