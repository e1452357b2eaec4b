"""Talk requests of the demo school: on in two classes, with three wishes to look at."""

from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.calendar import TabletSeen
from checkin.domain.school import Tablet
from checkin.domain.talk_setting import Adult
from checkin.domain.talk_wishes import Wish
from checkin.domain.talks import Kind, Step
from checkin.services import talking, talking_settings
from checkin.services.signing_in import list_staff
from checkin.services.timetables import calendar_of
from checkin.storage import schools

CLASSES = ("Zonnebloem", "ISK 1b")
PROTOCOL = (
    "We kijken vóór de eerste pauze en na de lunch.\n"
    "Wie gevraagd is, zoekt dezelfde dag een rustig moment met de leerling.\n"
    "Bij zorgen over veiligheid: de acute kaart in de zorgstructuur."
)
ADULTS = (
    ("tess", "juf Tess", "teacher", "inge"),
    ("omar", "meester Omar", "teacher", "ibrahim"),
    ("inge", "juf Inge", "care-coordinator", "ibrahim"),
    ("ibrahim", "meester Ibrahim", "confidant", "inge"),
)
"""Who, what pupils say, with which picture, and who stands in."""
PAIN_TO = "inge"
LATELY = 5
"""A wish from before a holiday would have gone to a deputy, or be forgotten."""
WISHES = (("Zonnebloem", "tess", "fox"), ("Zonnebloem", "inge", "kite"), ("ISK 1b", "omar", ""))


def let_pupils_ask(school: int, now: datetime) -> None:
    """Name adults, write down what the school does, switch two classes on and ask three times."""
    people = {person.email.partition("@")[0]: person for person in list_staff(school)}
    rooms = {one.name: one.id for one in schools.list_classrooms(school) if one.name in CLASSES}
    ib = people[PAIN_TO]
    for name, called, symbol, deputy in ADULTS:
        adult = Adult(
            staff=people[name].id,
            name=people[name].name,
            called=called,
            symbol=symbol,
            classrooms=_classes_of(people[name], frozenset(rooms.values())),
            deputy=people[deputy].id,
        )
        talking_settings.keep_adult(ib, adult, None, now)
    talking_settings.keep_setting(ib, PROTOCOL, ib.id, rooms.values(), now)
    day = _last_school_day(school, now)
    for n, (room, name, symbol) in enumerate(WISHES):
        wish = Wish(f"demo {n}".encode(), day, Kind.TALK, people[name].id, symbol)
        talking.ask(_a_tablet(school, rooms[room]), wish, now)
    for waiting in talking.talks_for(ib, now):
        talking.take(waiting.request, Step.SEEN, ib, now)


def _last_school_day(school: int, now: datetime) -> date:
    """Return today or the last school day before it; today where that is long ago."""
    calendar = calendar_of(school)
    today = calendar.today(now)
    days = (today - timedelta(days=n) for n in range(LATELY))
    return next(filter(calendar.is_school_day, days), today)


def _classes_of(person: Person, rooms: frozenset[int]) -> frozenset[int]:
    return rooms if person.in_care_team else rooms & person.classrooms


def _a_tablet(school: int, classroom: int) -> Tablet:
    """Return a tablet of a class that is enrolled nowhere, and so never missed."""
    return Tablet(0, school, classroom, "", False, TabletSeen("", None, None, None))
