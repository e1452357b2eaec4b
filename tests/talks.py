"""A school that has named adults and written down what it does, and pupils who ask."""

import secrets
from datetime import date

from checkin.domain.access import Person
from checkin.domain.school import Tablet
from checkin.domain.talk_setting import Adult
from checkin.domain.talk_wishes import Wish
from checkin.domain.talks import Kind
from checkin.services import enrolling, talking, talking_settings
from checkin.services.signing_in import list_staff
from tests.school import MONDAY, SmallSchool

PROTOCOL = "Wij kijken voor de eerste pauze en praten dezelfde dag."


def people_of(school: SmallSchool) -> dict[str, Person]:
    """Return the staff by their first name, in small letters."""
    return {person.name.lower(): person for person in list_staff(school.id)}


def name_adult(school: SmallSchool, name: str, deputy: str, photo: bytes | None = None) -> None:
    """Let pupils of the first class ask for somebody."""
    people = people_of(school)
    adult = Adult(
        people[name].id,
        name,
        f"juf {name}",
        "teacher",
        frozenset(school.classrooms[:1]),
        people[deputy].id,
    )
    talking_settings.keep_adult(people["inge"], adult, photo, school.clock.now)


def let_pupils_ask(school: SmallSchool, pain: bool = False) -> None:
    """Name Tess, for whom Omar stands in, and switch the first class on."""
    people = people_of(school)
    name_adult(school, "tess", "omar")
    talking_settings.keep_setting(
        people["inge"],
        PROTOCOL,
        people["tess"].id if pain else None,
        school.classrooms[:1],
        school.clock.now,
    )


def a_wish(
    school: SmallSchool,
    symbol: str = "fox",
    to: str = "tess",
    day: date = MONDAY,
    kind: Kind = Kind.TALK,
    key: bytes | None = None,
) -> Wish:
    """Return a wish with a fresh key."""
    return Wish(key or secrets.token_bytes(16), day, kind, people_of(school)[to].id, symbol)


def ask(school: SmallSchool, symbol: str = "fox", **more: object) -> str:
    """Let a pupil of the first class ask, and return what became of it."""
    wish = a_wish(school, symbol, **more)  # type: ignore[arg-type]
    return talking.ask(school.tablet, wish, school.clock.now)


def tablet_of_the_second_class(school: SmallSchool) -> Tablet:
    """Enrol a tablet in the other class."""
    token = enrolling.add_tablet(school.id, school.classrooms[1], school.clock.now)
    tablet = enrolling.find_tablet(token)
    assert tablet is not None
    return tablet
