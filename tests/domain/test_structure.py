"""A structure holds together, knows where each flag starts, and is the same when it is read."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.flags import Outcome
from checkin.domain.patterns import ACCEPTABLE
from checkin.domain.structure import (
    DEFAULT_STRUCTURE,
    Flaw,
    NotWhole,
    Route,
    as_document,
    read_structure,
)
from tests.domain.structures import PATTERNS, structures, unhurried, with_step


@unhurried
@given(structures())
def test_it_is_the_same_when_it_is_read_back(structure):
    assert read_structure(json.loads(json.dumps(as_document(structure)))) == structure


def test_the_default_can_be_stored_too():
    stored = json.loads(json.dumps(as_document(DEFAULT_STRUCTURE)))
    assert read_structure(stored) == DEFAULT_STRUCTURE


def test_a_document_from_before_accounts_keeps_the_names():
    old = {
        "vision": "Veilig.",
        "roles": [
            {
                "id": "ib",
                "label": "IB",
                "scope": "school",
                "holders": ["Inge", "Ibrahim"],
                "deputy": "",
            },
            {"id": "team", "label": "Team", "scope": "school", "holders": [], "deputy": "Sam"},
        ],
        "levels": [{"order": 1, "label": "Een", "role": "ib", "content": "Kijken."}],
        "steps": [
            {
                "level": 1,
                "label": "Kijken",
                "owner": "ib",
                "school_days": 3,
                "escalates_to": "team",
                "parents_first": True,
            }
        ],
        "acute": ["Bel 112."],
    }
    read = read_structure(old)
    assert (read.role("ib").named, read.role("ib").holders) == ("Inge, Ibrahim", ())
    assert (read.role("team").named_deputy, read.role("team").deputy) == ("Sam", None)
    assert (read.first_step.school_days, read.first_step.parents_first) == (3, True)
    assert set(read.first_step.outcomes) == set(Outcome)
    assert read.acute.lines == ("Bel 112.",)
    assert read_structure(json.loads(json.dumps(as_document(read)))) == read


@unhurried
@given(structures(), st.sampled_from([*PATTERNS, "one nobody thought of"]), st.floats(0, 1e6))
def test_every_pattern_starts_at_a_step_there_is(structure, pattern, strength):
    assert structure.step_for(pattern, strength) in structure.steps


@unhurried
@given(structures())
def test_the_steps_are_gone_through_once_from_the_first_to_the_last(structure):
    step, seen = structure.first_step, []
    while step is not None:
        seen.append(step)
        step = structure.next_step(step)
    assert len(seen) == len(structure.steps)
    assert [one.level for one in seen] == sorted(one.level for one in structure.steps)


def test_its_own_route_goes_before_the_one_for_all_and_the_strongest_before_a_weaker_one():
    routes = (
        Route("", 0, "in-de-klas"),
        Route("", 5, "in-het-team"),
        Route("sudden-day", 0, "in-de-klas"),
        Route("sudden-day", 4, "met-ib"),
    )
    structure = replace(DEFAULT_STRUCTURE, routes=routes)
    found = {
        (pattern, strength): structure.step_for(pattern, strength).id
        for pattern, strength in (
            ("sudden-day", 3.9),
            ("sudden-day", 4.0),
            ("sudden-day", 9.0),
            ("weekday", 4.9),
            ("weekday", 5.0),
        )
    }
    assert found == {
        ("sudden-day", 3.9): "in-de-klas",
        ("sudden-day", 4.0): "met-ib",
        ("sudden-day", 9.0): "met-ib",
        ("weekday", 4.9): "in-de-klas",
        ("weekday", 5.0): "in-het-team",
    }


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"roles": ()}, Flaw.NO_ROLE),
        ({"levels": ()}, Flaw.NO_LEVEL),
        ({"steps": ()}, Flaw.NO_STEP),
        ({"roles": DEFAULT_STRUCTURE.roles[:2]}, Flaw.UNKNOWN_ROLE),
        ({"levels": DEFAULT_STRUCTURE.levels[:2]}, Flaw.UNKNOWN_LEVEL),
        ({"steps": DEFAULT_STRUCTURE.steps[:1]}, Flaw.UNKNOWN_STEP),
        ({"levels": (*DEFAULT_STRUCTURE.levels, DEFAULT_STRUCTURE.levels[0])}, Flaw.TWICE),
    ],
)
def test_it_never_names_what_is_not_there(changes, flaw):
    with pytest.raises(NotWhole) as caught:
        replace(DEFAULT_STRUCTURE, **changes)
    assert caught.value.flaw is flaw


def test_an_escalation_to_nobody_is_a_gap_and_no_flaw():
    assert with_step(DEFAULT_STRUCTURE, "met-ib", escalates_to="").step("met-ib").owner == "ib"


def test_the_default_is_the_one_a_newcomer_school_begins_with():
    default = DEFAULT_STRUCTURE
    assert [step.school_days for step in default.ordered_steps] == [3, 5, 10, 10]
    assert [step.owner for step in default.ordered_steps] == ["leerkracht", "ib", "team", "team"]
    assert default.step("hulp-van-buiten").parents_first
    assert all(set(step.outcomes) <= set(Outcome) for step in default.steps)
    assert all(route.pattern in {"", "heavy-start", *ACCEPTABLE} for route in default.routes)
    assert [r.organisation for r in default.referrals if r.checked_on] == []
    assert any("0800-2000" in line for line in default.acute.lines)
    assert all(role.holders == () and role.deputy is None for role in default.roles)


def test_a_reminder_of_the_default_comes_before_its_last_day():
    for step in DEFAULT_STRUCTURE.steps:
        assert step.remind_after is not None, asdict(step)
        assert step.remind_after < step.school_days
