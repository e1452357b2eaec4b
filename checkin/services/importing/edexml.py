"""EDEXML 2: what Dutch school administrations hand to the programs a school works with.

`groepen` are the classes, `leerkrachten` who teaches, `leerlingen` are counted by their `groep`.
"""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from checkin.domain.imports import Fault, Found
from checkin.services.importing.gathering import Gathered
from checkin.services.importing.unreadable import Unreadable, Why

MOST_TAGS = 800_000
"""Some five thousand pupils with all that can be said of them."""


def read_edexml(data: bytes) -> Found:
    """Return the classes and teachers of a file; raises Unreadable."""
    root = _root_of(data)
    gathered, keys = Gathered(), {}
    for number, one in enumerate(_all(root, "groepen", "groep"), start=1):
        if (key := gathered.add_class(number, _text(one, "naam"), "groepen")) is not None:
            keys[one.get("key", "")] = key
    for number, pupil in enumerate(_all(root, "leerlingen", "leerling"), start=1):
        group = _child(pupil, "groep")
        known = keys.get(group.get("key", "")) if group is not None else None
        if known is None:
            gathered.remark(number, Fault.UNKNOWN_CLASS, "leerlingen")
        else:
            gathered.count(known)
    for number, one in enumerate(_all(root, "leerkrachten", "leerkracht"), start=1):
        _add_teacher(gathered, keys, number, one)
    return gathered.found(is_counted=True)


def _add_teacher(gathered: Gathered, keys: dict[str, str], number: int, one: Element) -> None:
    parts = (_text(one, "roepnaam"), _text(one, "voorvoegsel"), _text(one, "achternaam"))
    name = " ".join(part for part in parts if part)
    email = _text(one, "emailadres")
    groups = [keys.get(group.get("key", "")) for group in _all(one, "groepen", "groep")]
    for key in groups or [None]:
        gathered.add_person(number, name, email, key, "leerkrachten")
        if not email:
            return


def _root_of(data: bytes) -> Element:
    if data.count(b"<") > MOST_TAGS:
        raise Unreadable(Why.MANY_LINES)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(Why.UNSAFE) from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable(Why.BROKEN) from None  # what it says would quote the file
    if _name(root) != "edex":
        raise Unreadable(Why.UNKNOWN)
    return root


def _all(parent: Element, holder: str, name: str) -> list[Element]:
    found = _child(parent, holder)
    return [one for one in found if _name(one) == name] if found is not None else []


def _child(parent: Element, name: str) -> Element | None:
    return next((one for one in parent if _name(one) == name), None)


def _text(parent: Element, name: str) -> str:
    found = _child(parent, name)
    return (found.text or "").strip() if found is not None else ""


def _name(one: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(one.tag).rpartition("}")[2].lower()
