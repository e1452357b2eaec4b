"""The demo school has a structure in which somebody of its cast acts at every step."""

from pathlib import Path

from checkin.domain.structure import Section
from checkin.services import signing_in, structure_versions, structuring
from checkin.services.demonstrating import open_demo
from checkin.services.presence import who_acts
from checkin.storage import schools
from tests.school import MONDAY, HeldClock, an_app, at


def test_somebody_acts_at_every_step_and_only_the_social_map_is_unfinished(tmp_path: Path) -> None:
    with an_app(tmp_path, HeldClock()):
        open_demo(at(9), "http://127.0.0.1:8000", {}, history=False)
        (school,) = schools.list_schools()
        held = structure_versions.in_force(school.id, at(9))
        assert held is not None
        for step in held.structure.steps:
            for classroom in schools.list_classrooms(school.id):
                for role in (step.owner, step.escalates_to):
                    assert who_acts(held.structure, role, classroom.id, MONDAY), (step, role)
        gaps = structuring.gaps_of(school.id, held.structure, at(9))
        assert {gap.section for gap in gaps} <= {Section.REFERRALS, None}
        names = {p.id: p.name for p in signing_in.list_staff(school.id)}
        coordinators = held.structure.role("ib").holders
        assert {names[id] for id in coordinators} == {"Inge Visser", "Ibrahim Kaya"}
        assert len(structure_versions.history(school.id, at(9))) == 3
