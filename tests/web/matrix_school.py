"""A school in which every address of the matrix has something to show, and who comes to look."""

from datetime import date, timedelta

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
from tests.web.conftest import (
    MONDAY_MORNING,
    PASSWORD,
    Cast,
    HeldClock,
)
from tests.web.matrix_staff import fill_staff

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


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
        "guide": "teacher",
        "picture": "nl/class.png",
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
