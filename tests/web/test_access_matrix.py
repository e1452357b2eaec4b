"""Every address as everybody: the real pages, against a table written by hand.

The table says who sees what as the school was promised it. It is not made of the program's own
table, so that a slip there shows here. A new address fails until somebody decides about it.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from checkin.domain.access import Person, Role
from checkin.domain.calendar import DayOff
from checkin.domain.calendar_days import make_day
from checkin.domain.decisions import DecisionKind
from checkin.domain.recordings import Recording
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.domain.talk_setting import Adult
from checkin.domain.talks import Kind, Part, TalkRequest
from checkin.domain.talks import Moment as Half
from checkin.services import (
    calendars,
    caring,
    class_years,
    enrolling,
    signing_in,
    structuring,
    teams,
    words,
)
from checkin.services.housekeeping import prepare_storage
from checkin.services.teams import USUAL_HOURS, Plan
from checkin.storage import (
    absences,
    decisions,
    factors,
    flags,
    released,
    schools,
    sounds,
    staff,
    structures,
    tablets,
    talk_settings,
    talks,
)
from checkin.storage.database import db
from checkin.web import access
from checkin.web.access_table import TABLE, Who
from tests.web.conftest import (
    MONDAY_MORNING,
    PASSWORD,
    Cast,
    HeldClock,
    close,
    make_app,
)
from tests.web.matrix_staff import STAFF_FIRST, STAFF_PAGES, STAFF_PLACES, fill_staff

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)

NOBODY = frozenset({"nobody", "revoked tablet", "expired session"})
TABLET = frozenset({"tablet"})
OWN, OTHER, ASSIGNED = (frozenset({n}) for n in ("own teacher", "other teacher", "assigned"))
IB, HEAD, ADMIN = (frozenset({n}) for n in ("ib", "head", "admin"))
ELSEWHERE = frozenset({"other school"})  # an IB'er there, who sees her own school only
OURS = OWN | OTHER | ASSIGNED | IB | HEAD | ADMIN
STAFF = OURS | ELSEWHERE
EVERYBODY = NOBODY | TABLET | STAFF
CARE = IB | ELSEWHERE  # each of their own school
KEEPERS = HEAD | ADMIN
CLASS = OWN | KEEPERS  # sets the class up, and sees nothing of its mood with that
MEMBER = OTHER  # of the team's own check-in

WHO_SEES_WHAT = {
    # for everybody
    "GET /": EVERYBODY,
    "GET /static/<path:filename>": EVERYBODY,
    "GET /healthz": EVERYBODY,
    # setting the first school up: once there is one it leads to the first page
    "GET /setup": EVERYBODY,
    "POST /setup": EVERYBODY,
    "GET /setup/<any(school, class, times, care, you):step>": EVERYBODY,
    "POST /setup/<any(school, class, times, care, you):step>": EVERYBODY,
    "GET /setup/tablet": KEEPERS,
    "POST /setup/tablet": KEEPERS,
    "GET /first-day": KEEPERS,
    "POST /first-day/<thing>": KEEPERS,
    "GET /classrooms/<int:classroom>/first-day": CLASS,
    "POST /classrooms/<int:classroom>/first-day/<thing>": CLASS,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /sign-in/kept": STAFF,
    "GET /sign-in/second": frozenset(),  # without a password before it there is no second step
    "POST /sign-in/second": frozenset(),
    "POST /sign-in/passkey/challenge": EVERYBODY,
    "POST /sign-in/passkey": EVERYBODY,
    "POST /language": EVERYBODY,
    "GET /how-it-works": EVERYBODY,
    "GET /how-it-works/pictures": EVERYBODY,
    "GET /sw.js": EVERYBODY,
    "GET /tablet/enrolment": EVERYBODY,
    "POST /tablet/enrolment": EVERYBODY,
    "GET /tablet/grown-up": EVERYBODY,
    # the tablet of a class
    "GET /tablet": TABLET,
    "GET /tablet/today": TABLET,
    "POST /tablet/taps": TABLET,
    "GET /tablet/talks": TABLET,
    "POST /tablet/talks": TABLET,
    "POST /tablet/talks/answer": TABLET,
    "GET /sounds/<language>/<word>/<version>.wav": TABLET | OURS,
    # the mood of one class: its teacher and the care team; neither head nor administrator
    "GET /classrooms/<int:classroom>/trend": OWN | IB,
    "GET /classrooms/<int:classroom>/trend.json": OWN | IB,
    "GET /classrooms/<int:classroom>/today.json": OWN | IB,
    "GET /classrooms/<int:classroom>/rounds/<day>/<moment>/heard": OWN | IB,
    "POST /classrooms/<int:classroom>/rounds/<day>/<moment>/seal": OWN,
    "POST /classrooms/<int:classroom>/line": OWN,
    "GET /school/trend": HEAD | CARE,
    "GET /school/trend.json": HEAD | CARE,
    # the same on paper and as a file: never to more people than the pages
    "GET /classrooms/<int:classroom>/report": OWN | IB,
    "GET /classrooms/<int:classroom>/lights.csv": OWN | IB,
    "GET /classrooms/<int:classroom>/weeks.csv": OWN | IB,
    "GET /school/report": HEAD | CARE,
    "GET /school/lights.csv": HEAD | CARE,
    "GET /school/process.csv": HEAD | CARE,
    "GET /export": STAFF,
    # reading in classes and staff lets people in
    "GET /import": ADMIN,
    "GET /import/template.csv": ADMIN,
    "POST /import": ADMIN,
    "POST /import/choice": ADMIN,
    # flags: all of them for the care team, one for its teacher and whoever has it in hand
    "GET /flags": CARE,
    "GET /flags.json": CARE,
    "GET /flags/<int:id>": OWN | ASSIGNED | IB,
    "POST /flags/<int:id>/notes": ASSIGNED | IB,
    "POST /flags/<int:id>/taking-up": ASSIGNED | IB,
    "POST /flags/<int:id>/parents": ASSIGNED | IB,
    "POST /flags/<int:id>/parents/withdrawal": ASSIGNED | IB,
    "POST /flags/<int:id>/giving-back": ASSIGNED,
    "POST /flags/<int:id>/acknowledgement": IB,
    "POST /flags/<int:id>/assignment": IB,
    "POST /flags/<int:id>/closure": IB,
    "POST /flags/<int:id>/decisions": IB,
    "POST /flags/<int:id>/handing-on": IB,
    "POST /decisions/<int:id>/follow-up": IB,
    "GET /review": CARE,
    "GET /review/<week>/decisions": CARE,
    "POST /review/decisions": CARE,
    "POST /review/meeting": CARE,
    "POST /review/end": CARE,
    # talk requests: whom it was addressed to; the list shows each person their own
    "GET /talk": STAFF,
    "GET /talk/paper": STAFF,
    "POST /talk/<id>/seen": OWN,
    "POST /talk/<id>/call": OWN,
    "POST /talk/<id>/closure": OWN,
    "GET /talk/settings": CARE,
    "POST /talk/settings": CARE,
    "GET /talk/adults/<int:id>": IB,
    "POST /talk/adults/<int:id>": IB,
    "POST /talk/adults/<int:id>/removal": IB,
    "GET /talk/adults/<int:id>/photo/<version>.jpg": IB,
    # the structure: read by all, drawn up by the care team and the head
    "GET /structure": STAFF,
    "GET /structure/versions": STAFF,
    "GET /structure/versions/<int:number>": OURS,
    "GET /structure/draft": IB | HEAD | ELSEWHERE,
    "GET /structure/draft/whole": IB | HEAD | ELSEWHERE,
    "GET /structure/draft/<section>": IB | HEAD | ELSEWHERE,
    "POST /structure/draft": IB | HEAD | ELSEWHERE,
    "POST /structure/draft/<section>": IB | HEAD,
    "POST /structure/draft/approval": HEAD | ELSEWHERE,  # which has no head
    "POST /structure/draft/removal": IB | HEAD | ELSEWHERE,
    "GET /structure/absences": STAFF,
    "POST /structure/absences": STAFF,
    "POST /structure/absences/<int:id>/removal": OWN | IB | KEEPERS,
    # second factors: each person's own; an administrator takes a colleague's away
    "GET /account/factors": STAFF,
    "POST /account/factors/app": STAFF,
    "GET /account/factors/app": STAFF,
    "GET /account/factors/app/picture.svg": STAFF,
    "POST /account/factors/app/code": STAFF,
    "POST /account/factors/passkeys/options": STAFF,
    "POST /account/factors/passkeys": STAFF,
    "GET /account/factors/codes": STAFF,
    "POST /account/factors/codes": STAFF,
    "POST /account/factors/<any(app, passkey):kind>/<int:id>/name": OWN,
    "POST /account/factors/<any(app, passkey):kind>/<int:id>/removal": OWN,
    "GET /staff/factors": ADMIN,
    "POST /staff/factors/rule": ADMIN,
    "GET /staff/<int:id>/factors": ADMIN,
    "POST /staff/<int:id>/factors/removal": ADMIN,
    # classes and tablets
    "GET /home": STAFF,
    "GET /classrooms": KEEPERS,
    "POST /classrooms": KEEPERS,
    "GET /classrooms/new": KEEPERS,
    "GET /classrooms/new-year": KEEPERS,
    "POST /classrooms/new-year": KEEPERS,
    "GET /classrooms/<int:classroom>": KEEPERS,
    "POST /classrooms/<int:classroom>/name": KEEPERS,
    "POST /classrooms/<int:classroom>/teachers": KEEPERS,
    "POST /classrooms/<int:classroom>/substitutes": KEEPERS,
    "POST /classrooms/<int:classroom>/substitutes/<int:substitution>/end": KEEPERS,
    "GET /classrooms/<int:classroom>/closure": KEEPERS,
    "POST /classrooms/<int:classroom>/closure": KEEPERS,
    "GET /classrooms/<int:classroom>/split": KEEPERS,
    "POST /classrooms/<int:classroom>/split": KEEPERS,
    "GET /classrooms/<int:classroom>/merger": KEEPERS,
    "POST /classrooms/<int:classroom>/merger": KEEPERS,
    "POST /classrooms/changes/<int:change>/undo": KEEPERS,
    # the calendar: read by all, written by the head and administrators
    "GET /calendar": STAFF,
    "GET /calendar.ics": STAFF,
    "POST /calendar/days": KEEPERS,
    "POST /calendar/days/<int:line>/removal": KEEPERS,
    "POST /calendar/days/<int:line>/return": KEEPERS,
    "POST /calendar/days/<int:line>/check": KEEPERS,
    "POST /calendar/holidays": KEEPERS,
    "GET /calendar/import": KEEPERS,
    "POST /calendar/import": KEEPERS,
    "POST /calendar/import/days": KEEPERS,
    "POST /classrooms/<int:classroom>/pupils": KEEPERS,
    "POST /classrooms/<int:classroom>/enrolment-codes": KEEPERS,
    "GET /classrooms/<int:classroom>/rituals": CLASS,
    "POST /classrooms/<int:classroom>/cards": CLASS,
    "POST /classrooms/<int:classroom>/rhythm": CLASS,
    "POST /classrooms/<int:classroom>/pause": CLASS,
    "POST /classrooms/<int:classroom>/pause/end": CLASS,
    "GET /classrooms/<int:classroom>/first-lesson": CLASS,
    "GET /classrooms/<int:classroom>/first-lesson/practice": CLASS,
    "GET /classrooms/<int:classroom>/first-lesson/sheet": CLASS,
    "GET /tablets": KEEPERS,
    "GET /tablets/code": KEEPERS,
    "POST /tablets/<int:id>/name": KEEPERS,
    "POST /tablets/<int:id>/revocation": KEEPERS,
    # words and sounds
    "GET /words": IB | KEEPERS | ELSEWHERE,
    "POST /words": IB | KEEPERS | ELSEWHERE,
    "GET /words/<language>": IB | KEEPERS,
    "POST /words/<language>": IB | KEEPERS,
    "POST /words/<language>/name": IB | KEEPERS,
    "POST /words/<language>/removal": IB | KEEPERS,
    "POST /words/<language>/review": IB | KEEPERS,
    "POST /words/<language>/review/withdrawal": IB | KEEPERS,
    "GET /words/<language>/sheet": IB | KEEPERS,
    "GET /sounds": STAFF,
    "GET /sounds/<language>": OURS,
    "POST /sounds/<language>": OURS,
    "POST /sounds/<language>/<word>/deletion": OURS,
    # how it works and is set
    "GET /patterns": STAFF,
    "GET /patterns/settings": HEAD | CARE,
    "POST /patterns/settings": HEAD | CARE,
    "GET /plotly.min.js": STAFF,
    "GET /papers": IB | KEEPERS | ELSEWHERE,
    "GET /papers/<any(dpia, register, council):paper>": IB | KEEPERS | ELSEWHERE,
    "GET /papers/leaflet/<language>": IB | KEEPERS | ELSEWHERE,
    "GET /mail": KEEPERS,
    "POST /mail/test": KEEPERS,
    "POST /mail/quiet": KEEPERS,
    "GET /mail/mine": STAFF,
    "POST /mail/mine": STAFF,
    "GET /audit": KEEPERS,
    "GET /running": KEEPERS,
    # the team's own check-in: its members and the head
    "GET /teams/new": KEEPERS,
    "POST /teams": KEEPERS,
    "GET /teams/<int:team>": KEEPERS,
    "POST /teams/<int:team>": KEEPERS,
    "POST /teams/<int:team>/end": KEEPERS,
    "GET /teams/<int:team>/trend": MEMBER | HEAD,
    "POST /teams/<int:team>/device": MEMBER,
    "GET /teams/<int:team>/code": MEMBER | KEEPERS,
    "POST /teams/<int:team>/enrolment-codes": MEMBER | KEEPERS,
    **STAFF_PAGES,
}

# What is asked with an address, where an empty form would be refused as a wrong password is.
FORMS = {
    "POST /sign-in": {"data": {"email": "hanna@school.example", "password": PASSWORD}},
    "POST /tablet/enrolment": {"json": {}},
    "POST /tablet/taps": {"json": {"taps": []}},
    "POST /account/factors/<any(app, passkey):kind>/<int:id>/name": {"data": {"label": "x"}},
    "POST /account/factors/passkeys/options": {"json": {}},
}
# What has to be done first, by the same person, for a page to have something to show.
FIRST = {
    "GET /tablets/code": "/classrooms/{classroom}/enrolment-codes",
    "GET /teams/<int:team>/code": "/teams/{team}/enrolment-codes",
    "GET /account/factors/app/picture.svg": "/account/factors/app",
    **STAFF_FIRST,
}


@dataclass(frozen=True)
class Filled:
    """A school in which every address has something to show, and everybody's cookies."""

    app: Flask
    folder: Path
    kept: Path
    parts: dict[str, object]
    cookies: dict[str, dict[str, str]]

    def opens(self, rule: Rule, method: str, who: str) -> bool:
        """Tell whether somebody gets in; a refusal is a status, or the way to sign in."""
        path = self.path_of(rule)
        browser = self.browser(who)
        name = f"{method} {rule.rule}"
        if name in FIRST:
            browser.post(FIRST[name].format(**self.parts), headers=SAME_SITE)
        form = FORMS.get(name, {})
        answer = browser.open(path, method=method, headers=SAME_SITE, buffered=True, **form)
        assert answer.status_code < 500, (method, path, who, answer.status_code)
        is_refused = answer.status_code in (401, 403, 404) or (
            answer.status_code == 303
            and answer.location.startswith(("/sign-in", "/tablet/grown-up"))
            and rule.rule not in ("/", "/sign-out")
        )
        if (method == "POST" or name in FIRST) and not is_refused:
            self.restore()
        return not is_refused

    def path_of(self, rule: Rule) -> str:
        own = {"/talk/<id>": "talk", "/absences/<int:id>": "absence", "/talk/adults": "adult"}
        own |= STAFF_PLACES
        values = {name: self.parts[name] for name in rule.arguments}
        for place, part in own.items():
            if place in rule.rule:
                values["id"] = self.parts[part]
        if rule.rule.startswith("/papers/"):
            values |= {"language": "nl"} if "language" in rule.arguments else {}
        if rule.rule.startswith("/talk/adults/") and "version" in rule.arguments:
            values["version"] = self.parts["photo"]
        adapter = self.app.url_map.bind("localhost")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        return str(adapter.build(rule.endpoint, values, method=method))

    def browser(self, who: str) -> FlaskClient:
        browser = FlaskClient(self.app, self.app.response_class)
        for name, value in self.cookies[who].items():
            browser.set_cookie(name, value)
        return browser

    def restore(self) -> None:
        """Undo what a form changed in the main database."""
        close(self.app)
        for file in self.folder.glob("checkin.sqlite3*"):
            file.unlink()
        for file in self.kept.glob("checkin.sqlite3*"):
            shutil.copy(file, self.folder)


@pytest.fixture(scope="module")
def filled(
    built_school: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    folder, kept = tmp_path_factory.mktemp("matrix"), tmp_path_factory.mktemp("matrix-kept")
    shutil.copytree(built_school[0], folder, dirs_exist_ok=True)
    clock, cast = HeldClock(), built_school[1]
    app = make_app(folder, clock)
    with app.app_context():
        prepare_storage()
        cookies, parts = people_of(cast, clock), fill(cast)
        db.session.commit()
    close(app)
    shutil.copytree(folder, kept, dirs_exist_ok=True)
    yield Filled(app, folder, kept, parts, cookies)
    close(app)


def people_of(cast: Cast, clock: HeldClock) -> dict[str, dict[str, str]]:
    """Let everybody sign in, one of them too long ago."""
    address = "olga@school.example"
    signing_in.add_staff(cast.school, address, "Olga", PASSWORD, [Role.TEACHER], [cast.maan])
    db.session.commit()

    def session(name: str) -> dict[str, str]:
        token = signing_in.sign_in(f"{name}@school.example", PASSWORD, clock.instant)
        return {"checkin_session": token}

    clock.instant -= timedelta(hours=13)
    expired = session("inge")
    clock.instant += timedelta(hours=13)
    revoked = enrolling.add_tablet(cast.school, cast.zon, clock.instant)
    found = enrolling.find_tablet(revoked)
    assert found is not None
    tablets.revoke_tablet(found.id, cast.people["adam"], clock.instant)
    db.session.commit()
    return {
        "nobody": {},
        "tablet": {"checkin_tablet": cast.tablet_token},
        "revoked tablet": {"checkin_tablet": revoked},
        "expired session": expired,
        "own teacher": session("tess"),
        "other teacher": session("omar"),
        "assigned": session("olga"),
        "ib": session("inge"),
        "head": session("hanna"),
        "admin": session("adam"),
        "other school": session("otto"),
    }


def fill(cast: Cast) -> dict[str, object]:
    """Give every address something to show: of classroom Zon, and of the school."""
    now, school, zon = MONDAY_MORNING, cast.school, cast.zon
    people = {person.name: person for person in staff.list_staff(school)}
    tess, inge, hanna = people["Tess"], people["Inge"], people["Hanna"]
    was = Released(12, 14, 5, Light.SOME, Why.SHOWN)
    last_friday = MONDAY - timedelta(days=3)
    released.add_round(school, Round(zon, last_friday, Moment.CHECK_IN), was, now, None)
    flag = flags.add_flag(school, zon, "sustained-rise", MONDAY, 3.0, {"since": "2026-11-17"}, now)
    flags.note_reached(flag, MONDAY)
    db.session.commit()
    raised = flags.find_flag(flag)
    assert raised is not None
    caring.assign(raised, people["Olga"].id, inge.id, "", now)
    decisions.add(school, "k", "2026-W48", DecisionKind.LOOK, inge.id, now, flag=flag)
    decision = decisions.of_week(school, "2026-W48")[0].id
    adult = Adult(tess.id, "Tess", "juf Tess", "adult-glasses", frozenset({zon}), inge.id)
    talk_settings.set_protocol(school, "Wij praten dezelfde dag.", None)
    talk_settings.switch_on(school, [zon])
    talk_settings.keep_adult(school, adult)
    talk_settings.set_photo(tess.id, b"a photo", "0123456789abcdef")
    half = Half(MONDAY, Part.MORNING)
    wish = TalkRequest("a" * 32, school, zon, "", tess.id, "", Kind.TALK, "fox", half)
    talks.add_request(wish)
    db.session.commit()
    structuring.begin_draft(inge, now)
    draft = structures.find_draft(school)
    assert draft is not None
    structuring.approve(hanna, draft.edition, MONDAY, now)
    structuring.begin_draft(inge, now)
    assert words.add_language(inge, "xx", "Xish", "ltr").code == "xx"
    sounds.keep(school, Recording("xx", "sad", "v" * 16, MONDAY), b"RIFF", inge.id)
    seen_by = frozenset({people["Omar"].id})
    team = teams.make_team(hanna, Plan("Team", 12, USUAL_HOURS, seen_by), now)
    line, substitution, change = fill_year(cast, hanna, people["Olga"].id)
    absence = absences.add(school, tess.id, FRIDAY, FRIDAY, tess.id)
    factors.add_authenticator(school, tess.id, "Phone", b"encrypted", 0, MONDAY)
    db.session.commit()
    assert flag == decision == tess.id == 1
    return fill_staff(cast, people["Adam"], now) | {
        "classroom": zon,
        "id": 1,
        "talk": wish.id,
        "adult": tess.id,
        "photo": "0123456789abcdef",
        "absence": absence,
        "line": line,
        "substitution": substitution,
        "change": change,
        "team": team,
        "day": last_friday.isoformat(),
        "moment": "check-in",
        "week": "2026-W48",
        "language": "xx",
        "word": "sad",
        "version": "v" * 16,
        "section": "roles",
        "number": draft.version,
        "paper": "dpia",
        "step": "school",
        "thing": "council",
        "kind": "app",
        "filename": "icons/logo.svg",
    }


def fill_year(cast: Cast, hanna: Person, olga: int) -> tuple[int, int, int]:
    """Write something in the calendar, let somebody stand in from Friday, plan to close a class."""
    day = make_day(DayOff.STUDY_DAY, FRIDAY, FRIDAY)
    line = calendars.add_days(hanna, [day], MONDAY_MORNING)[0]
    zon, maan = schools.get_classroom(cast.zon), schools.get_classroom(cast.maan)
    days = (FRIDAY, FRIDAY)
    stands_in = class_years.stand_in(hanna, zon, olga, days, MONDAY, MONDAY_MORNING)
    change = class_years.plan_closing(hanna, maan, FRIDAY, MONDAY_MORNING)
    return line, stands_in, change.id


def addresses(app: Flask) -> list[tuple[str, Rule, str]]:
    """Return every address there is, as the table names it."""
    return [
        (f"{method} {rule.rule}", rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def wrongs(filled: Filled, only: set[str] | None = None) -> list[str]:
    """Return who gets in and should not, or should and does not."""
    found = []
    for name, rule, method in addresses(filled.app):
        if only is not None and name not in only:
            continue
        for who in sorted(EVERYBODY):
            opens, may = filled.opens(rule, method, who), who in WHO_SEES_WHAT[name]
            if opens != may:
                found.append(f"{name}: {who} {'gets in' if opens else 'is kept out'}")
    return found


def test_every_address_has_its_line(filled: Filled) -> None:
    assert {name for name, _, _ in addresses(filled.app)} == WHO_SEES_WHAT.keys()


def test_everybody_sees_what_they_may_and_nothing_else(filled: Filled) -> None:
    found = wrongs(filled)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("endpoint", "slip", "name"),
    [
        ("care.flags", Who.STAFF, "GET /flags"),
        ("trends.show", Who.STAFF, "GET /classrooms/<int:classroom>/trend"),
        ("mail.show", Who.OPEN, "GET /mail"),
        ("tablet.today", Who.OPEN, "GET /tablet/today"),
    ],
)
def test_a_slip_in_the_program_s_own_table_shows(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, endpoint: str, slip: Who, name: str
) -> None:
    if slip is Who.OPEN:
        monkeypatch.setitem(filled.app.view_functions, endpoint, lambda **_: "opened")
    monkeypatch.setitem(TABLE, endpoint, slip)
    assert wrongs(filled, {name}) != []


def test_a_page_that_forgets_to_ask_who_may_see_a_flag_shows(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checkin.domain.access import Person
    from checkin.services.caring import finding

    def careless(*_: Any) -> bool:
        return True

    assert Person is access.Person
    monkeypatch.setattr(finding, "may_see_flag", careless)
    assert wrongs(filled, {"GET /flags/<int:id>"}) != []
