"""Versions stay as they were approved; one draft, changed by whoever read it as it is.

On both databases, and for what was stored before there were drafts.
"""

import json
from dataclasses import replace
from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.storage import structures
from checkin.storage.database import MIGRATIONS, db, is_current
from checkin.storage.rows import AbsenceRow, StructureRow
from checkin.storage.structures import AlreadyDrafted, VersionState
from tests.school import MONDAY, at, next_day, small_school

OTHER = replace(DEFAULT_STRUCTURE, vision="Anders.")


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    url = None if request.param == "sqlite" else request.getfixturevalue("new_database")
    with small_school(tmp_path, url) as made:
        yield made


def draft(school, structure=OTHER):
    number = structures.add_draft(school.id, structure, MONDAY, 3, at(9))
    db.session.commit()
    return number


def test_a_draft_holds_on_no_day_until_it_is_approved(school):
    assert draft(school) == 2
    assert structures.in_force(school.id, next_day(days=400)).version == 1
    assert [one.version for one in structures.list_approved(school.id)] == [1]
    assert structures.find_approved(school.id, 2) is None
    assert structures.approve_draft(school.id, 0, next_day(), 3, at(10))
    assert structures.in_force(school.id, MONDAY).version == 1
    held = structures.in_force(school.id, next_day())
    assert (held.version, held.structure, held.approved_at) == (2, OTHER, at(10))
    assert structures.find_draft(school.id) is None


def test_there_is_one_draft_at_a_time(school):
    draft(school)
    with pytest.raises(AlreadyDrafted):
        draft(school, DEFAULT_STRUCTURE)
    assert structures.find_draft(school.id).structure == OTHER


def test_the_database_itself_refuses_a_second_draft(school):
    draft(school)
    row = StructureRow(
        school_id=school.id, version=9, state="draft", valid_from=MONDAY, document={}
    )
    db.session.add(row)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_draft_is_changed_only_from_the_edition_that_was_read(school):
    draft(school)
    assert structures.change_draft(school.id, 0, DEFAULT_STRUCTURE, 4, at(10))
    assert not structures.change_draft(school.id, 0, OTHER, 3, at(11))
    found = structures.find_draft(school.id)
    assert (found.structure, found.edition, found.changed_by) == (DEFAULT_STRUCTURE, 1, 4)
    assert not structures.approve_draft(school.id, 0, MONDAY, 3, at(11))
    assert not structures.remove_draft(school.id, 0)
    assert structures.remove_draft(school.id, 1)


def test_an_approved_version_cannot_be_changed(school):
    assert not structures.change_draft(school.id, 0, OTHER, 3, at(9))
    assert structures.find_approved(school.id, 1).structure == DEFAULT_STRUCTURE


def test_an_absence_cannot_end_before_it_began(school):
    db.session.add(
        AbsenceRow(school_id=school.id, staff_id=1, first=next_day(), last=MONDAY, noted_by=1)
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_was_in_force_before_there_were_drafts_still_is(school):
    draft(school)
    old = {
        "vision": "Van vroeger.",
        "roles": [{"id": "a", "label": "A", "scope": "school", "holders": ["Ina"], "deputy": "Bo"}],
        "levels": [{"order": 1, "label": "Een", "role": "a", "content": ""}],
        "steps": [
            {
                "level": 1,
                "label": "Doen",
                "owner": "a",
                "school_days": 2,
                "escalates_to": "a",
                "parents_first": False,
            }
        ],
        "acute": ["Bel 112."],
    }
    go_to("0005")
    db.session.execute(
        text("UPDATE structure SET document = :document WHERE version = 1"),
        {"document": json.dumps(old)},
    )
    db.session.commit()
    go_to("head")
    assert is_current()
    held = structures.in_force(school.id, MONDAY)
    assert (held.state, held.edition, held.made_by) == (VersionState.APPROVED, 0, None)
    assert held.valid_from == date(2026, 8, 31)
    assert (held.structure.vision, held.structure.role("a").named) == ("Van vroeger.", "Ina")
    assert structures.find_draft(school.id) is None  # the older program knew no drafts


def go_to(revision):
    db.session.remove()
    step = upgrade if revision == "head" else downgrade
    step(directory=str(MIGRATIONS), revision=revision)
