"""Reading a file, whichever of the three kinds it is; nothing is kept by reading."""

from checkin.domain.imports import Found
from checkin.services.importing.class_list import read_class_list
from checkin.services.importing.edexml import read_edexml
from checkin.services.importing.oneroster import NEEDED, read_oneroster
from checkin.services.importing.packed import TABLES, unpack
from checkin.services.importing.tables import text_of
from checkin.services.importing.unreadable import Unreadable, Why

LARGEST_FILE = 480 * 1000
"""What is larger, a web server lays on its disk while it comes in: names of pupils with it."""
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How an .xls file begins."""


def read_file(data: bytes) -> Found:
    """Return what a file holds: CSV, EDEXML or OneRoster, packed or not; raises Unreadable."""
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if len(data) > LARGEST_FILE:
        raise Unreadable(Why.LARGE)
    found = _read_packed(data) if data.startswith(b"PK") else _read_plain(data)
    if not found.classes and not found.people and not found.wrong:
        raise Unreadable(Why.NO_CLASSES)
    return found


def _read_packed(data: bytes) -> Found:
    files = unpack(data)
    documents = [content for name, content in files.items() if name.endswith(".xml")]
    if len(documents) == 1:
        return read_edexml(documents[0])
    if any(name in files for name in NEEDED):
        return read_oneroster(files)
    if len(files) == 1 and next(iter(files)).endswith(TABLES):
        return _read_plain(next(iter(files.values())))
    raise Unreadable(Why.OTHER_FILES)


def _read_plain(data: bytes) -> Found:
    if data.startswith(OLD_WORKBOOK):
        raise Unreadable(Why.WORKBOOK)
    begins = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if begins.startswith(b"<"):
        return read_edexml(data)
    return read_class_list(text_of(data))
