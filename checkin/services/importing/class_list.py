"""A list of classes or of pupils as CSV: by its headings.

A list that has a heading for a pupil's name is counted, and nothing but the class is taken of it:
the addresses in such a list are those of parents.
"""

from collections.abc import Iterator, Sequence

from checkin.domain.imports import Fault, Found
from checkin.services.importing.gathering import Gathered
from checkin.services.importing.tables import cell, heading_of, rows_of
from checkin.services.importing.unreadable import Unreadable, Why

CLASS = (
    {"groep", "klas", "groepsnaam", "klasnaam", "naamgroep", "stamgroep", "lesgroep"}
    | {"class", "classroom", "group", "classname", "homeroom", "groepklas"}
)  # fmt: skip
SIZE = (
    {"leerlingen", "aantalleerlingen", "aantal", "groepsgrootte", "aantalkinderen"}
    | {"pupils", "numberofpupils", "students", "numberofstudents", "size", "classsize"}
)  # fmt: skip
TEACHER = (
    {"leerkracht", "leraar", "lerares", "naamleerkracht", "groepsleerkracht", "medewerker"}
    | {"teacher", "teachername", "staff", "juf", "meester", "jufmeester"}
)  # fmt: skip
ADDRESS = (
    {"email", "emailadres", "mail", "mailadres", "emailleerkracht", "emailadresleerkracht"}
    | {"emailaddress", "teacheremail"}
)  # fmt: skip
OF_PUPILS = (
    {"leerling", "leerlingnaam", "naamleerling", "leerlingnummer", "roepnaam", "voornaam"}
    | {"voornamen", "voorletters", "tussenvoegsel", "achternaam", "geboortedatum", "bsn"}
    | {"geslacht", "volledigenaam", "pupil", "pupilname", "student", "studentname"}
    | {"firstname", "lastname", "surname", "givenname", "familyname", "dateofbirth", "birthdate"}
    | {"naam", "name", "nationaliteit", "postcode", "adres", "ouder", "ouders", "ouder1"}
    | {"verzorger", "verzorger1", "parent", "studentid", "gender", "pgn"}
)  # fmt: skip

TEMPLATE = (
    ("groep", "leerlingen", "leerkracht", "e-mail"),
    ("Zon", "12", "Juf Tess", "tess@school.example"),
    ("Zon", "", "Meester Omar", "omar@school.example"),
    ("Maan", "9", "Juf Inge", "inge@school.example"),
)


def read_class_list(text: str) -> Found:
    """Return the classes and teachers of a list; raises Unreadable."""
    rows = rows_of(text)
    headings = [heading_of(one) for one in next(rows, (0, []))[1]]
    place = _place(headings, CLASS)
    if place is None:
        raise Unreadable(Why.NO_HEADINGS)
    is_of_pupils = not OF_PUPILS.isdisjoint(headings)
    size, teacher = _place(headings, SIZE), _place(headings, TEACHER)
    if is_of_pupils or (size is None and teacher is None):
        return _count(rows, place)
    gathered, address = Gathered(), _place(headings, ADDRESS)
    for line, row in rows:
        key = gathered.add_class(line, cell(row, place))
        if key is not None and (pupils := cell(row, size)):
            _note_size(gathered, line, key, pupils)
        name, email = cell(row, teacher), cell(row, address)
        if name or email:
            gathered.add_person(line, name, email, key)
    return gathered.found(is_counted=False)


def _count(rows: Iterator[tuple[int, list[str]]], place: int) -> Found:
    gathered = Gathered()
    for line, row in rows:
        if key := gathered.add_class(line, cell(row, place)):
            gathered.count(key)
    if gathered.has_lonely_classes():
        raise Unreadable(Why.PUPILS_AS_CLASSES)
    return gathered.found(is_counted=True)


def _note_size(gathered: Gathered, line: int, key: str, pupils: str) -> None:
    if pupils.isascii() and pupils.isdecimal() and len(pupils) <= 3:
        gathered.note_size(line, key, int(pupils))
    else:
        gathered.remark(line, Fault.PUPILS)


def _place(headings: Sequence[str], names: set[str]) -> int | None:
    return next((n for n, heading in enumerate(headings) if heading in names), None)
