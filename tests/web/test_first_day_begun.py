"""A round ticks nothing: what a class left open when it began stays open until it is ticked."""

from flask import Flask

from checkin.services import enrolling
from checkin.services.first_day_things import BY_HAND, OF_CLASS, Thing
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn
from tests.web.first_day import begin, look, send, text_of, thing
from tests.web.page_checks import PageClient, page_of


def test_a_round_ticks_nothing_also_one_of_which_nothing_was_shown(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    begin(app, cast, cast.zon)
    adam = sign_in("adam")
    assert "Zon has begun; 5 things are still open." in text_of(look(adam))
    own = f"//section[@aria-labelledby='class-{cast.zon}']//li[contains(@class, 'todo')]"
    assert len(page_of(look(adam)).xpath(own)) == len(OF_CLASS)
    tess = sign_in("tess")
    said = text_of(look(tess, "/home"))
    assert "may not start yet" not in said
    assert "Zon has begun; still open:" in said
    assert "The first lesson is held" in said
    send(tess, f"/classrooms/{cast.zon}/first-day/lesson")
    assert thing(app, cast, Thing.LESSON, cast.zon)
    assert "Zon has begun; 4 things are still open." in text_of(look(adam))


def test_a_round_in_which_nobody_tapped_is_no_beginning(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    begin(app, cast, cast.zon, tapped=0)
    assert "Zon may not start yet" in text_of(look(sign_in("tess"), "/home"))


def tick_all(app: Flask, cast: Cast, client: PageClient, *rooms: int) -> None:
    """Tick what only people know of some classes, whose tablet has everything."""
    with app.app_context():
        token = enrolling.add_tablet(cast.school, cast.maan, MONDAY_MORNING)
        assert token
        db.session.execute(db.text("UPDATE tablet SET downloaded = 'abc'"))
        db.session.commit()
    for room in rooms:
        for which in BY_HAND.intersection(OF_CLASS):
            send(client, f"/classrooms/{room}/first-day/{which.value}")


def test_a_class_with_all_ticked_that_has_begun_is_folded_away(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    begin(app, cast, cast.zon)
    adam = sign_in("adam")
    tick_all(app, cast, adam, cast.zon)
    page = look(adam)
    assert "Zon has begun." in text_of(page)
    own = f"//section[@aria-labelledby='class-{cast.zon}']//li[contains(@class, 'todo')]"
    assert not page_of(page).xpath(own)
    assert "Zon has begun" not in text_of(look(sign_in("tess"), "/home"))


def test_nobody_is_reminded_once_every_class_has_begun_with_all_ticked(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    begin(app, cast, cast.zon)
    begin(app, cast, cast.maan)
    said = text_of(look(adam, "/home"))
    assert "Before pupils start" not in said
    assert "Still open from the first day" in said
    tick_all(app, cast, adam, cast.zon, cast.maan)
    assert "Still open from the first day" not in text_of(look(adam, "/home"))


def test_a_class_that_is_long_on_its_way_is_let_be_and_can_still_be_ticked(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    begin(app, cast, cast.zon)
    begin(app, cast, cast.maan)
    clock.pass_time(days=27)
    assert "still open" in text_of(look(sign_in("tess"), "/home"))
    clock.pass_time(days=1)
    assert "still open" not in text_of(look(sign_in("tess"), "/home"))
    adam = sign_in("adam")
    assert "Still open" not in text_of(look(adam, "/home"))
    assert "Zon has begun; 5 things are still open." in text_of(look(adam))
    assert send(adam, f"/classrooms/{cast.zon}/first-day/parents").status_code == 303
