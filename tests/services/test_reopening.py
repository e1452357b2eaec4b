"""A flag closed by mistake is where it was, and the rules are as if it had not been closed."""

from datetime import date, timedelta

import pytest

from checkin.domain.flags import Flag, FlagState, Outcome, Step
from checkin.services import caring, signing_in
from checkin.services.caring import CannotReopen, Meanwhile, WhyNot
from checkin.storage import engine_states, flags
from tests.school import MONDAY, SmallSchool, at
from tests.services.test_flags_move_on import raise_flag
from tests.services.test_raising import all_flags, live, weekdays

A_DAY = timedelta(days=1)


@pytest.fixture
def flag(school: SmallSchool) -> Flag:
    return raise_flag(school)


def inge_of(school: SmallSchool) -> int:
    return next(one.id for one in signing_in.list_staff(school.id) if one.name == "Inge")


def close(flag: Flag, outcome: Outcome = Outcome.TALKED, n: int = 1) -> Flag:
    return caring.close(flag, outcome, 1, "", at(9, 0, MONDAY + n * A_DAY))


@pytest.mark.parametrize("was", [FlagState.RAISED, FlagState.ACKNOWLEDGED, FlagState.IN_HAND])
def test_it_is_back_in_the_state_it_was_in(school: SmallSchool, flag: Flag, was: FlagState) -> None:
    inge = inge_of(school)
    if was is not FlagState.RAISED:
        flag = caring.acknowledge(flag, inge, "", at(9))
    if was is FlagState.IN_HAND:
        flag = caring.assign(flag, inge, inge, "", at(9))
    before = flag.assigned_to
    for _ in range(2):  # a second mistake is a mistake too
        flag = caring.reopen(close(flag), inge, "Verkeerde knop.", at(9, 1, MONDAY + A_DAY))
    assert (flag.state, flag.assigned_to, flag.closing) == (was, before, None)
    last = flag.events[-1]
    assert (last.step, last.by_id, last.note) == (Step.REOPENED, inge, "Verkeerde knop.")


def test_only_in_the_days_the_review_lists_it(school: SmallSchool, flag: Flag) -> None:
    closed = close(flag)
    with pytest.raises(CannotReopen) as refused:
        caring.reopen(closed, 1, "x", at(9, 0, MONDAY + 9 * A_DAY))
    assert refused.value.why is WhyNot.TOO_LONG_AGO
    assert caring.reopen(closed, 1, "x", at(9, 0, MONDAY + 8 * A_DAY)).state is FlagState.RAISED


def test_not_where_it_goes_on_in_a_newer_flag(school: SmallSchool, flag: Flag) -> None:
    closed = close(flag)
    newer = raise_flag(school, day=MONDAY + 2 * A_DAY)
    with pytest.raises(CannotReopen) as refused:
        caring.reopen(closed, 1, "x", at(9, 0, MONDAY + 3 * A_DAY))
    assert refused.value.why is WhyNot.GOES_ON
    close(newer, n=3)
    assert not caring.reopen(closed, 1, "x", at(9, 0, MONDAY + 3 * A_DAY)).is_closed


def test_whoever_is_second_is_told(school: SmallSchool, flag: Flag) -> None:
    with pytest.raises(CannotReopen) as refused:
        caring.reopen(flag, 1, "x", at(9))
    assert refused.value.why is WhyNot.OPEN
    closed = close(flag)
    caring.reopen(closed, 1, "x", at(9, 0, MONDAY + A_DAY), closed.version)
    with pytest.raises(Meanwhile):
        caring.reopen(closed, 1, "x", at(9, 0, MONDAY + A_DAY), closed.version)


def test_what_was_taken_for_the_new_usual_by_mistake_no_longer_is(school: SmallSchool) -> None:
    """Two classes live the same but that of the first it was taken for that, for a day."""
    for n, day in enumerate(weekdays(60)):
        heavy = 2 if n < 30 or n >= 45 else 8
        live(school, day, heavy, heavy)
        if n in (33, 34):  # the night between took it for that
            rise = next(f for f in all_flags(school) if is_rise_of(school.classrooms[0], f))
            if n == 33:
                caring.close(rise, Outcome.NEW_USUAL, 1, "", at(23, 30, day))
            else:
                caring.reopen(rise, 1, "Verkeerde knop.", at(23, 30, day))
    by_mistake, never = (
        sorted(
            (f.pattern, f.raised_on, f.last_seen_on) for f in all_flags(school) if f.classroom == id
        )
        for id in school.classrooms
    )
    assert "recovery" in {pattern for pattern, *_ in never}
    assert by_mistake == never
    states = engine_states.states_of(school.classrooms)
    assert len({states[id].state for id in school.classrooms}) == 1


def told_of(school: SmallSchool, classroom: int) -> list[tuple[str, date, date]]:
    its = [flag for flag in all_flags(school) if flag.classroom == classroom]
    return sorted((flag.pattern, flag.raised_on, flag.last_seen_on) for flag in its)


def is_rise_of(classroom: int, flag: Flag) -> bool:
    return (flag.classroom, flag.pattern) == (classroom, "sustained-rise")


def test_closed_again_it_is_the_last_closing_that_counts(school: SmallSchool, flag: Flag) -> None:
    closed = close(flag, Outcome.NEW_USUAL)
    assert flags.accepted(school.id)
    opened = caring.reopen(closed, 1, "x", at(9, 30, MONDAY + A_DAY))
    assert flags.accepted(school.id) == []
    again = close(opened, Outcome.WATCHED, n=2)
    assert again.closing is not None
    assert again.closing.outcome is Outcome.WATCHED
    since, until = at(0, 0, MONDAY), at(0, 0, MONDAY + 2 * A_DAY)
    assert flags.list_closed(school.id, since, until) == []
