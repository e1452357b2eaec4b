"""A network that spoils three exchanges in ten: no tap is lost, none is counted twice.

The tablet is the real page in Chromium. Its taps are put into its queue as fast as it takes them;
its clock runs fast, so that its pauses are short, and its patience is a twentieth.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.faults.bad_network import BadNetwork, Fault, a_bad_network
from tests.faults.real_time import make_school
from tests.faults.serving import THE_PRODUCT, Server

FORGETS_KEYS = (str(Path(__file__).parents[1] / "faults" / "broken" / "forgets_keys.py"),)
FAULTY = 0.3
STEP_MS = 3_000
PATIENCE = "const real = AbortSignal.timeout;" + (
    "AbortSignal.timeout = (ms) => real.call(AbortSignal, ms / 20);"
)
TAP = """async ({ base, taps, most, day }) => {
  const from = (name) => import(`${base}/js/tablet/${name}.js`);
  const { add, asideByReason, countWaiting } = await from("queue");
  const { flush } = await from("sender");
  const { told } = await from("told");
  const moments = ["check-in", "check-out"];
  globalThis.books = async () => ({
    made, waiting: await countWaiting(), aside: [...(await asideByReason())],
  });
  let made = 0;
  (async () => {
    while (made < taps) {
      for (let some = Math.ceil(Math.random() * most); some > 0 && made < taps; some -= 1) {
        const tap = { day, round: moments[made % 2], feeling: made % 9, helps: 0 };
        await add(told.tablet, tap);
        made += 1;
      }
      flush();
      while ((await countWaiting()) > 3 * most) await new Promise((go) => setTimeout(go, 500));
    }
  })();
}"""
NEW_KEY_AT_RETRY = (
    "pause(trouble.seconds);",
    "for (const { key, tablet, tap } of await entries())"
    " await add(tablet, tap), await remove([key]);"
    "pause(trouble.seconds);",
)
BELIEVES_TOO_EARLY = (
    "const answer = await post(",
    "await remove(batch.map(({ key }) => key)); const answer = await post(",
)


@contextmanager
def a_tablet(
    chromium: Browser, network: BadNetwork, token: str, change: tuple[str, str] | None
) -> Iterator[Page]:
    """Open the cards over a network; `change` breaks the program that sends the taps."""

    def broken(route: Route) -> None:
        text = route.fetch().text()
        assert change[0] in text
        text = 'import { add } from "./queue.js";\n' + text.replace(*change)
        route.fulfill(body=text, content_type="text/javascript")

    url = f"http://127.0.0.1:{network.port}"
    context = chromium.new_context(service_workers="block")
    context.add_cookies([{"name": "checkin_tablet", "value": token, "url": url}])
    context.add_init_script(PATIENCE)
    if change:
        context.route("**/sender.js", broken)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{url}/tablet")
    yield page
    context.close()


def what_is_wrong_after(
    taps: int,
    folder: Path,
    chromium: Browser,
    program: tuple[str, ...] = THE_PRODUCT,
    change: tuple[str, str] | None = None,
    most: int = 1,
) -> list[str]:
    """Let so many taps go over a bad network; return what the books do not agree on."""
    school = make_school(folder)
    with (
        Server(school, program) as server,
        a_bad_network(server.port, FAULTY, seed=taps) as network,
        a_tablet(chromium, network, school.tokens[0], change) as page,
    ):
        own = _tap_all(page, taps, most, school.today.isoformat())
        wrong = [*_audit(own, network, server, taps)]
        if taps >= 300:
            assert 0.2 < network.books.share_of_faults < 0.4
            assert set(network.books.faults) == set(Fault)
    return wrong


def _tap_all(page: Page, taps: int, most: int, day: str) -> dict[str, Any]:
    """Let all taps be made and sent, and return the tablet's own books."""
    base = page.locator("script[type=module]").first.get_attribute("src").partition("/js/")[0]
    page.evaluate(TAP, {"base": base, "taps": taps, "most": most, "day": day})
    still = 0
    while still < 200:
        page.clock.fast_forward(STEP_MS)
        page.wait_for_timeout(25)
        own = page.evaluate("books()")
        if own["made"] == taps and own["waiting"] == 0:
            break
        still = still + 1 if own["made"] == taps else 0
    return own


def _audit(own: dict[str, Any], network: BadNetwork, server: Server, taps: int) -> Iterator[str]:
    """Compare the books of the tablet, the network, the server's file and the teacher."""
    books, stored = network.books, _spent_keys(server)
    if own != {"made": taps, "waiting": 0, "aside": []}:
        yield f"the tablet says {own}"
    if len(books.sent) != taps:
        yield f"{taps} taps were made, and {len(books.sent)} keys sent"
    if stored != books.sent:
        yield f"{len(books.sent - stored)} keys were sent and are not stored"
    if not set(books.acknowledged) <= stored:
        yield "a tap was acknowledged that is not stored"
    for moment, counted in _tapped(server).items():
        if counted != taps // 2:
            yield f"{counted} taps are counted in the {moment}, and {taps // 2} were made"


def _spent_keys(server: Server) -> set[str]:
    path = server.school.folder / "open-rounds.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return {key.hex() for (key,) in file.execute("SELECT key FROM spent_key")}


def _tapped(server: Server) -> dict[str, int]:
    page = f"/classrooms/{server.school.classrooms[0]}/today.json"
    status, today = server.ask("GET", page, headers=server.sign_in())
    assert status == 200
    return {round["round"]: round["tapped"] for round in today["rounds"]}


@pytest.mark.parametrize("taps", [400, pytest.param(20_000, marks=pytest.mark.long)])
def test_nothing_is_lost_and_nothing_doubled(taps: int, tmp_path: Path, chromium: Browser) -> None:
    most = 1 if taps < 1000 else 10
    assert what_is_wrong_after(taps, tmp_path / "school", chromium, most=most) == []


@pytest.mark.parametrize(
    ("program", "change", "told"),
    [
        pytest.param(FORGETS_KEYS, None, "counted in the check-", id="a server that forgets keys"),
        pytest.param(THE_PRODUCT, NEW_KEY_AT_RETRY, "keys sent", id="a new key at a retry"),
        pytest.param(THE_PRODUCT, BELIEVES_TOO_EARLY, "not stored", id="deleted before the answer"),
    ],
)
def test_it_catches(
    program: tuple[str, ...],
    change: tuple[str, str] | None,
    told: str,
    tmp_path: Path,
    chromium: Browser,
) -> None:
    wrong = what_is_wrong_after(60, tmp_path / "school", chromium, program, change)
    assert any(told in one for one in wrong), wrong
