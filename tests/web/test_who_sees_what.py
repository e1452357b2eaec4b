"""The page that says who may see what is made of the rules, so it cannot say anything else."""

import pytest
from flask import Flask

from checkin.domain.access import Person, Role
from checkin.web.access_table import TABLE, Who
from checkin.web.staff.seeing import TOPICS, Scope, scope_of
from tests.web.conftest import Cast, SignIn
from tests.web.joining import ENGLISH, text_of
from tests.web.page_checks import page_of

NOT_STAFF = {Who.OPEN, Who.TABLET, Who.HEARD, Who.MEMBER, Who.DEVICES}
WITH_A_FLAG = {Who.HANDS}
"""What is done with a flag is told of where it is told who sees one."""

PROCESS = "how one goes that waits for them by the structure; no mood"
KINDS = (Who.CARE, Who.SCHOOL, Who.ADMIN, Who.WHOLE, Who.DRAFT)
WHOLE_PAGES = [topic for topic in TOPICS if TABLE[topic.page] in KINDS]
"""The matrix tries the others: the pages of one class, team or flag."""


def somebody(*roles: Role, classrooms: frozenset[int] = frozenset()) -> Person:
    return Person(1, 1, "", "", None, frozenset(roles), classrooms)


def rows_of(sign_in: SignIn, name: str = "tess") -> dict[str, list[str]]:
    page = page_of(sign_in(name).get("/who-sees-what", headers=ENGLISH))
    return {
        row.findtext("th"): [" ".join(cell.text_content().split()) for cell in row.findall("td")]
        for row in page.xpath("//tbody/tr")
    }


def test_every_kind_of_access_to_a_page_of_staff_has_a_line() -> None:
    told = {TABLE[topic.page] for topic in TOPICS}
    assert set(Who) - NOT_STAFF - WITH_A_FLAG <= told


def test_says_what_was_promised_of_each_role(sign_in: SignIn) -> None:
    rows = rows_of(sign_in)  # teacher, care coordinator, head, administrator
    assert rows["Lights, trend and what helps in a class"] == ["own classes", "yes", "no", "no"]
    assert rows["All flags, and the weekly review"] == ["no", "yes", "no", "no"]
    assert rows["One flag, and its steps"] == [
        "of own classes, and what is given to them",
        "yes",
        PROCESS,
        PROCESS,
    ]
    assert rows["The school as a whole, without single classes"] == ["no", "yes", "yes", "no"]
    assert rows["Letting people in and out, new passwords"] == ["no", "no", "no", "yes"]
    assert rows["The trend of a team of colleagues"][1:] == [
        "of a team they are in",
        "yes",
        "of a team they are in",
    ]


def test_names_the_classes_of_the_person_who_asks(sign_in: SignIn) -> None:
    told = text_of(sign_in("tess").get("/who-sees-what", headers=ENGLISH))
    assert "own classes: Zon" in told
    assert "own classes: Maan" not in told


def test_shows_of_one_person_what_they_may_see(cast: Cast, sign_in: SignIn) -> None:
    told = text_of(sign_in("adam").get(f"/staff/{cast.people['omar']}/sees", headers=ENGLISH))
    assert "own classes: Maan" in told
    assert sign_in("tess").get(f"/staff/{cast.people['omar']}/sees").status_code == 403


def test_changes_when_the_table_does(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TABLE, "care.flags", Who.STAFF)
    assert rows_of(sign_in)["All flags, and the weekly review"] == ["yes"] * 4


@pytest.mark.parametrize("topic", WHOLE_PAGES, ids=lambda topic: topic.page)
def test_says_yes_only_where_the_page_opens(cast: Cast, sign_in: SignIn, app: Flask, topic) -> None:
    rule = next(iter(app.url_map.iter_rules(topic.page)))
    for name, role in (("tess", Role.TEACHER), ("inge", Role.IB), ("hanna", Role.HEAD)):
        path = "/staff/invitation" if topic.page == "staff.invite" else rule.rule
        opens = sign_in(name).get(path).status_code == 200
        assert opens == (scope_of(topic.page, somebody(role)) is Scope.ALL), name
