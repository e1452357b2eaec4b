"""The holiday region is changed on the calendar, by whoever keeps the school."""

from flask import Flask

from checkin.domain.school_years import Region, holidays_of
from checkin.storage import schools, timetables
from checkin.storage.database import db
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import page_of


def test_another_region_is_said_and_then_chosen(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    with app.app_context():
        schools.set_region(cast.school, "midden")
        timetables.add_days_off(cast.school, holidays_of(Region.MIDDEN))
        db.session.commit()
    hanna = sign_in("hanna")
    assert page_of(hanna.get("/calendar")).xpath("//main//a[@href='/calendar/region']")
    page = hanna.get("/calendar/region", headers=ENGLISH)
    assert "The school is in region Centre." in page.text
    offered = page_of(page).xpath("//input[@name='region']/@value")
    assert offered == ["noord", "zuid"]
    told = words(hanna, "/calendar/region")
    assert "rounds, lights and trends do not change" in told
    assert "Voorjaarsvakantie: Sat 13 Feb to Sun 21 Feb 2027" in told
    nothing = hanna.post("/calendar/region", data={"region": "mars"}, headers=ENGLISH)
    assert nothing.status_code == 400
    made_from = page_of(page).xpath("string(//input[@name='made_from']/@value)")
    form = {"region": "zuid", "made_from": made_from}
    assert hanna.post("/calendar/region", data=form).location == "/calendar"
    assert hanna.post("/calendar/region", data=form).location == "/calendar"
    stale = sign_in("adam").post("/calendar/region", data=form | {"region": "noord"})
    assert stale.status_code == 409
    with app.app_context():
        assert schools.get_school(cast.school).region == "zuid"


def test_a_teacher_changes_no_region(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert not page_of(tess.get("/calendar")).xpath("//main//a[@href='/calendar/region']")
    assert tess.post("/calendar/region", data={"region": "zuid"}).status_code == 403
