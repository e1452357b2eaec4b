"""A pupil asks, the right adults see it in time, and the pupil sees that it was seen."""

from datetime import timedelta

import pytest

from checkin.domain.talks import Answer, Kind, NotPossible, Part, Reach, State, Step
from checkin.services import presence, signing_in, talking, talking_settings
from checkin.storage.database import db
from tests.school import MONDAY, SmallSchool, at
from tests.talks import (
    PROTOCOL,
    a_wish,
    ask,
    let_pupils_ask,
    name_adult,
    people_of,
    tablet_of_the_second_class,
)

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def asking(school: SmallSchool) -> None:
    let_pupils_ask(school)


def seen_by(school: SmallSchool, name: str) -> list[tuple[str, Reach]]:
    seen = talking.talks_for(people_of(school)[name], school.clock.now)
    return [(one.request.symbol, one.reach) for one in seen]


def take(school: SmallSchool, name: str, step: Step, note: str = "") -> None:
    person, now = people_of(school)[name], school.clock.now
    (one,) = talking.talks_for(person, now)
    talking.take(one.request, step, person, now, note)


def look(school: SmallSchool, symbol: str = "fox") -> Answer:
    return talking.look(school.tablet, symbol, school.clock.now)


def test_a_wish_reaches_the_adult_it_was_addressed_to_and_nobody_else(school: SmallSchool) -> None:
    assert ask(school) == "stored"
    assert seen_by(school, "tess") == [("fox", Reach.ADULT)]
    for other in ("omar", "inge", "adam"):
        assert seen_by(school, other) == []
    assert talking.count_waiting(people_of(school)["tess"], school.clock.now) == 1


def test_the_same_key_is_the_same_wish(school: SmallSchool) -> None:
    key = b"k" * 16
    assert [ask(school, key=key), ask(school, key=key)] == ["stored", "known"]
    assert len(seen_by(school, "tess")) == 1


def test_of_its_time_half_a_day_is_kept(school: SmallSchool) -> None:
    ask(school)
    school.clock.now = at(14, 30)
    ask(school, "bird")
    tess = people_of(school)["tess"]
    asked = [one.request.asked for one in talking.talks_for(tess, school.clock.now)]
    assert [(one.day, one.part) for one in asked] == [
        (MONDAY, Part.MORNING),
        (MONDAY, Part.AFTERNOON),
    ]


def test_a_wish_that_waited_on_the_tablet_keeps_its_day(school: SmallSchool) -> None:
    school.clock.now = at(9, 0, TUESDAY)
    ask(school, day=MONDAY)
    (one,) = talking.talks_for(people_of(school)["tess"], school.clock.now)
    assert one.request.asked.day == MONDAY
    assert seen_by(school, "omar") == [("fox", Reach.DEPUTY)]


def test_a_wish_of_tomorrow_is_one_of_today(school: SmallSchool) -> None:
    ask(school, day=TUESDAY)
    (one,) = talking.talks_for(people_of(school)["tess"], school.clock.now)
    assert one.request.asked.day == MONDAY


def test_the_deputy_has_it_from_the_end_of_the_school_day(school: SmallSchool) -> None:
    ask(school)
    school.clock.now = at(14, 0)
    assert seen_by(school, "omar") == []
    school.clock.now = at(23, 0)
    assert seen_by(school, "omar") == [("fox", Reach.DEPUTY)]
    assert seen_by(school, "inge") == []


def test_the_deputy_has_it_at_once_while_the_adult_is_away(school: SmallSchool) -> None:
    tess = people_of(school)["tess"]
    ask(school)
    assert seen_by(school, "omar") == []
    presence.note_absence(tess, tess.id, MONDAY, MONDAY, school.clock.now)
    assert seen_by(school, "omar") == [("fox", Reach.DEPUTY)]


def test_the_care_team_has_it_from_the_end_of_the_next_school_day(school: SmallSchool) -> None:
    ask(school)
    school.clock.now = at(14, 0, TUESDAY)
    assert seen_by(school, "inge") == []
    school.clock.now = at(23, 0, TUESDAY)
    assert seen_by(school, "inge") == [("fox", Reach.TEAM)]
    assert seen_by(school, "adam") == []


def test_a_weekend_is_no_school_day(school: SmallSchool) -> None:
    friday = MONDAY + timedelta(days=4)
    school.clock.now = at(10, 0, friday)
    ask(school, day=friday)
    school.clock.now = at(23, 0, friday + timedelta(days=2))
    assert seen_by(school, "inge") == []
    school.clock.now = at(23, 0, friday + timedelta(days=3))
    assert seen_by(school, "inge") == [("fox", Reach.TEAM)]


def test_with_nobody_left_to_stand_in_the_care_team_has_it_at_once(school: SmallSchool) -> None:
    ask(school)
    signing_in.leave(people_of(school)["tess"].id, school.clock.now)
    assert seen_by(school, "inge") == [("fox", Reach.TEAM)]


def test_a_wish_that_was_seen_goes_no_further(school: SmallSchool) -> None:
    ask(school)
    take(school, "tess", Step.SEEN)
    school.clock.now = at(23, 0, TUESDAY)
    assert seen_by(school, "omar") == seen_by(school, "inge") == []


def test_who_took_it_over_keeps_it_in_sight(school: SmallSchool) -> None:
    ask(school)
    school.clock.now = at(23, 0)
    take(school, "omar", Step.SEEN)
    assert [symbol for symbol, _ in seen_by(school, "omar")] == ["fox"]
    assert [symbol for symbol, _ in seen_by(school, "tess")] == ["fox"]


def test_the_pupil_sees_that_it_waits_was_seen_and_may_come(school: SmallSchool) -> None:
    assert look(school) is Answer.NOTHING
    ask(school)
    assert look(school) is Answer.WAITS
    take(school, "tess", Step.SEEN)
    assert look(school) is Answer.SEEN
    take(school, "tess", Step.COME)
    assert look(school) is Answer.COME
    take(school, "tess", Step.CLOSED)
    assert look(school) is Answer.SEEN
    school.clock.now = at(9, 0, TUESDAY)
    assert look(school) is Answer.NOTHING


def test_a_symbol_answers_in_its_own_class_and_for_itself_only(school: SmallSchool) -> None:
    ask(school)
    assert look(school, "bird") is Answer.NOTHING
    other = tablet_of_the_second_class(school)
    assert talking.look(other, "fox", school.clock.now) is Answer.NOTHING


def test_to_come_or_to_close_is_to_have_seen(school: SmallSchool) -> None:
    ask(school)
    take(school, "tess", Step.CLOSED, "  Gepraat op het plein.  ")
    (one,) = talking.talks_for(people_of(school)["tess"], school.clock.now)
    assert [done.step for done in one.request.steps] == [Step.SEEN, Step.CLOSED]
    assert one.request.steps[-1].note == "Gepraat op het plein."
    assert one.request.state is State.CLOSED
    with pytest.raises(NotPossible):
        talking.take(one.request, Step.COME, people_of(school)["tess"], school.clock.now)


def test_two_adults_who_press_at_once_do_no_harm(school: SmallSchool) -> None:
    ask(school)
    tess = people_of(school)["tess"]
    (one,) = talking.talks_for(tess, school.clock.now)
    for step in (Step.SEEN, Step.SEEN, Step.COME, Step.COME, Step.SEEN):
        talking.take(one.request, step, tess, school.clock.now)  # as the page was that they read
    assert look(school) is Answer.COME


def test_nobody_finds_a_wish_that_is_not_theirs(school: SmallSchool) -> None:
    ask(school)
    people, now = people_of(school), school.clock.now
    (one,) = talking.talks_for(people["tess"], now)
    assert talking.find_talk(people["tess"], one.request.id, now) is not None
    assert talking.find_talk(people["omar"], one.request.id, now) is None
    assert talking.find_talk(people["tess"], "0" * 32, now) is None


def test_it_takes_none_where_it_is_off(school: SmallSchool) -> None:
    people = people_of(school)
    other = tablet_of_the_second_class(school)
    assert talking.ask(other, a_wish(school), school.clock.now) == "refused"
    talking_settings.keep_setting(people["inge"], "", None, [], school.clock.now)
    assert ask(school) == "refused"
    assert seen_by(school, "tess") == []


def test_pain_is_taken_only_when_somebody_is_named_for_it(school: SmallSchool) -> None:
    assert ask(school, kind=Kind.PAIN) == "refused"
    people = people_of(school)
    classes = school.classrooms[:1]
    now = school.clock.now
    talking_settings.keep_setting(people["inge"], PROTOCOL, people["tess"].id, classes, now)
    assert ask(school, kind=Kind.PAIN) == "stored"


def test_a_flood_ends(school: SmallSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "MOST_A_DAY", 3)
    assert [ask(school) for _ in range(4)] == ["stored"] * 3 + ["refused"]


def test_what_is_older_than_a_holiday_is_refused(school: SmallSchool) -> None:
    assert ask(school, day=MONDAY - timedelta(days=60)) == "stored"
    assert ask(school, day=MONDAY - timedelta(days=61)) == "refused"


def test_a_step_writes_no_time_to_the_second_anywhere(school: SmallSchool) -> None:
    ask(school)
    before = db.session.scalar(db.text("SELECT count(*) FROM audit"))
    take(school, "tess", Step.SEEN)
    assert db.session.scalar(db.text("SELECT count(*) FROM audit")) == before


def test_a_head_gets_counts_and_no_more(school: SmallSchool) -> None:
    name_adult(school, "omar", "tess")
    ask(school)
    ask(school, "bird", to="omar")
    take(school, "omar", Step.CLOSED)
    counts = talking.counts_of(school.id, school.clock.now)
    assert (counts.waiting, counts.oldest, counts.asked, counts.closed) == (1, MONDAY, 2, 1)
    assert counts.handed_on == 0
    later = talking.counts_of(school.id, at(23, 0))
    assert later.handed_on == 1
