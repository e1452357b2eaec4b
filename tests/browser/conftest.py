"""A served school and a real browser with fingers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from waitress import create_server, wasyncore

from checkin.domain.recordings import SPOKEN_WORDS
from checkin.domain.rounds import Moment
from checkin.services import enrolling, signing_in, sounds, tapping
from checkin.services.sounds import Spoken
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, OpeningRow
from checkin.web.pupil_words import words_in
from tests.adversary.places import ALL, build_place
from tests.conftest import QUIET as QUIET
from tests.school import HeldClock, SmallSchool, at, small_school
from tests.sounds import tone, wav_of

UNDO_SECONDS = 6
"""Longer than any machine dawdles: it passes when a test lets it, never by itself."""
TABLET = {"width": 1024, "height": 768}


@dataclass
class Served:
    """A school that answers on a free port of this machine."""

    school: SmallSchool
    url: str

    @property
    def clock(self) -> HeldClock:
        return self.school.clock

    def tapped(self, moment: Moment = Moment.CHECK_IN) -> int:
        """Return how many taps a round of the first classroom holds."""
        return tapping.taps_so_far([self.school.round(moment)])[0]

    def change_classroom(self, **columns: object) -> None:
        """Change the first classroom, as staff would."""
        row = db.session.get_one(ClassroomRow, self.school.classrooms[0])
        for name, value in columns.items():
            setattr(row, name, value)
        db.session.commit()

    def open_both_rounds(self) -> None:
        """Let check-in and check-out be open side by side all day."""
        db.session.query(OpeningRow).update({"opens": 0, "closes": 1440})
        db.session.commit()

    def new_code(self) -> str:
        school = self.school
        return enrolling.make_code(school.id, school.classrooms[0], 1, self.clock())


OpenTablet = Callable[..., Page]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A school on Monday morning, half past eight, with a tablet in the first classroom."""
    with small_school(tmp_path) as school, serving(school.app) as url:
        served = Served(school, url)
        served.change_classroom(undo_seconds=UNDO_SECONDS, languages="nl,ar,ti")
        yield served


@pytest.fixture
def recorded(served: Served) -> Served:
    """Four cards in Tigrinya and Dutch, every word recorded as a tone of a fifth of a second."""
    served.change_classroom(languages="ti,nl", card_set=4)
    person = signing_in.list_staff(served.school.id)[0]
    for language in ("ti", "nl"):
        for word in SPOKEN_WORDS:
            spoken = Spoken(language, word, words_in(language)[word])
            sounds.keep(person, spoken, wav_of(tone(0.2)), at(8))
    return served


@pytest.fixture
def open_tablet(served: Served, chromium: Browser) -> Iterator[OpenTablet]:
    """Return a function that opens the cards on the enrolled tablet; a page's errors fail."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_it(init: str = "", **options: object) -> Page:
        context = chromium.new_context(
            **{"viewport": TABLET, "has_touch": True, "locale": "nl-NL", **options}
        )
        contexts.append(context)
        cookie = {"name": "checkin_tablet", "value": served.school.token, "url": served.url}
        context.add_cookies([cookie])
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on(
            "console", lambda said: errors.append(said.text) if _is_ours(said.text) else None
        )
        context.on("request", lambda asked: _must_be_ours(asked.url, served.url, errors))
        page = context.new_page()
        page.add_init_script(init)
        page.clock.install()
        page.goto(f"{served.url}/tablet")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def alma(tmp_path: Path, chromium: Browser) -> Iterator[Page]:
    """Let somebody who may see everything look at a school with a week and a flag behind it."""
    place = build_place(tmp_path / "place")
    with place.opened() as school, serving(school.app) as url:
        context = chromium.new_context(locale="en-GB", base_url=url)
        cookies = place.cookies[ALL].items()
        context.add_cookies([{"name": name, "value": its, "url": url} for name, its in cookies])
        yield context.new_page()
        context.close()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an app on a free port in a thread."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()
    # In its own thread: it may be looking at these very sockets.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(timeout=20)
    assert not thread.is_alive()


def _is_ours(said: str) -> bool:
    """Tell a complaint about the page from one about the network, which tests take away."""
    return "Content Security Policy" in said or "Uncaught" in said


def _must_be_ours(asked: str, own: str, errors: list[str]) -> None:
    if not asked.startswith((f"{own}/", "data:", "blob:")):
        errors.append(f"asked another host: {asked}")
