"""An administrator reads in classes and staff: sees what would change, ticks, and it is so."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from checkin.services import importing, staffing
from checkin.services.importing import LARGEST_FILE
from checkin.services.staffing import NotDone, Wrong
from checkin.storage import schools, staff
from checkin.storage.database import db
from checkin.storage.rows import AuditRow, ClassroomRow, StaffRow
from tests.services.import_files import (
    CLASS_LIST,
    EDEXML,
    packed,
)
from tests.web.conftest import Cast, SignIn
from tests.web.importing import choose_of, rows, send
from tests.web.joining import choose, sign_in_as
from tests.web.living import ENGLISH, words_in
from tests.web.page_checks import PageClient, page_of


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


def class_sizes(cast: Cast) -> dict[str, int]:
    db.session.expire_all()
    return {room.name: room.pupils for room in schools.list_classrooms(cast.school)}


class TestPreview:
    def test_says_what_would_happen_with_each_line(self, adam: PageClient) -> None:
        answer = send(adam, CLASS_LIST.encode())
        assert rows(answer, "classes") == [
            "Ster Ster 11 new",
            "Zon Zon 14 → 12 changes",
        ]
        assert rows(answer, "people") == [
            "Juf Käthe Juf Käthe kathe@school.example Ster new",
            "Tess tess@school.example stays as it is",
            "Meester Bo Meester Bo bo@school.example Ster new",
        ]

    def test_changes_nothing(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        send(adam, CLASS_LIST.encode())
        with app.app_context():
            assert class_sizes(cast) == {"Zon": 14, "Maan": 14}
            assert staff.find_account("kathe@school.example") is None

    def test_says_what_cannot_be(self, cast: Cast, adam: PageClient) -> None:
        text = "groep;leerlingen;leerkracht;e-mail\nNieuw;;Fatma;fatma@school.example\nZon;14;;\n"
        answer = send(adam, text.encode())
        assert rows(answer, "classes")[0].endswith("the file does not say how many pupils it has")
        assert rows(answer, "people")[0].endswith("somebody has this e-mail address already")
        assert "There is nothing to do" in words_in(answer)

    def test_says_which_lines_are_left_out(self, adam: PageClient) -> None:
        answer = send(adam, EDEXML.encode())
        told = words_in(answer, "//section[@aria-labelledby='wrong']")
        assert "leerlingen, line 21: a pupil without a class of this file; not counted." in told

    @pytest.mark.parametrize("data", [b"", b"a;b\n", b"<html/>", b"PK", b"\x00"])
    def test_says_why_it_cannot_read_a_file(self, adam: PageClient, data: bytes) -> None:
        answer = send(adam, data)
        assert answer.status_code == 400
        assert page_of(answer).xpath("//*[@id='file-problem']")

    def test_says_it_too_when_there_is_no_file(self, adam: PageClient) -> None:
        assert adam.post("/import", headers=ENGLISH).status_code == 400

    def test_refuses_what_is_too_large(self, adam: PageClient) -> None:
        answer = send(adam, b"x" * (LARGEST_FILE + 20_000))
        assert (answer.status_code, answer.location) == (303, "/import?problem=large")
        page = page_of(adam.get(answer.location, headers=ENGLISH))
        told = page.xpath("//*[@id='file-problem']")[0].text_content()
        assert "larger than 480 kB; that is room for about 4000 lines" in told
        assert page.xpath("//form[@action='/import']//input[@type='file']")

    @pytest.mark.parametrize(
        ("files", "told"),
        [
            ({"a.csv": b"groep\n" * 3_000_000}, "larger than 16 MB once it is unpacked"),
            ({f"{n}.csv": b"" for n in range(201)}, "more than 200 files"),
            ({"a.csv": b"groep\n", "b.csv": b"groep\n"}, "one CSV file, one EDEXML file"),
            ({"a.csv": b"groep\n" + b"Zon\n" * 20_001}, "more than 20000 lines"),
        ],
    )
    def test_says_what_is_the_matter_with_a_zip_file(
        self, adam: PageClient, files: dict[str, bytes], told: str
    ) -> None:
        answer = send(adam, packed(files), "groepen.zip")
        assert answer.status_code == 400
        assert told in page_of(answer).xpath("//*[@id='file-problem']")[0].text_content()

    def test_says_how_a_workbook_becomes_a_file_it_can_read(self, adam: PageClient) -> None:
        book = packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})
        answer = send(adam, book, "groepen.xlsx")
        assert answer.status_code == 400
        told = page_of(answer).xpath("//*[@id='file-problem']")[0].text_content()
        assert "choose 'Save as', then CSV" in told

    def test_gives_a_template_it_can_read(self, adam: PageClient) -> None:
        template = adam.get("/import/template.csv")
        assert template.data.startswith(b"\xef\xbb\xbfgroep;leerlingen")
        assert rows(send(adam, template.data), "classes")[1].startswith("Maan Maan 14 → 9")


class TestDoing:
    def test_adds_resizes_and_invites(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        done = choose_of(adam, send(adam, CLASS_LIST.encode()))
        told = words_in(done)
        assert "New classes: Ster. Another number of pupils: Zon." in told
        assert "2 colleagues are invited." in told
        with app.app_context():
            assert class_sizes(cast) == {"Zon": 12, "Maan": 14, "Ster": 11}

    def test_prints_a_slip_for_each_with_the_address_to_sign_in_with(
        self, adam: PageClient
    ) -> None:
        done = choose_of(adam, send(adam, CLASS_LIST.encode()))
        slips = [
            " ".join(s.text_content().split()) for s in page_of(done).xpath("//*[@class='slip']")
        ]
        assert [one.split(" Open ")[0] for one in slips] == ["Juf Käthe", "Meester Bo"]
        assert "sign in with kathe@school.example" in slips[0]

    def test_lets_the_invited_in_with_the_code_and_to_their_class_alone(
        self, app: Flask, cast: Cast, adam: PageClient, client: PageClient
    ) -> None:
        done = choose_of(adam, send(adam, CLASS_LIST.encode()))
        row = page_of(done).xpath("//*[@class='slip-code number']")[0]
        assert choose(client, row.text_content().replace(" ", "")).status_code == 303
        kathe = sign_in_as(app, "kathe@school.example")
        assert kathe is not None
        with app.app_context():
            ster = next(r for r in schools.list_classrooms(cast.school) if r.name == "Ster").id
        assert kathe.get(f"/classrooms/{ster}/trend").status_code == 200
        assert kathe.get(f"/classrooms/{cast.zon}/trend").status_code == 403
        assert kathe.get("/staff").status_code == 403

    def test_does_only_what_is_ticked(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        choose_of(adam, send(adam, CLASS_LIST.encode()), classes=["zon"], people=[])
        with app.app_context():
            assert class_sizes(cast) == {"Zon": 12, "Maan": 14}
            assert staff.find_account("kathe@school.example") is None

    def test_does_it_once(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        preview = send(adam, CLASS_LIST.encode())
        choose_of(adam, preview)
        assert choose_of(adam, preview).status_code == 303
        with app.app_context():
            assert sorted(class_sizes(cast)) == ["Maan", "Ster", "Zon"]

    def test_lets_somebody_teach_more(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        text = "groep;leerkracht;e-mail\nMaan;Tess;tess@school.example\n"
        done = choose_of(adam, send(adam, text.encode()))
        assert "Teach more classes: Tess." in words_in(done)
        with app.app_context():
            tess = staff.find_person(cast.people["tess"])
            assert tess is not None
            assert tess.classrooms == {cast.zon, cast.maan}

    def test_makes_nobody_a_teacher_who_is_none(self, adam: PageClient) -> None:
        text = "groep;leerkracht;e-mail\nZon;Hanna;hanna@school.example\n"
        (line,) = rows(send(adam, text.encode()), "people")
        assert line.startswith("Hanna hanna@school.example stays as it is works here, but not as")

    def test_says_that_nobody_gets_a_class_of_their_own_file(self, adam: PageClient) -> None:
        text = "groep;leerkracht;e-mail\nZon;Adam;adam@school.example\n"
        (line,) = rows(send(adam, text.encode()), "people")
        assert "stays as it is this is you, and nobody" in line

    def test_ticks_nobody_whose_class_cannot_be(
        self, app: Flask, cast: Cast, adam: PageClient
    ) -> None:
        text = (
            "groep;leerlingen;leerkracht;e-mail\nNieuw;;Bo;bo@school.example\n"
            "Nieuw;;Cas;cas@school.example\nZon;14;Cas;cas@school.example\n"
        )
        preview = send(adam, text.encode())
        bo, cas = rows(preview, "people")
        assert "their class cannot be made" in bo
        assert cas == "Cas Cas cas@school.example Zon new"
        ticked = page_of(preview).xpath("//input[@name='person' and @checked]/@value")
        assert ticked == ["cas@school.example"]
        assert "2 colleagues are invited" in words_in(
            choose_of(adam, preview, people=["bo@school.example", "cas@school.example"])
        )

    def test_gives_a_new_class_what_is_set_for_another(
        self, app: Flask, cast: Cast, adam: PageClient
    ) -> None:
        choose_of(adam, send(adam, CLASS_LIST.encode()), like=str(cast.zon))
        with app.app_context():
            rooms = {room.name: room for room in schools.list_classrooms(cast.school)}
            assert rooms["Ster"].table == rooms["Zon"].table

    def test_leaves_nothing_half_done(
        self, app: Flask, cast: Cast, adam: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        preview = send(adam, CLASS_LIST.encode())
        real, invited = importing.applying.prepare_invitation, []

        def second_fails(*given: Any) -> tuple[int, str]:
            if invited:
                raise NotDone(Wrong.TAKEN)
            invited.append(given)
            return real(*given)

        monkeypatch.setattr(importing.applying, "prepare_invitation", second_fails)
        answer = choose_of(adam, preview)
        assert answer.status_code == 409
        assert "Nothing was changed." in words_in(answer, "//body")
        with app.app_context():
            assert class_sizes(cast) == {"Zon": 14, "Maan": 14}
            assert staff.find_account("kathe@school.example") is None
            assert staffing.NotDone is NotDone

    def test_is_noted(self, app: Flask, cast: Cast, adam: PageClient) -> None:
        choose_of(adam, send(adam, CLASS_LIST.encode()))
        with app.app_context():
            noted = db.session.scalars(
                select(AuditRow.subject).where(AuditRow.what == "imported")
            ).all()
        assert noted == ["school 1: 1 classes added, 1 resized, 2 invited, 0 teach more"]

    @pytest.mark.parametrize("plan", ["", "x", "W10.x.y"])
    def test_takes_no_list_it_did_not_make(self, adam: PageClient, plan: str) -> None:
        answer = adam.post("/import/choice", data={"plan": plan}, headers=ENGLISH)
        assert (answer.status_code, answer.location) == (303, "/import")

    def test_takes_no_list_of_another_school(
        self, app: Flask, cast: Cast, adam: PageClient, sign_in: SignIn
    ) -> None:
        choose_of(sign_in("anna"), send(adam, CLASS_LIST.encode()))
        with app.app_context():
            assert (
                db.session.scalar(select(ClassroomRow).where(ClassroomRow.name == "Ster")) is None
            )


def test_administrators_alone(sign_in: SignIn) -> None:
    for name in ("hanna", "inge", "tess"):
        assert sign_in(name).get("/import").status_code == 403


def test_leaves_the_staff_of_other_schools_alone(app: Flask, cast: Cast, adam: PageClient) -> None:
    text = "groep;leerkracht;e-mail\nZon;F;fatma@school.example\n"
    choose_of(adam, send(adam, text.encode()), people=["fatma@school.example"])
    with app.app_context():
        fatma = db.session.scalars(
            select(StaffRow).where(StaffRow.email == "fatma@school.example")
        ).one()
        assert [one.classroom_id for one in fatma.teaching] == [cast.elsewhere]
