"""What a school's own papers are filled in with: its facts, and the program's own numbers."""

from dataclasses import dataclass
from datetime import timedelta

from checkin.domain.access import Person, Role
from checkin.domain.release import FLOOR, WEEK_PUPILS, WEEK_ROUNDS, WEEK_TAPS
from checkin.domain.school_weeks import FEWEST_CLASSROOMS
from checkin.domain.words import LANGUAGES
from checkin.services import (
    auditing,
    forgetting,
    forgetting_care,
    mailing,
    presence,
    signing_in,
    talking_forgetting,
    talking_settings,
)
from checkin.storage import schools

BLANK = "…………"
"""What somebody fills in with a pen."""
A_YEAR = timedelta(days=365)

Numbers = dict[str, int]


@dataclass(frozen=True)
class Facts:
    """What a school is called, who answers questions, and whether pupils can ask for a talk."""

    school: str
    heads: tuple[str, ...]
    care: tuple[str, ...]
    talks: bool = True


NOBODYS = Facts("", (), ())
"""A paper as it is shipped: the school fills it in."""


def facts_of(person: Person) -> Facts:
    """Return the facts of a person's school."""
    staff = signing_in.list_staff(person.school)
    setting = talking_settings.setting_of(person.school)
    return Facts(
        schools.get_school(person.school).name,
        tuple(one.name for one in staff if Role.HEAD in one.roles),
        tuple(one.name for one in staff if one.in_care_team),
        any(one.is_on for one in talking_settings.classes_of(person.school, setting)),
    )


def numbers() -> Numbers:
    """Return the numbers of the papers, each from where the program keeps to it."""
    return {
        "least_floor": FLOOR,
        "week_pupils": WEEK_PUPILS,
        "week_rounds": WEEK_ROUNDS,
        "week_taps": WEEK_TAPS,
        "fewest_classrooms": FEWEST_CLASSROOMS,
        "languages_shipped": len(LANGUAGES),
        "marks_days": forgetting.MARKS_KEPT.days,
        "guesses_days": forgetting.GUESSES_KEPT.days,
        "codes_days": forgetting.CODES_KEPT.days,
        "session_hours": signing_in.ABSOLUTE_LIMIT // timedelta(hours=1),
        "idle_minutes": signing_in.IDLE_LIMIT // timedelta(minutes=1),
        "talks_weeks": talking_forgetting.WEEKS_KEPT,
        "audit_years": auditing.KEPT // A_YEAR,
        "flags_years": forgetting_care.KEPT // A_YEAR,
        "absences_days": presence.KEPT.days,
        "mails_days": mailing.KEPT.days,
    }
