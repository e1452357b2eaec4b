"""Opening a packed file: the members that are known, in memory, and no more of them than fits."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from checkin.services.importing.oneroster import FILES
from checkin.services.importing.unreadable import Unreadable, Why

LARGEST_UNPACKED = 16 * 1024 * 1024
MOST_MEMBERS = 200
WORKBOOKS = frozenset(
    {"xl/workbook.xml", "xl/workbook.bin", "META-INF/manifest.xml", "Index/Document.iwa"}
)
"""What a workbook of Excel, LibreOffice or Numbers holds: each of them is an archive."""
TABLES = (".csv", ".txt")
BESIDE = ("__macosx/", "._", ".ds_store")
"""What a Mac packs along with every file."""


def unpack(data: bytes) -> Mapping[str, bytes]:
    """Return the known files of an archive by their names, or its one table; raises Unreadable.

    What an archive says of its sizes may be a lie: reading stops where it is too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, KeyError) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(Why.BROKEN) from None
    except (NotImplementedError, RuntimeError):  # another way of packing, or a password
        raise Unreadable(Why.LOCKED) from None


def _read(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    members = archive.infolist()
    if WORKBOOKS & {member.filename for member in members}:
        raise Unreadable(Why.WORKBOOK)
    if len(members) > MOST_MEMBERS:
        raise Unreadable(Why.MANY_FILES)
    only = _find_only(members)
    files: dict[str, bytes] = {}
    room = LARGEST_UNPACKED
    for member in members:
        name = _name_of(member)
        if name in files or not (name in FILES or name.endswith(".xml") or member is only):
            continue
        with archive.open(member) as opened:
            files[name] = opened.read(room + 1)
        room -= len(files[name])
        if room < 0:
            raise Unreadable(Why.UNPACKED)
    return files


def _find_only(members: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """Return the one file there is when it is a table: a list of classes or pupils, packed."""
    held = [one for one in members if not one.is_dir() and not _is_beside(one)]
    is_table = len(held) == 1 and _name_of(held[0]).endswith(TABLES)
    return held[0] if is_table else None


def _is_beside(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().startswith(BESIDE) or _name_of(member).startswith(BESIDE)


def _name_of(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").rpartition("/")[2].lower()
