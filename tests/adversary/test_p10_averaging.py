"""P10: somebody reads the same light ten thousand times.

The attack: noise that is drawn at each look can be averaged away. So look often, in two browsers,
in JSON and on the page, after another attempt at sealing, after a restart; count what was shown.

The promise: noise is drawn once. There is one light and one released number, for ever.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from checkin.domain.release import draw_noise, light_of
from checkin.services import sealing
from checkin.storage import released
from checkin.storage.database import db
from tests.adversary.places import SAME_SITE, Place, Variant, signed_in, the_product
from tests.often import first
from tests.school import MONDAY, HeldClock, SmallSchool, at, taps

LOOKS, MANY_LOOKS = 1_000, 10_000
"""A light that is drawn at each look stays the same in a thousand once in 10^136 times."""

SPELLS = 4
"""A spell is a time the program runs; between two of them it is restarted."""
PAGES = 3
"""How often in a spell the page itself is read, in Dutch and in English: it costs a hundred times
as much as the figures it is made of."""

LIGHT_PICTURE = re.compile(r"light-(few|some|many|withheld)\.svg")


def what_reloading_shows(
    place: Place, looks: int = LOOKS, variant: Variant = the_product
) -> list[str]:
    """Seal one round on the border of two lights, look often, and return more than one answer."""
    clock = HeldClock()
    with place.opened(clock) as school:
        school.tap(*taps(heavy=4, others=10))  # few ends at 3
        school.seal()
        first = _kept(school)
    shown: dict[str, set[str]] = {"figures": set(), "page": set(), "number": {first}}
    for _ in range(SPELLS):
        with place.opened(clock) as school, variant(school.app):
            for name in ("tess", "inge"):
                browser = signed_in(school, name)
                shown["figures"] |= _read_figures(school, browser, looks // SPELLS // 2)
                shown["page"] |= _read_page(school, browser, PAGES)
            shown["number"] |= _seal_again(school) | {_kept(school)}
    light = first.partition(" ")[0]
    found = [
        f"the {where} showed {sorted(what)}" for where, what in shown.items() if len(what) != 1
    ]
    if shown["figures"] | shown["page"] != {light}:
        found.append(f"{light} was released, something else was shown")
    return found


def _read_figures(school: SmallSchool, browser: FlaskClient, times: int) -> set[str]:
    """Ask without the test client, which costs more than the answer."""
    address = f"/classrooms/{school.classrooms[0]}/trend.json?from={MONDAY}&to={MONDAY}"
    asked = EnvironBuilder(path=address, headers=[("Cookie", _cookie_of(browser))]).get_environ()
    answers = {b"".join(school.app.wsgi_app(asked.copy(), lambda *_: None)) for _ in range(times)}
    return set(re.findall(r'"light": ?"(\w+)"', b" ".join(answers).decode()))


def _cookie_of(browser: FlaskClient) -> str:
    return f"checkin_session={browser.get_cookie('checkin_session').value}"


def _read_page(school: SmallSchool, browser: FlaskClient, times: int) -> set[str]:
    address = f"/classrooms/{school.classrooms[0]}/trend"
    pages = {
        browser.get(address, headers={"Accept-Language": language}).get_data(as_text=True)
        for language in ("nl", "en")
        for _ in range(times)
    }
    today = [re.findall(r'(?s)<h2 id="today">.*?</section>', page)[0] for page in pages]
    return {light for part in today for light in LIGHT_PICTURE.findall(part)}


def _seal_again(school: SmallSchool) -> set[str]:
    """Try by the route, by the button's service and by the clock."""
    browser = signed_in(school, "tess")
    address = f"/classrooms/{school.classrooms[0]}/rounds/{MONDAY}/check-in/seal"
    numbers = set()
    for _ in range(5):
        reply = browser.post(address, headers={**SAME_SITE, "Accept": "application/json"})
        assert reply.status_code == 200
        school.seal()
        sealing.seal_due(at(13))
        numbers |= {_kept(school)}
    return numbers


def _kept(school: SmallSchool) -> str:
    db.session.expire_all()
    kept = released.find_round(school.round())
    assert kept is not None
    return f"{kept.light} of {kept.released.heavy} from {kept.released.answered}"


def test_a_thousand_looks_show_one_light_and_one_number(place: Place) -> None:
    assert what_reloading_shows(place) == []


@pytest.mark.long
def test_nor_do_ten_thousand_show_another(place: Place) -> None:
    assert what_reloading_shows(place, MANY_LOOKS) == []


# The canaries. Four heavy cards lie on the border: a fresh draw shows 'few' with probability 0.27.


@contextmanager
def noise_at_each_look(app: Flask) -> Iterator[None]:
    view = app.view_functions["trends.show_json"]

    def show(classroom: int) -> object:
        figures = view(classroom)
        for one in figures["rounds"]:
            one["light"] = light_of(14, min(max(4 + draw_noise(), 0), 14))
        return figures

    app.view_functions["trends.show_json"] = show
    yield


@contextmanager
def noise_at_each_sealing(app: Flask) -> Iterator[None]:
    """The light is drawn again whenever somebody asks for it to be sealed."""

    def seal_by_hand(round, by, now, real=sealing.seal_by_hand):
        heavy = min(max(4 + draw_noise(), 0), 14)
        values = {"heavy": heavy, "light": light_of(14, heavy).value, "day": round.day.isoformat()}
        change = "UPDATE released_round SET heavy = :heavy, light = :light WHERE day = :day"
        with db.engine.begin() as connection:
            connection.execute(db.text(change), values)
        return real(round, by, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "seal_by_hand", seal_by_hand)
        yield


@contextmanager
def another_light_on_the_page(app: Flask) -> Iterator[None]:
    view = app.view_functions["trends.show"]

    def show(classroom: int) -> str:
        return LIGHT_PICTURE.sub("light-withheld.svg", view(classroom))

    app.view_functions["trends.show"] = show
    yield


@pytest.mark.parametrize(
    "canary", first([noise_at_each_look, noise_at_each_sealing, another_light_on_the_page])
)
def test_it_catches(canary: Variant, place: Place) -> None:
    assert what_reloading_shows(place, looks=400, variant=canary) != []
