"""It says of each tap that cannot be what it says it is why it does not count."""

from typing import Any

import pytest

from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, JSON, tap, words, words_in
from tests.web.page_checks import PageClient
from tests.web.sending import DAY, DUTCH, a_tap, send, tapped, told


@pytest.mark.parametrize(
    ("wrong", "status", "why"),
    [
        ({"feeling": 9}, "refused", "no card with that digit"),
        ({"day": "2026-11-22"}, "refused", "no such round on that day"),
        ({"day": "2026-12-25"}, "refused", "no such round on that day"),
        ({"round": "check-out"}, "refused", "not open yet"),
        ({"day": "2026-11-24"}, "refused", "not open yet"),
        ({"day": "2027-11-23"}, "refused", "not open yet"),  # a clock that is a year ahead
        ({"day": "9999-12-31"}, "refused", "not open yet"),
        ({"day": "2025-11-24"}, "late", "week is closed"),  # a clock that is a year behind
        ({"day": "0001-01-01"}, "late", "week is closed"),
    ],
    ids=str,
)
def test_says_of_each_tap_why_it_is_not_counted(
    tablet: PageClient, sign_in: SignIn, cast: Cast, wrong: dict[str, Any], status: str, why: str
) -> None:
    first, second, third = told(send(tablet, a_tap(1), a_tap(2, **wrong), a_tap(3)))
    assert (first, third) == (("stored", ""), ("stored", ""))
    assert second[0] == status
    assert why in second[1]
    assert tapped(sign_in("tess"), cast) == 2


def test_a_key_that_comes_again_as_another_feeling_is_known(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    answers = [told(send(tablet, a_tap(7, feeling)))[0] for feeling in (1, 2, 9, 2)]
    assert answers == [("stored", ""), ("known", ""), ("known", ""), ("known", "")]
    assert tapped(sign_in("tess"), cast) == 1


def test_twice_as_many_taps_as_pupils_are_stored_and_give_no_light(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    assert tap(tablet, "1" * 14 + "2" * 14) == ["stored"] * 28
    tess = sign_in("tess")
    assert tapped(tess, cast) == 28
    address = f"/classrooms/{cast.zon}/trend"
    told = "28 of 14 have tapped. More cards than pupils: with more than 16 there is no light."
    assert told in words(tess, address)
    for headers, said in ((ENGLISH, "More cards than there are pupils"), (DUTCH, "Meer kaart")):
        tess.post(f"/classrooms/{cast.zon}/rounds/{DAY}/check-in/seal", headers=headers)
        page = tess.get(address, headers=headers)
        assert said in words_in(page)
    answer = tess.get(f"{address}.json?from={DAY}&to={DAY}").json
    assert answer["rounds"] == [
        {"day": DAY, "round": "check-in", "answered": 28, "light": "withheld"}
    ]


def test_more_taps_than_pupils_and_two_still_give_a_light_and_one_more_does_not(
    tablet: PageClient, sign_in: SignIn, cast: Cast
) -> None:
    tess = sign_in("tess")
    tap(tablet, "1" * 16)
    seal = f"/classrooms/{cast.zon}/rounds/{DAY}/{{}}/seal"
    assert tess.post(seal.format("check-in"), headers=JSON).json["light"] != "withheld"
    clock = tess.application.extensions["checkin_clock"]
    clock.pass_time(hours=6)
    tess = sign_in("tess")
    tap(tablet, "1" * 17, "check-out", first_key=100)
    assert tess.post(seal.format("check-out"), headers=JSON).json["light"] == "withheld"
