"""Structures for the tests: any that holds together, and one that lacks nothing."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from checkin.domain.structure import (
    DEFAULT_STRUCTURE,
    AcuteCard,
    Level,
    Meeting,
    Referral,
    ReferralKind,
    Rhythm,
    Route,
    Scope,
    Structure,
    StructureRole,
    StructureStep,
)

unhurried = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
    phases=set(Phase) - {Phase.explain},
)
"""A slow machine is no reason for a test to fail."""

TODAY = date(2026, 11, 23)
STAFF = frozenset({1, 2, 3})

words = st.text("abé \n\"'<1", max_size=6)
names = st.text("abcdë12", min_size=1, max_size=4)
people = st.integers(1, 50)
days = st.dates(date(2024, 1, 1), date(2030, 1, 1))
PATTERNS = ("sustained-rise", "sudden-day", "heavy-start", "recovery")


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    """Draw any structure in which everything that is named exists."""
    roles = draw(st.lists(_roles(), min_size=1, max_size=4, unique_by=lambda role: role.id))
    one_role = st.sampled_from([role.id for role in roles])
    levels = draw(st.lists(_levels(one_role), min_size=1, max_size=4, unique_by=lambda x: x.order))
    one_level = st.sampled_from([level.order for level in levels])
    steps = draw(
        st.lists(_steps(one_role, one_level), min_size=1, max_size=4, unique_by=lambda x: x.id)
    )
    one_step = st.sampled_from([step.id for step in steps])
    rhythms = st.builds(Rhythm, st.integers(1, 9), st.lists(days, max_size=2).map(tuple))
    members = st.lists(one_role, max_size=3).map(tuple)
    strengths = st.floats(0, 9, allow_nan=False)
    return Structure(
        vision=draw(words),
        roles=tuple(roles),
        levels=tuple(levels),
        steps=tuple(steps),
        meetings=_some(draw, st.builds(Meeting, words, members, rhythms)),
        routes=_some(draw, st.builds(Route, st.sampled_from(["", *PATTERNS]), strengths, one_step)),
        referrals=_some(draw, _referrals()),
        acute=AcuteCard(_some(draw, words)),
    )


def full_structure() -> Structure:
    """Return the default with everything filled in, for a school where 1, 2 and 3 work."""
    roles = tuple(replace(role, holders=(1, 2)) for role in DEFAULT_STRUCTURE.roles)
    roles = (replace(roles[0], holders=(), deputy=3), *roles[1:])
    referrals = tuple(
        replace(one, contact="loket", checked_on=TODAY) for one in DEFAULT_STRUCTURE.referrals
    )
    return replace(DEFAULT_STRUCTURE, roles=roles, referrals=referrals)


def with_role(structure: Structure, id: str, **changes: object) -> Structure:
    """Return a structure with one role changed."""
    roles = (replace(r, **changes) if r.id == id else r for r in structure.roles)  # type: ignore[arg-type]
    return replace(structure, roles=tuple(roles))


def with_step(structure: Structure, id: str, **changes: object) -> Structure:
    """Return a structure with one step changed."""
    steps = (replace(s, **changes) if s.id == id else s for s in structure.steps)  # type: ignore[arg-type]
    return replace(structure, steps=tuple(steps))


def _some(draw, strategy):
    return tuple(draw(st.lists(strategy, max_size=3)))


def _roles():
    return st.builds(
        StructureRole,
        id=names,
        label=words,
        scope=st.sampled_from(Scope),
        holders=st.lists(people, max_size=3).map(tuple),
        deputy=st.none() | people,
        named=words,
        named_deputy=words,
    )


def _levels(one_role):
    return st.builds(Level, st.integers(0, 9), words, words, one_role, words, words)


def _steps(one_role, one_level):
    return st.builds(
        StructureStep,
        id=names,
        level=one_level,
        label=words,
        owner=one_role,
        school_days=st.integers(0, 40),
        remind_after=st.none() | st.integers(0, 39),
        escalates_to=st.just("") | one_role,
        parents_first=st.booleans(),
        own_consent=st.booleans(),
        interpreter=st.booleans(),
        outcomes=st.lists(words, max_size=2).map(tuple),
        first_steps=st.lists(words, max_size=2).map(tuple),
    )


def _referrals():
    return st.builds(
        Referral,
        organisation=names,
        kind=st.sampled_from(ReferralKind),
        contact=words,
        languages=words,
        interpreter=st.booleans(),
        days=words,
        answering_time=words,
        checked_on=st.none() | days,
    )
