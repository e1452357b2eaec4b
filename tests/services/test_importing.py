"""What was chosen of a file is done at once, in a file and in PostgreSQL, and a second time not."""

import pytest

from checkin.domain.access import Person, Role
from checkin.services import importing, signing_in
from checkin.services.importing import Choice
from checkin.storage import joining, schools, staff
from tests.school import PASSWORD, SmallSchool, at
from tests.services.import_files import EDEXML, packed

BOTH = pytest.mark.parametrize("school", ["file", "server"], indirect=True)


def admin_of(school: SmallSchool) -> Person:
    email = "admin@school.example"
    signing_in.add_staff(school.id, email, "Admin", PASSWORD, [Role.ADMIN])
    return next(one for one in staff.list_staff(school.id) if one.email == email)


@BOTH
def test_adds_classes_and_invites_who_teaches_them(school: SmallSchool) -> None:
    by, found = admin_of(school), importing.read_file(packed({"edexml.xml": EDEXML}))
    choice = Choice({"ster"}, {"kathe@school.example"})
    done = importing.carry_out(by, found, choice, at(8))
    assert (done.added, [one.name for one in done.invited]) == (("Ster",), ["Käthe van den Berg"])
    rooms = {room.name: room for room in schools.list_classrooms(school.id)}
    assert rooms["Ster"].pupils == 8
    member = joining.find_member(done.invited[0].id)
    assert member is not None
    assert member.classrooms == {rooms["Ster"].id}
    assert member.roles == {Role.TEACHER}
    assert not member.has_joined
    assert importing.carry_out(by, found, choice, at(8)).is_nothing


def test_is_for_administrators(school: SmallSchool) -> None:
    email = "teacher@school.example"
    signing_in.add_staff(school.id, email, "Teacher", PASSWORD, [Role.TEACHER])
    teacher = next(one for one in staff.list_staff(school.id) if one.email == email)
    found = importing.read_file(EDEXML.encode())
    with pytest.raises(PermissionError):
        importing.carry_out(teacher, found, Choice({"ster"}, ()), at(8))
