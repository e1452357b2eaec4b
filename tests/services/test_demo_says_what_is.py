"""The demo says of its people what is so: who has a second factor, and whose password is known."""

from pathlib import Path

from checkin.services import first_day, passwords
from checkin.services.demonstrating import open_demo
from checkin.services.first_day_things import Thing
from checkin.storage import schools, staff
from checkin.storage.database import db
from tests.school import HeldClock, an_app, at

URL = "http://127.0.0.1:8000"


def test_says_no_second_factor_and_gives_no_password_that_is_not_right(tmp_path: Path) -> None:
    with an_app(tmp_path, HeldClock()):
        facts = open_demo(at(9), URL, {}, history=False)
        assert all(one["password"] for one in facts["staff"])
        (school,) = schools.list_schools()
        lines = {line.thing: line.is_known for line in first_day.look(school.id, at(9)).lines}
        assert lines[Thing.FACTORS] is False
        chosen = facts["staff"][0]["email"]
        account = staff.find_account(chosen)
        assert account is not None
        staff.set_password_hash(account.id, passwords.make_hash("drie gele fietsen"))
        db.session.commit()
        again = open_demo(at(9, 5), URL, facts, history=False)
        unknown = [one["email"] for one in again["staff"] if not one["password"]]
        assert unknown == [chosen]
