"""P16: somebody picks up the tablet after a child has tapped.

Who: the next child, a teacher, an older brother, somebody who finds or steals the tablet. First
with the page as it stands and the browser's own tools; then with the files of the browser.

The attack: let a tablet tap one card, another tablet another, and compare everything that can be
read afterwards, once while the tap waits without network and once when it was acknowledged: every
storage, every database and cache with its records, cookies, history, title, address, focus,
selection, forms, all of the page, what it asked for; again after going away and coming back (the
page as the browser remembers it) and after loading it anew. Then shut the browser and search all
files of its profile, on disk, for a choice in plain.

The promise: what can be read is the same whichever card it was, but for the random key of a
waiting tap and the locked box it lies in; and no file holds a choice that can be read.

What remains: a browser keeps the key of that box somewhere in its files, and a disk may hold what
was deleted until it is written over. Who has the tablet's disk and the skill to take the key out
of it may open the boxes of taps that have long been sent.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from tests.adversary.tablets import (
    Change,
    Choice,
    a_served_class,
    break_it,
    enrol,
    let_it_end,
    stop_time,
    tap_through,
)
from tests.browser.conftest import TABLET, Served
from tests.browser.hands import pass_time_until, screen, wait_until
from tests.conftest import QUIET, find_chromium
from tests.often import first

ONE, OTHER = (Feeling.SAD, Coping.TALK), (Feeling.HAPPY, None)
EVERY_CARD = [(feeling, wish) for feeling in Feeling for wish in (None, *Coping)]

ALL_THAT_CAN_BE_READ = """async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const told = (value) => JSON.stringify(value, (_, one) =>
    one instanceof CryptoKey ? `a key, extractable: ${one.extractable}`
    : one instanceof ArrayBuffer ? `${one.byteLength} locked bytes`
    : ArrayBuffer.isView(one) ? `${one.byteLength} locked bytes` : one);
  const read = { databases: {}, caches: {} };
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = await done(database.transaction(store).objectStore(store).getAll());
      read.databases[`${name}/${store}`] = all.map(told);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      read.caches[`${name} ${request.method} ${request.url}`] = text;
    }
  }
  const entries = performance.getEntriesByType("resource").map(({ name }) => name);
  return {
    ...read,
    "local storage": { ...localStorage },
    "session storage": { ...sessionStorage },
    cookies: document.cookie,
    "window name": window.name,
    address: location.href,
    title: document.title,
    history: [history.length, JSON.stringify(history.state)],
    focus: document.activeElement.outerHTML,
    selection: String(getSelection()),
    forms: [...document.querySelectorAll("input, select, textarea")].map(({ value }) => value),
    page: document.documentElement.outerHTML,
    "what was asked for": [...new Set(entries)].sort(),
  };
}"""
KEY = re.compile(r"\b[0-9a-f]{32}\b")
NOW = re.compile(r'(?<="now": )\d+')

AT_THE_ENDING, WHILE_IT_WAITS, WHEN_SENT = "at the ending", "while it waits", "when it was sent"
AFTER_COMING_BACK, AFTER_LOADING = "after coming back", "after loading anew"

# A choice as JSON, as the browser's own serialization, as JSON in two bytes a letter.
WHEN_PLAIN = (
    re.compile(rb"""(?:feeling|helps)["']?\s*:\s*["']?\d"""),
    re.compile(rb"(?:feeling|helps)[IU][\x00-\x20]"),
    re.compile(rb"(?:f\0e\0e\0l\0i\0n\0g\0|h\0e\0l\0p\0s\0)\"\0:\0\d"),
)

Read = dict[str, Any]


def what_tells_the_choice(
    folder: Path,
    chromium: Browser,
    choices: Sequence[Choice],
    change: Change | None = None,
    until: str = AFTER_LOADING,
) -> list[str]:
    """Let tablets make different choices and return where they can be told apart until then."""
    found: dict[str, set[str]] = defaultdict(set)
    for n, choice in enumerate(choices):
        with (
            a_served_class(folder / str(n)) as served,
            closing(_a_tablet(chromium, served, change)) as tablet,
        ):
            for when, read in _tap_and_read(tablet, served, choice, change):
                for where, what in read.items():
                    found[f"{where}, {when}"].add(_without_accidents(what, served))
                if when == until:
                    break
    return sorted(where for where, values in found.items() if len(values) > 1)


def _a_tablet(chromium: Browser, served: Served, change: Change | None) -> BrowserContext:
    # A page from another place cannot be altered on its way through a service worker.
    workers = "allow" if change is None else "block"
    context = chromium.new_context(viewport=TABLET, has_touch=True, service_workers=workers)
    enrol(context, served)
    return context


def _tap_and_read(
    context: BrowserContext, served: Served, choice: Choice, change: Change | None
) -> Iterator[tuple[str, Read]]:
    page = context.new_page()
    break_it(page, change)
    page.clock.install()
    page.goto(f"{served.url}/tablet", wait_until="networkidle")
    expect(page.locator(".listen")).to_be_enabled()  # sound is loaded last of all
    if change is None:
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_load_state("networkidle")
    stop_time(page)
    context.set_offline(True)
    tap_through(page, choice)
    page.locator("[data-waiting]:not([hidden])").wait_for(state="attached")  # it is put away
    yield AT_THE_ENDING, page.evaluate(ALL_THAT_CAN_BE_READ)
    let_it_end(page)
    expect(page.locator("[data-waiting]")).to_be_visible()
    yield WHILE_IT_WAITS, page.evaluate(ALL_THAT_CAN_BE_READ)
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, lambda: served.tapped() == 1)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    yield WHEN_SENT, page.evaluate(ALL_THAT_CAN_BE_READ)
    page.goto(f"{served.url}/sign-in")
    page.go_back(wait_until="networkidle")
    _let_it_load(page)
    yield AFTER_COMING_BACK, page.evaluate(ALL_THAT_CAN_BE_READ)
    page.reload(wait_until="networkidle")
    _let_it_load(page)
    yield AFTER_LOADING, page.evaluate(ALL_THAT_CAN_BE_READ)


def _let_it_load(page: Page) -> None:
    """Let time go by until the sound is there, which is loaded last of all, and when it likes."""
    pass_time_until(page, page.locator(".listen").is_enabled)


def _without_accidents(what: object, served: Served) -> str:
    """Take away what differs between any two tablets: the random keys, the port, and the time."""
    return NOW.sub("now", KEY.sub("a key", str(what))).replace(served.url, "")


def choices_on_disk(folder: Path, chromium: Browser, change: Change | None = None) -> list[str]:
    """Tap with and without network, shut the browser, and return the files that tell a choice."""
    profile = folder / "profile"
    school = a_served_class(folder / "school")
    with school as served, _a_browser_of_its_own(chromium, profile) as page:
        enrol(page.context, served)
        break_it(page, change)
        page.clock.install()
        page.goto(f"{served.url}/tablet", wait_until="networkidle")
        stop_time(page)
        page.context.set_offline(True)
        for choice in (ONE, OTHER, ONE):
            tap_through(page, choice)
            let_it_end(page)
        page.context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_until(page, lambda: served.tapped() == 3)
        expect(screen(page, "cards")).to_be_visible()
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert any("IndexedDB" in str(path) for path in files)
    return [str(path.relative_to(profile)) for path in files if _tells(path.read_bytes())]


def _tells(content: bytes) -> bool:
    return any(pattern.search(content) for pattern in WHEN_PLAIN)


@contextmanager
def _a_browser_of_its_own(chromium: Browser, profile: Path) -> Iterator[Page]:
    context = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        args=list(QUIET),
        viewport=TABLET,
        has_touch=True,
        service_workers="block",
    )
    yield context.pages[0]
    context.close()


def test_a_tablet_that_tapped_one_card_is_like_one_that_tapped_another(
    tmp_path: Path, chromium: Browser
) -> None:
    assert what_tells_the_choice(tmp_path, chromium, [ONE, OTHER]) == []


@pytest.mark.long
def test_so_is_every_tablet(tmp_path: Path, chromium: Browser) -> None:
    assert what_tells_the_choice(tmp_path, chromium, EVERY_CARD) == []


def test_no_file_of_the_browser_tells_a_choice(tmp_path: Path, chromium: Browser) -> None:
    assert choices_on_disk(tmp_path, chromium) == []


# The canaries: tablets that remember. Each differs from the product in one place.

ENDING = 'show("heard");'
BROKEN_TABLETS = {
    "keeps the last card in local storage": (
        "cards",
        ENDING,
        f'{ENDING} localStorage.setItem("last", choice.feeling);',
    ),
    "counts the happy in its history": (
        "cards",
        ENDING,
        f'{ENDING} if (choice.feeling === 1) history.pushState(null, "");',
    ),
    "keeps the card in a cache": (
        "cards",
        ENDING,
        f'{ENDING} caches.open("x").then('
        "(its) => its.put(`/${choice.feeling}`, new Response()));",
    ),
    "leaves the focus on the card": (
        "cards",
        "const choice = { day, round,",
        'addEventListener("flushed", () => target.focus()); const choice = { day, round,',
    ),
    "keeps what waits unlocked": (
        "queue",
        "taps.put({ key, tablet, ...locked })",
        "taps.put({ key, tablet, plain: tap, ...locked })",
    ),
}
SHOWS = {
    "keeps the last card in local storage": ("local storage", AT_THE_ENDING),
    "counts the happy in its history": ("history", AT_THE_ENDING),
    "keeps the card in a cache": ("caches", WHILE_IT_WAITS),
    "leaves the focus on the card": ("focus", WHEN_SENT),
    "keeps what waits unlocked": ("databases", WHILE_IT_WAITS),
}
"""Where and when at the latest; nobody has to read on."""


@pytest.mark.parametrize("broken", first(BROKEN_TABLETS))
def test_it_catches_a_tablet_that(broken: str, tmp_path: Path, chromium: Browser) -> None:
    change, (where, when) = BROKEN_TABLETS[broken], SHOWS[broken]
    found = what_tells_the_choice(tmp_path, chromium, [ONE, OTHER], change, until=when)
    assert f"{where}, {when}" in found


def test_it_finds_on_disk_what_once_waited_unlocked(tmp_path: Path, chromium: Browser) -> None:
    change = BROKEN_TABLETS["keeps what waits unlocked"]
    found = choices_on_disk(tmp_path, chromium, change)
    assert any("IndexedDB" in name for name in found)
