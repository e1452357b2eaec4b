"""A flag's life: which state may follow which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.flags import FlagState, NotPossible, Step, state_after

ORDER = list(FlagState)


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        (FlagState.RAISED, Step.ACKNOWLEDGED, FlagState.ACKNOWLEDGED),
        (FlagState.ACKNOWLEDGED, Step.ACKNOWLEDGED, FlagState.ACKNOWLEDGED),
        (FlagState.IN_HAND, Step.ACKNOWLEDGED, FlagState.IN_HAND),
        (FlagState.RAISED, Step.ASSIGNED, FlagState.IN_HAND),
        (FlagState.ACKNOWLEDGED, Step.NOTED, FlagState.ACKNOWLEDGED),
        (FlagState.RAISED, Step.JOINED, FlagState.RAISED),
        (FlagState.RAISED, Step.CLOSED, FlagState.CLOSED),
        (FlagState.IN_HAND, Step.CLOSED, FlagState.CLOSED),
    ],
)
def test_a_step_leads_to_its_state(state, step, after):
    assert state_after(state, step) is after


@pytest.mark.parametrize("step", Step)
def test_closed_is_the_end(step):
    with pytest.raises(NotPossible):
        state_after(FlagState.CLOSED, step)


@given(st.lists(st.sampled_from(Step), max_size=20))
def test_a_flag_never_goes_back(steps):
    state = FlagState.RAISED
    for step in steps:
        if state is FlagState.CLOSED:
            return
        after = state_after(state, step)
        assert ORDER.index(after) >= ORDER.index(state)
        state = after
