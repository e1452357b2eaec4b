"""Whatever is missing, changed or wrong in a structure can be said."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from checkin.domain.access import Person, Role
from checkin.domain.structure import (
    DEFAULT_STRUCTURE,
    Flaw,
    Gap,
    GapKind,
    NotWhole,
    Section,
    Structure,
)
from checkin.domain.structure.comparing import differences
from checkin.services.structure_versions import Standing
from checkin.web.structure.change_words import compare
from checkin.web.structure.gap_words import gap_lines, told_of
from checkin.web.structure.people import People
from checkin.web.structure.words import flaw_word, section_word, standing_word
from tests.domain.structures import structures, unhurried, with_step

PEOPLE = People({1: "Inge", 2: "Omar"}, {1}, ())


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield


@pytest.mark.parametrize("kind", list(GapKind))
def test_every_gap_has_its_sentence(kind: GapKind) -> None:
    one, two = told_of(Gap(kind, ("Iets",))), told_of(Gap(kind, ("Iets", "Anders")))
    assert one.endswith(".")
    assert "%(" not in one + two


def test_every_section_standing_and_flaw_has_its_word() -> None:
    told = [*map(section_word, Section), *map(standing_word, Standing)]
    told += [flaw_word(NotWhole(flaw, "7", "Iets")) for flaw in Flaw]
    assert all(told)
    assert not any("%(" in one for one in told)


def test_a_gap_says_where_it_can_be_mended() -> None:
    (line,) = gap_lines([Gap(GapKind.NO_DEPUTY, ("Directeur",))], somebody(Role.IB))
    assert line.section is Section.ROLES
    assert line.told == "Directeur: nobody stands in when whoever has it is away."


def test_who_may_name_the_adults_is_led_to_where_that_is_done() -> None:
    for role, page in ((Role.IB, "talk_settings.show"), (Role.HEAD, None)):
        (line,) = gap_lines([Gap(GapKind.NO_TALK_ADULTS)], somebody(role))
        assert line.page == page


def somebody(role: Role) -> Person:
    return Person(1, 1, "Inge", "inge@school.example", None, frozenset({role}), frozenset())


@settings(unhurried, max_examples=20, suppress_health_check=list(HealthCheck))
@given(structures(), structures())
def test_any_two_versions_can_be_compared_in_words(one: Structure, other: Structure) -> None:
    told = compare(one, other, PEOPLE)
    assert sum(len(lines) for _section, lines in told) == len(differences(one, other))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (3, 5, "Intern begeleider has 5 school days instead of 3: "),
        (5, 1, "Intern begeleider has 1 school day instead of 5: "),
        (5, 0, "Intern begeleider does it the same day instead of within 5 school days: "),
        (0, 2, "Intern begeleider has 2 school days instead of the same day: "),
    ],
)
def test_a_changed_deadline_is_said_in_school_days(before: int, after: int, told: str) -> None:
    changed = [with_step(DEFAULT_STRUCTURE, "met-ib", school_days=n) for n in (before, after)]
    assert compare(changed[0], changed[1], PEOPLE) == [
        ("Steps", [f"{told}Contact met de leerkracht en samen bespreken."])
    ]
