"""P4: a tap comes after its round was sealed.

The attack: read what was published, let one child (or forty) tap after all, read again. Do it after
the teacher sealed, after the clock did, after a restart, after another attempt at sealing, after
the week was pictured. If a light, a released number or a share moves, those children moved it.

The promise: a published figure never changes. The late tap is answered as what it is, counted where
the teacher sees it, and counts for its week while that is open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask

from checkin.domain.calendar import Door
from checkin.domain.feelings import Feeling
from checkin.domain.release import release_round
from checkin.domain.rounds import Moment, week_of
from checkin.domain.taps import LateTaps, Result, Status
from checkin.services import sealing, tapping
from checkin.storage import released
from checkin.storage.database import db
from checkin.storage.open_rounds import OpenTransaction, open_rounds
from tests.adversary.places import ALL, SAME_SITE, Place, Variant, signed_in, the_product
from tests.school import MONDAY, HeldClock, SmallSchool, a_tap, at, taps

NEXT_MONDAY = MONDAY + timedelta(days=7)
WEEK = week_of(MONDAY)
KEPT = (Status.LATE, tapping.KEPT)
DROPPED = (Status.LATE, tapping.DROPPED)
FORTY = [Feeling.SAD] * 32 + list(Feeling)[:8]


def what_a_late_tap_moves(place: Place, by_hand: bool, variant: Variant = the_product) -> list[str]:
    """Seal a round of twelve light cards, then tap, restart and seal again; return what moved."""
    clock, moved = HeldClock(), []
    with place.opened(clock) as school, variant(school.app):
        school.tap(*taps(heavy=0, others=12))
        _seal(school, by_hand)
        first = published(school)
        answers = _answers(school.tap(*(a_tap(feeling) for feeling in FORTY)))
        if answers != [KEPT] * len(FORTY):
            moved.append(f"late taps were answered {set(answers)}")
        moved += _moved(first, published(school), "the taps")
        if tapping.late_taps(school.classrooms[0], WEEK) != LateTaps(kept=len(FORTY)):
            moved.append("the number of late taps that the teacher sees")
    with place.opened(clock) as school, variant(school.app):
        moved += _moved(first, published(school), "a restart")
        school.tap(a_tap(Feeling.SAD))
        _seal(school, by_hand=False)
        _seal_over_the_web(school)
        moved += _moved(first, published(school), "taps and sealing after a restart")
    return moved


def what_moves_once_its_week_is_pictured(place: Place, variant: Variant = the_product) -> list[str]:
    """Live a week, have it pictured, then tap for it; return what moved."""
    clock, moved = HeldClock(), []
    with place.opened(clock) as school, variant(school.app):
        _live_a_week(school)
        clock.now = at(23, 0, NEXT_MONDAY)
        sealing.seal_due(clock.now)
        first = published(school)
        answers = _answers(school.tap(*(a_tap(feeling) for feeling in FORTY)))
        if answers != [DROPPED] * len(FORTY):
            moved.append(f"taps of a closed week were answered {set(answers)}")
        sealing.seal_due(clock.now)
        moved += _moved(first, published(school), "the taps")
    with place.opened(clock) as school, variant(school.app):
        clock.now += timedelta(days=14)
        school.tap(a_tap(Feeling.SAD))
        sealing.seal_due(clock.now)
        moved += _moved(first, published(school, NEXT_MONDAY), "a fortnight and a restart")
    return moved


def published(school: SmallSchool, last=NEXT_MONDAY) -> dict[str, object]:
    """Return every figure of the first classroom that was ever shown, as read from outside."""
    classroom, first = school.classrooms[0], MONDAY - timedelta(days=30)
    browser = signed_in(school, "tess")
    answer = browser.get(f"/classrooms/{classroom}/trend.json?from={first}&to={last}")
    assert answer.status_code == 200
    db.session.expire_all()
    kept = released.rounds_between(classroom, first, last)
    weeks = released.weeks_between(classroom, week_of(first), week_of(last))
    return {"trend.json": answer.json, "rounds": kept, "weeks": weeks}


def _moved(first: dict[str, object], then: dict[str, object], by: str) -> list[str]:
    return [f"{what}, by {by}" for what in first if first[what] != then[what]]


def _answers(results: list[Result]) -> list[tuple[Status, str]]:
    return [(result.status, result.reason) for result in results]


def _seal(school: SmallSchool, by_hand: bool) -> None:
    if by_hand:
        school.seal()
        return
    school.clock.now = at(10)
    school.tap(waiting=0)
    sealing.seal_due(school.clock.now)


def _seal_over_the_web(school: SmallSchool) -> None:
    browser = signed_in(school, ALL)
    address = f"/classrooms/{school.classrooms[0]}/rounds/{MONDAY}/check-in/seal"
    headers = {**SAME_SITE, "Accept": "application/json"}
    for _ in range(2):
        assert browser.post(address, headers=headers).status_code == 200


def _live_a_week(school: SmallSchool) -> None:
    for n in range(5):
        day = MONDAY + timedelta(days=n)
        for moment, hour in ((Moment.CHECK_IN, 8.5), (Moment.CHECK_OUT, 12.5 if n == 2 else 14.5)):
            school.clock.now = at(int(hour), 30, day)
            school.tap(*taps(2, 10, day=day, moment=moment), waiting=None)
        school.clock.now = at(23, 0, day)
        sealing.seal_due(school.clock.now)


@pytest.mark.parametrize("by_hand", [True, False], ids=["by hand", "by the clock"])
def test_a_published_light_never_moves(place: Place, by_hand: bool) -> None:
    assert what_a_late_tap_moves(place, by_hand) == []


def test_a_published_week_never_moves(place: Place) -> None:
    assert what_moves_once_its_week_is_pictured(place) == []


def test_it_looks_at_a_light_and_a_picture(place: Place) -> None:
    """If nothing had been published there would be nothing to move."""
    with place.opened() as school:
        _live_a_week(school)
        school.clock.now = at(23, 0, NEXT_MONDAY)
        sealing.seal_due(school.clock.now)
        seen = published(school)
    lights = [r["light"] for r in seen["trend.json"]["rounds"] if r["day"] >= MONDAY.isoformat()]
    assert len(lights) == 10
    assert "withheld" not in lights
    assert seen["trend.json"]["weeks"][-1]["shares"]["happy"] != "<10%"


# The canaries.


@contextmanager
def corrects_the_light(app: Flask) -> Iterator[None]:
    """A late tap is 'still counted': the light is brought up to date."""

    def store(tablet, batch, now, real=tapping.store):
        results = real(tablet, batch, now)
        for tap, result in zip(batch.taps, results, strict=True):
            if result.status is Status.LATE and tap.feeling.heavy:
                change = "UPDATE released_round SET heavy = heavy + 1 WHERE day = :day"
                db.session.execute(db.text(change), {"day": tap.day.isoformat()})
        db.session.commit()
        return results

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "store", store)
        yield


@contextmanager
def reopens_and_replaces(app: Flask) -> Iterator[None]:
    """Nothing remembers that a round was sealed, and the last light wins."""

    def add_round(school, round, result, at, by, add=released.add_round):
        db.session.execute(
            db.text("DELETE FROM released_round WHERE day = :day"), {"day": round.day.isoformat()}
        )
        add(school, round, result, at, by)

    def seal(school, classrooms, rounds, now, by):
        def job(tx):
            for round in rounds:
                m, heavy = tx.take_round(round)
                tx._execute("DELETE FROM sealed_round")
                result = release_round(m, heavy, classrooms[round.classroom].pupils)
                tx.put_sealed(sealing.SealedRound(school.id, round, result, now, by))
            return len(rounds)

        return open_rounds().run(job)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(released, "add_round", add_round)
        patch.setattr(sealing, "_seal", seal)
        patch.setattr(tapping, "_door", lambda *_: Door.OPEN)
        patch.setattr(OpenTransaction, "is_sealed", lambda *_: False)
        yield


@contextmanager
def pictures_a_week_again(app: Flask) -> Iterator[None]:
    """A tap for a closed week is dropped, but first mixed into the picture."""

    def store(tablet, batch, now, real=tapping.store):
        results = real(tablet, batch, now)
        for tap in batch.taps:
            change = "UPDATE released_week SET shares = :shares WHERE week = :week"
            values = {"shares": '{"sad": ">90%"}', "week": week_of(tap.day)}
            db.session.execute(db.text(change), values)
        db.session.commit()
        return results

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "store", store)
        yield


@pytest.mark.parametrize("by_hand", [True, False], ids=["by hand", "by the clock"])
@pytest.mark.parametrize("canary", [corrects_the_light, reopens_and_replaces])
def test_it_catches(canary: Variant, place: Place, by_hand: bool) -> None:
    assert what_a_late_tap_moves(place, by_hand, canary) != []


def test_it_catches_a_picture_that_is_drawn_again(place: Place) -> None:
    assert what_moves_once_its_week_is_pictured(place, pictures_a_week_again) != []
