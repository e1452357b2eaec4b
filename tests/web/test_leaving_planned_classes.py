"""Somebody leaves while classes are planned: no class begins without a teacher unasked."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from checkin.services import class_years
from checkin.storage import teaching
from tests.web.conftest import Cast, SignIn
from tests.web.joining import ENGLISH, text_of
from tests.web.page_checks import PageClient, page_of


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def test_a_planned_class_with_its_own_teacher_is_asked_about(
    app: Flask, cast: Cast, adam: PageClient
) -> None:
    omar, tess = cast.people["omar"], cast.people["tess"]
    split = {"name": "Komeet", "stay": "8", "pupils": "6", "day": "2026-11-25", "teachers": omar}
    adam.post(f"/classrooms/{cast.maan}/split", data=split, headers=ENGLISH)
    address, new = f"/staff/{omar}/leaving", cast.elsewhere + 1
    told = text_of(adam.get(address, headers=ENGLISH))
    assert "Teaches Komeet, from Wednesday 25 November on, alone" in told
    refused = adam.post(address, data={f"class-{cast.maan}": tess}, headers=ENGLISH)
    assert page_of(refused).xpath("//select[@aria-invalid]/@name") == [f"class-{new}"]
    form = {f"class-{cast.maan}": tess, f"class-{new}": tess}
    assert adam.post(address, data=form, headers=ENGLISH).status_code == 303
    with app.app_context():
        assert teaching.teachers_of(new) == {tess}


def test_the_class_that_comes_in_its_place_gets_who_takes_over(
    app: Flask, cast: Cast, adam: PageClient
) -> None:
    omar, tess = cast.people["omar"], cast.people["tess"]
    fields = {"what": "go-on", "name": "Maan", "pupils": "14"}
    year = {"day": "2026-11-25"} | {f"{name}-{cast.maan}": it for name, it in fields.items()}
    adam.post("/classrooms/new-year", data=year, headers=ENGLISH)
    address = f"/staff/{omar}/leaving"
    told = text_of(adam.get(address, headers=ENGLISH))
    assert "Teaches Maan, and the class that comes in its place on Wednesday 25 November" in told
    adam.post(address, data={f"class-{cast.maan}": tess}, headers=ENGLISH)
    with app.app_context():
        class_years.carry_out_due(datetime(2026, 11, 25, 6, tzinfo=UTC))
        assert teaching.teachers_of(cast.elsewhere + 1) == {tess}
