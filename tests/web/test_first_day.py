"""Before pupils start: what the data knows is ticked by itself, the rest by whoever knows."""

import pytest
from flask import Flask

from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.domain.talk_setting import Adult
from checkin.services import first_day
from checkin.services.first_day_things import BY_HAND, OF_CLASS, OR_BY_HAND, Thing
from checkin.storage import audit, backups, structures, tablets, talk_settings
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn
from tests.web.first_day import MONDAY, begin, look, send, text_of, thing, todo
from tests.web.page_checks import PageClient, page_of


def test_every_thing_is_on_the_page_once_for_the_school_or_for_each_class(
    sign_in: SignIn,
) -> None:
    page = look(sign_in("adam"))
    rows = page_of(page).xpath("//li[contains(@class, 'todo')]")
    assert len(rows) == len(Thing) - len(OF_CLASS) + 2 * len(OF_CLASS)
    assert len(todo(page)) == len(Thing)


def test_the_structure_and_its_card_count_from_their_approval(app: Flask, cast: Cast) -> None:
    with app.app_context():
        structures.add_version(cast.school, DEFAULT_STRUCTURE, MONDAY, None)
        db.session.commit()
    assert not thing(app, cast, Thing.STRUCTURE)
    assert not thing(app, cast, Thing.ACUTE)
    with app.app_context():
        structures.add_version(cast.school, DEFAULT_STRUCTURE, MONDAY, cast.people["hanna"])
        db.session.commit()
    assert thing(app, cast, Thing.STRUCTURE)
    assert thing(app, cast, Thing.ACUTE)


def test_talk_counts_when_somebody_is_named(app: Flask, cast: Cast) -> None:
    assert not thing(app, cast, Thing.TALK)
    with app.app_context():
        tess, inge = cast.people["tess"], cast.people["inge"]
        adult = Adult(tess, "Tess", "juf Tess", "adult-glasses", frozenset({cast.zon}), inge)
        talk_settings.keep_adult(cast.school, adult)
        db.session.commit()
    assert thing(app, cast, Thing.TALK)


def test_talk_counts_when_it_is_knowingly_left_off(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    assert send(sign_in("hanna"), "/first-day/talk").status_code == 303
    assert thing(app, cast, Thing.TALK)


def test_a_tablet_counts_once_it_has_downloaded_everything(app: Flask, cast: Cast) -> None:
    assert not thing(app, cast, Thing.TABLET, cast.zon)
    with app.app_context():
        (tablet,) = tablets.tablets_of(cast.zon)
        db.session.execute(db.text("UPDATE tablet SET downloaded = 'abc'"))
        db.session.commit()
    assert thing(app, cast, Thing.TABLET, cast.zon)
    assert not thing(app, cast, Thing.TABLET, cast.maan)
    with app.app_context():
        tablets.revoke_tablet(tablet.id, cast.people["adam"], MONDAY_MORNING)
        db.session.commit()
    assert not thing(app, cast, Thing.TABLET, cast.zon)


def test_a_teacher_counts_with_the_class(app: Flask, cast: Cast) -> None:
    assert thing(app, cast, Thing.TEACHER, cast.zon)
    with app.app_context():
        db.session.execute(db.text("DELETE FROM teaching"))
        db.session.commit()
    assert not thing(app, cast, Thing.TEACHER, cast.zon)


def test_a_backup_counts_when_it_was_made_not_when_it_failed(app: Flask, cast: Cast) -> None:
    for trouble, is_done in (("no room", False), ("", True)):
        with app.app_context():
            backups.note(backups.Backup(MONDAY_MORNING, "somewhere", 1, "age", trouble))
            db.session.commit()
        assert thing(app, cast, Thing.BACKUP) is is_done


def test_https_counts_where_people_reach_it_so(app: Flask, https_app: Flask, cast: Cast) -> None:
    assert not thing(app, cast, Thing.HTTPS)
    assert thing(https_app, cast, Thing.HTTPS)


def test_second_steps_count_when_whoever_needs_one_has_one(app: Flask, cast: Cast) -> None:
    assert not thing(app, cast, Thing.FACTORS)
    with app.app_context():
        for name in ("inge", "hanna", "adam"):
            row = {"school": cast.school, "staff": cast.people[name], "day": MONDAY}
            db.session.execute(
                db.text(
                    "INSERT INTO authenticator (school_id, staff_id, label, secret, last_step,"
                    " added_on) VALUES (:school, :staff, 'phone', x'00', 0, :day)"
                ),
                row,
            )
        db.session.commit()
    assert thing(app, cast, Thing.FACTORS)


@pytest.mark.parametrize("name", ["hanna", "adam"])
def test_who_keeps_the_school_ticks_what_only_people_know(
    app: Flask, cast: Cast, sign_in: SignIn, name: str
) -> None:
    client = sign_in(name)
    assert send(client, "/first-day/council").location == "/first-day#council"
    assert thing(app, cast, Thing.COUNCIL)
    assert f"{name.title()}, Mon 23 Nov" in text_of(look(client))
    back = send(client, f"/classrooms/{cast.zon}/first-day/lesson", **{"from": "school"})
    assert back.location == f"/first-day#class-{cast.zon}"
    assert thing(app, cast, Thing.LESSON, cast.zon)
    assert not thing(app, cast, Thing.LESSON, cast.maan)


def test_a_teacher_ticks_for_the_own_class_alone(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in("tess")
    done = send(tess, f"/classrooms/{cast.zon}/first-day/lesson")
    assert done.location == f"/classrooms/{cast.zon}/first-day"
    assert thing(app, cast, Thing.LESSON, cast.zon)
    assert send(tess, f"/classrooms/{cast.maan}/first-day/lesson").status_code == 403
    assert send(tess, "/first-day/council").status_code == 403
    assert tess.get("/first-day").status_code == 403


def test_a_tick_can_be_taken_back_and_both_are_in_the_record(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    client, address = sign_in("adam"), f"/classrooms/{cast.zon}/first-day/parents"
    for done in ("yes", "yes", "no", "no"):
        assert send(client, address, done).status_code == 303
    assert not thing(app, cast, Thing.PARENTS, cast.zon)
    with app.app_context():
        head = audit.ends_of(cast.school).head.number
        said = [(one.what, one.subject) for one in audit.lines_of(cast.school, head)]
    about = f"parents of classroom {cast.zon}"
    assert said == [("first-day-ticked", about), ("first-day-taken-back", about)]


@pytest.mark.parametrize("which", sorted(set(Thing) - BY_HAND - OR_BY_HAND))
def test_what_the_data_knows_is_ticked_by_nobody(cast: Cast, sign_in: SignIn, which: Thing) -> None:
    place = f"/classrooms/{cast.zon}/first-day" if which in OF_CLASS else "/first-day"
    assert send(sign_in("adam"), f"{place}/{which.value}").status_code == 409


def test_a_thing_of_a_class_is_none_of_the_school_and_the_other_way_round(
    cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    assert send(adam, "/first-day/lesson").status_code == 409
    assert send(adam, f"/classrooms/{cast.zon}/first-day/council").status_code == 409
    assert send(adam, "/first-day/something").status_code == 404


def test_another_school_has_ticks_of_its_own(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    send(sign_in("anna"), "/first-day/council")
    assert not thing(app, cast, Thing.COUNCIL)
    answer = send(sign_in("anna"), f"/classrooms/{cast.zon}/first-day/lesson")
    assert answer.status_code == 404


def test_a_teacher_reads_on_the_first_page_that_the_class_may_not_start_and_why(
    cast: Cast, sign_in: SignIn
) -> None:
    tess = sign_in("tess")
    said = text_of(look(tess, "/home"))
    assert "Zon may not start yet" in said
    assert "Maan may not start yet" not in said
    assert "The teacher knows what a light says" in said
    own = todo(look(tess, f"/classrooms/{cast.zon}/first-day"))
    assert not own["The first lesson is held: the pupils know the cards"]
    assert own["A teacher with an account has the class"]


def test_the_tablet_taps_whatever_is_still_to_be_done(tablet: PageClient) -> None:
    tap = {"key": "0" * 32, "day": MONDAY.isoformat(), "round": "check-in", "feeling": 1}
    answer = tablet.post("/tablet/taps", json={"taps": [tap]})
    assert [one["status"] for one in answer.json["results"]] == ["stored"]


def test_a_class_with_all_it_must_have_may_start(
    app: Flask, https_app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    for which in BY_HAND | OR_BY_HAND:
        of_class = which in OF_CLASS
        place = f"/classrooms/{cast.zon}/first-day" if of_class else "/first-day"
        assert send(adam, f"{place}/{which.value}").status_code == 303
    with app.app_context():
        structures.add_version(cast.school, DEFAULT_STRUCTURE, MONDAY, cast.people["hanna"])
        db.session.execute(db.text("UPDATE tablet SET downloaded = 'abc'"))
        db.session.commit()
    with https_app.app_context():
        found = first_day.look(cast.school, MONDAY_MORNING)
    missing = {one.classroom.id: found.missing_for(one) for one in found.classes}
    assert not missing[cast.zon]  # no second step and no backup yet: those can wait some days
    assert missing[cast.maan]


def test_the_first_page_names_what_to_begin_with(sign_in: SignIn) -> None:
    hanna = page_of(look(sign_in("hanna"), "/home"))
    notice = hanna.xpath("//section[@aria-labelledby='first-day-heading']")[0]
    assert "things are still to be done" in notice.text_content()
    assert len(notice.xpath(".//ul/li")) == 3


def test_the_care_team_reads_where_to_begin_until_a_class_has_begun(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    assert "No class has begun yet" in text_of(look(sign_in("inge"), "/home"))
    begin(app, cast, cast.zon)
    assert "No class has begun yet" not in text_of(look(sign_in("inge"), "/home"))


def test_a_day_of_a_tick_is_the_schools(
    app: Flask, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    clock.pass_time(hours=15, minutes=30)  # 23:30 by UTC, half past midnight at school
    adam = sign_in("adam")
    send(adam, "/first-day/council")
    assert "Adam, Tue 24 Nov" in text_of(look(adam))
