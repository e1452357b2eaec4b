"""It opens every page for those the table names, and for nobody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from checkin.web import access
from checkin.web.access import NotInTable
from checkin.web.access_table import TABLE, Who
from tests.web.conftest import Cast, SignIn, browser
from tests.web.page_checks import PageClient

NOBODY, TABLET = "nobody", "tablet"
OURS = {"tess", "omar", "inge", "hanna", "adam"}
THEIRS = {"fatma", "otto", "anna"}
EVERYBODY = {NOBODY, TABLET, *OURS, *THEIRS}

# Who may open a page, where it is about classroom Zon: written out, not computed.
MAY_OPEN = {
    Who.OPEN: EVERYBODY,
    Who.TABLET: {TABLET},
    Who.STAFF: OURS | THEIRS,
    Who.FLAG: OURS | THEIRS,
    Who.TALK: OURS | THEIRS,
    Who.CARE: {"inge", "otto"},
    Who.HANDS: {"inge", "otto"},  # and who acts for its role: tests/web/test_who_acts_may_open.py
    Who.SCHOOL: {"hanna", "adam", "anna"},
    Who.ADMIN: {"adam", "anna"},
    Who.WHOLE: {"hanna", "inge", "otto"},
    Who.DRAFT: {"hanna", "inge", "otto"},
    Who.HEARD: {TABLET} | OURS | THEIRS,
    Who.WORDS: {"hanna", "adam", "anna", "inge", "otto"},
    Who.TREND: {"tess", "inge"},
    Who.SEAL: {"tess"},
    Who.CLASS: {"tess", "hanna", "adam"},
    Who.PAPERS: {"hanna", "adam", "anna", "inge", "otto"},
    Who.TEAM: set(),  # a class is no team; tests/web/test_team.py has one
    Who.MEMBER: set(),
    Who.DEVICES: set(),
}
# The routes of the contract, written out once more.
CONTRACT = [
    ("GET", "/", EVERYBODY),
    ("GET", "/sign-in", EVERYBODY),
    ("POST", "/sign-in", EVERYBODY),
    ("POST", "/sign-out", EVERYBODY),
    ("GET", "/healthz", EVERYBODY),
    ("POST", "/tablet/enrolment", EVERYBODY),
    ("GET", "/tablet", {TABLET}),
    ("POST", "/tablet/taps", {TABLET}),
    ("GET", "/structure", OURS | THEIRS),
    ("GET", "/classrooms/{zon}/trend", {"tess", "inge"}),
    ("GET", "/classrooms/{zon}/trend.json", {"tess", "inge"}),
    ("POST", "/classrooms/{zon}/rounds/2026-11-23/check-in/seal", {"tess"}),
    ("GET", "/flags", {"inge", "otto"}),
    ("GET", "/flags.json", {"inge", "otto"}),
    ("GET", "/flags/1", OURS | THEIRS),
    ("GET", "/review", {"inge", "otto"}),
    ("POST", "/flags/1/acknowledgement", {"inge", "otto"}),
    ("POST", "/flags/1/closure", {"inge", "otto"}),
]


class Everybody:
    """Every one of the cast in a browser of their own."""

    def __init__(self, app: Flask, sign_in: SignIn, tablet: PageClient) -> None:
        self.browsers = {NOBODY: browser(app), TABLET: tablet}
        self.browsers |= {name: sign_in(name) for name in sorted(OURS | THEIRS)}

    def who_opens(self, method: str, path: str) -> set[str]:
        """Return who got in; sign-in and errors are the ways of not getting in."""
        return {name for name, answer in self.answers(method, path) if answer.text == "opened"}

    def answers(self, method: str, path: str) -> Iterator[tuple[str, TestResponse]]:
        for name, client in self.browsers.items():
            yield name, client.open(path, method=method)


@pytest.fixture
def everybody(app: Flask, sign_in: SignIn, tablet: PageClient) -> Everybody:
    """Let every page but its guard be one word, so that only the guard is asked."""
    browsers = Everybody(app, sign_in, tablet)
    for endpoint in app.view_functions:
        app.view_functions[endpoint] = lambda **_: ("opened", 200, {"Content-Type": "text/plain"})
    return browsers


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def path_of(app: Flask, rule: Rule, cast: Cast) -> str:
    known = {"classroom": cast.zon, "paper": "dpia", "guide": "ib", "step": "school", "kind": "app"}
    known |= {"thing": "council"}
    values = {name: known.get(name, 1) for name in rule.arguments}
    path = app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule))
    return str(path)


def _method(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def test_opens_every_page_for_those_it_is_for(app: Flask, cast: Cast, everybody: Everybody) -> None:
    rules = rules_of(app)
    assert len(rules) > 15
    for rule in rules:
        opened = everybody.who_opens(_method(rule), path_of(app, rule, cast))
        assert opened == MAY_OPEN[TABLE[rule.endpoint]], rule


def test_opens_the_routes_of_the_contract(cast: Cast, everybody: Everybody) -> None:
    for method, path, expected in CONTRACT:
        opened = everybody.who_opens(method, path.format(zon=cast.zon))
        assert opened == expected, (method, path)


def test_names_every_page_in_the_table(app: Flask) -> None:
    access.check_table(app)
    app.add_url_rule("/new", "new.page", lambda: "new")
    with pytest.raises(NotInTable, match=r"new\.page"):
        access.check_table(app)


def test_opens_no_page_that_is_not_in_the_table(
    client: PageClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = [client, sign_in("inge"), sign_in("hanna")]
    assert everyone[1].get("/structure").status_code == 200
    monkeypatch.delitem(TABLE, "structure.show")
    assert {one.get("/structure").status_code for one in everyone} == {403}


def test_leads_signed_out_people_to_sign_in(client: PageClient, cast: Cast) -> None:
    answer = client.get(f"/classrooms/{cast.zon}/trend?from=2026-11-01&to=2026-11-23")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=/classrooms/")
    assert client.get(answer.location).status_code == 200
    assert client.post("/flags/1/closure").location == "/sign-in"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/flags.json", {}),
        ("/flags", {"Accept": "application/json"}),
        ("/tablet/today", {}),
    ],
)
def test_answers_signed_out_programs_with_401(
    client: PageClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    assert list(answer.json) == ["error"]


def test_answers_the_wrong_person_with_403(sign_in: SignIn, cast: Cast) -> None:
    omar = sign_in("omar")
    assert omar.get(f"/classrooms/{cast.zon}/trend").status_code == 403
    answer = omar.get(f"/classrooms/{cast.zon}/trend.json")
    assert (answer.status_code, list(answer.json)) == (403, ["error"])


def test_knows_no_classroom_of_another_school(sign_in: SignIn, cast: Cast) -> None:
    otto = sign_in("otto")
    for classroom in (cast.zon, 999_999):
        assert otto.get(f"/classrooms/{classroom}/trend").status_code == 404
        assert otto.get(f"/classrooms/{classroom}/trend.json").status_code == 404


def test_takes_no_staff_member_for_a_tablet(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.get("/tablet").status_code == 403
    assert tess.post("/tablet/taps", json={"taps": []}).status_code == 401


def test_takes_a_bearer_token_for_a_tablet(client: PageClient, cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {cast.tablet_token}"}
    assert client.get("/tablet/today", headers=headers).status_code == 200


@pytest.mark.parametrize("bearer", ["Bearer wrong", "Bearer", "bearer x=y", "Bearer  "])
def test_ignores_cookies_beside_a_bearer_token(
    sign_in: SignIn, tablet: PageClient, bearer: str
) -> None:
    headers = {"Authorization": bearer}
    assert tablet.get("/tablet/today", headers=headers).status_code == 401
    assert sign_in("inge").get("/flags.json", headers=headers).status_code == 401


def test_takes_no_tablet_for_staff(tablet: PageClient) -> None:
    assert tablet.get("/home").status_code == 303


def test_shows_in_the_bar_only_what_a_person_may_open(sign_in: SignIn) -> None:
    paths = {
        "tess": ["/home", "/talk", "/structure", "/calendar", "/export"],
        "inge": [
            *("/home", "/flags", "/review", "/talk", "/school/trend", "/structure", "/words"),
            *("/calendar", "/export"),
        ],
        "hanna": [
            *("/home", "/talk", "/school/trend", "/structure", "/words", "/tablets", "/calendar"),
            *("/classrooms", "/staff", "/export", "/mail"),
        ],
    }
    for name, expected in paths.items():
        text = sign_in(name).get("/home").text
        bar = text[text.index("<nav") : text.index("</nav>")]
        assert [part.split('"')[0] for part in bar.split('href="')[1:]] == expected


def test_shows_each_person_their_own_classrooms(sign_in: SignIn) -> None:
    shown = {
        name: {
            room for room in ("Zon", "Maan", "Ver") if f">{room}</a>" in sign_in(name).get("/").text
        }
        for name in sorted(OURS | THEIRS)
    }
    assert shown == {
        "tess": {"Zon"},
        "omar": {"Maan"},
        "inge": {"Zon", "Maan"},
        "hanna": set(),
        "adam": set(),
        "fatma": {"Ver"},
        "otto": {"Ver"},
        "anna": set(),
    }


def test_shows_the_cards_on_a_tablet_even_to_staff(sign_in: SignIn, cast: Cast) -> None:
    tess = sign_in("tess")
    tess.set_cookie("checkin_tablet", cast.tablet_token)
    assert tess.get("/").text == tess.get("/tablet").text
    assert "Tess" in tess.get("/home").text
