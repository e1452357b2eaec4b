"""Of two people who give one name to two classes at one moment, one is told that it is taken."""

import threading
from contextlib import suppress

import pytest

from checkin.services import class_years, signing_in
from checkin.services import classrooms as classroom_service
from checkin.services.class_years import CannotChange, checks
from checkin.storage import schools
from checkin.storage.database import db
from tests.school import MONDAY, SmallSchool


@pytest.mark.parametrize("school", ["file", "server"], indirect=True)
def test_one_of_two_gets_the_name(school: SmallSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    by, now = signing_in.list_staff(school.id)[0], school.clock.now
    room, outcomes = schools.get_classroom(school.classrooms[0]), {}
    both, is_name = threading.Barrier(2), checks.is_name

    def slow(name: str) -> bool:
        """Let both look before either keeps anything; who waits for the other is let be."""
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return is_name(name)

    monkeypatch.setattr(checks, "is_name", slow)
    sizes = (8, 6)
    works = {
        "add": lambda: classroom_service.add_classroom(by, "Nieuw", 9, None, now),
        "plan": lambda: class_years.plan_split(by, room, "nieuw", sizes, (), (), MONDAY, now),
    }

    def run(what: str) -> None:
        with school.app.app_context():
            try:
                works[what]()
                outcomes[what] = "done"
            except CannotChange as wrong:
                outcomes[what] = wrong.trouble.value
            finally:
                db.session.remove()

    school.clock.now = now = now.replace(hour=5)
    db.session.remove()
    threads = [threading.Thread(target=run, args=(what,)) for what in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes.values()) == ["done", "taken"]
