"""Who can be asked for a talk, by which classes, and what the school then does."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from checkin.domain.access import Person
from checkin.domain.school import Classroom, School, Tablet
from checkin.domain.talk_setting import Adult, Missing, TalkSetting
from checkin.domain.words import ADULT_WORDS
from checkin.services.talking_photos import clean, version_of
from checkin.storage import audit, schools, staff, talk_settings
from checkin.storage.database import db

LONGEST_PROTOCOL = 1500
LONGEST_NAME = 24


class Wrong(StrEnum):
    """What cannot be kept."""

    NAME = "name"
    SYMBOL = "symbol"
    DEPUTY = "deputy"
    CLASSES = "classes"
    PROTOCOL = "protocol"
    NOT_READY = "not-ready"


class NotKept(Exception):
    """Something cannot be kept; `wrong` says what, `classroom` where."""

    def __init__(self, wrong: Wrong, classroom: int | None = None) -> None:
        super().__init__(wrong.value)
        self.wrong, self.classroom = wrong, classroom


@dataclass(frozen=True)
class ClassState:
    """Whether a class sees the picture, and what keeps it off."""

    classroom: Classroom
    is_chosen: bool
    is_on: bool
    missing: tuple[Missing, ...]
    adults: tuple[Adult, ...]


def setting_of(school: int) -> TalkSetting:
    """Return what a school has filled in."""
    return talk_settings.setting_of(school)


def home_of(tablet: Tablet) -> tuple[Classroom, School]:
    """Return the classroom of a tablet, with its school."""
    return schools.get_home(tablet.classroom)


def classes_of(school: int, setting: TalkSetting) -> tuple[ClassState, ...]:
    """Return every class with whether it is on, and what keeps it off."""
    return tuple(
        ClassState(
            one,
            one.id in setting.switched_on,
            setting.is_on(one.id),
            setting.missing_for(one.id),
            setting.adults_of(one.id),
        )
        for one in schools.list_classrooms(school)
    )


def people_of(school: int) -> tuple[Person, ...]:
    """Return everybody who can be named."""
    return staff.list_staff(school)


def has_adults(school: int) -> bool:
    """Tell whether a school has named anybody a pupil can ask for."""
    return bool(talk_settings.setting_of(school).adults)


def find_photo(school: int, adult: int) -> bytes | None:
    """Return the photo of an adult, or None."""
    return talk_settings.find_photo(school, adult)


def keep_setting(
    person: Person,
    protocol: str,
    pain_to: int | None,
    classrooms: Collection[int],
    now: datetime,
) -> None:
    """Keep what the school does and where it is on; raises NotKept where it is not ready."""
    setting, school = talk_settings.setting_of(person.school), person.school
    if len(protocol) > LONGEST_PROTOCOL:
        raise NotKept(Wrong.PROTOCOL)
    known = {one.id for one in schools.list_classrooms(school)}
    chosen = frozenset(classrooms) & known
    to_be = replace(setting, protocol=protocol.strip(), pain_to=pain_to, switched_on=chosen)
    for classroom in sorted(chosen - setting.switched_on):
        if to_be.missing_for(classroom):
            raise NotKept(Wrong.NOT_READY, classroom)
    pain_adult = setting.find_adult(pain_to)
    talk_settings.set_protocol(school, to_be.protocol, pain_adult.staff if pain_adult else None)
    talk_settings.switch_on(school, chosen)
    _note(person, now, "talk: what the school does")


def keep_adult(person: Person, adult: Adult, photo: bytes | None, now: datetime) -> None:
    """Name an adult, or change what is shown of them; raises NotKept and NotAPhoto.

    `photo` is a file as it was sent, None to leave the photo as it is.
    """
    _check(person.school, adult)
    drawn = clean(photo) if photo is not None else None
    talk_settings.keep_adult(person.school, adult)
    if drawn is not None:
        talk_settings.set_photo(adult.staff, drawn, version_of(drawn))
    _note(person, now, f"talk: adult {adult.staff}")


def drop_photo(person: Person, adult: int, now: datetime) -> None:
    """Show the symbol again in place of a photo."""
    if setting_of(person.school).find_adult(adult) is not None:
        talk_settings.set_photo(adult, None, "")
    _note(person, now, f"talk: adult {adult}")


def remove_adult(person: Person, adult: int, now: datetime) -> None:
    """Let pupils no longer ask for somebody; what was asked stays, and goes to the care team."""
    setting = setting_of(person.school)
    if setting.find_adult(adult) is not None:
        if setting.pain_to == adult:
            talk_settings.set_protocol(person.school, setting.protocol, None)
        talk_settings.remove_adult(adult)
    _note(person, now, f"talk: adult {adult}")


def _check(school: int, adult: Adult) -> None:
    people = {one.id for one in staff.list_staff(school)}
    if not 0 < len(adult.called) <= LONGEST_NAME or not adult.called.isprintable():
        raise NotKept(Wrong.NAME)
    if adult.symbol not in ADULT_WORDS:
        raise NotKept(Wrong.SYMBOL)
    if adult.staff not in people or adult.deputy not in people or adult.deputy == adult.staff:
        raise NotKept(Wrong.DEPUTY)
    if not adult.classrooms <= {one.id for one in schools.list_classrooms(school)}:
        raise NotKept(Wrong.CLASSES)


def _note(person: Person, now: datetime, what: str) -> None:
    audit.add(person.school, now, person.id, "set", what)
    db.session.commit()
