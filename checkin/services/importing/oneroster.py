"""OneRoster 1.2 as CSV files: classes, and of the users who teaches; pupils are counted.

Of 'users.csv' nothing is read but the lines of those whom 'enrollments.csv' calls a teacher.
"""

from collections.abc import Iterator, Mapping

from checkin.domain.imports import Fault, Found
from checkin.services.importing.gathering import Gathered
from checkin.services.importing.tables import records_of, text_of
from checkin.services.importing.unreadable import Unreadable, Why

NEEDED = ("classes.csv", "enrollments.csv")
FILES = ("orgs.csv", *NEEDED, "users.csv")
GONE = {"tobedeleted", "inactive"}


def read_oneroster(files: Mapping[str, bytes]) -> Found:
    """Return the classes and teachers of the files by their names; raises Unreadable."""
    if any(name not in files for name in NEEDED):
        raise Unreadable(Why.UNKNOWN)
    _check_one_school(files)
    gathered = Gathered()
    keys = _classes(files, gathered)
    teaches = _enrolled(files, gathered, keys)
    for line, user in _lines(files, "users.csv"):
        if (ids := teaches.pop(user.get("sourcedid", ""), None)) is None:
            continue
        parts = (user.get(part, "") for part in ("givenname", "middlename", "familyname"))
        name = " ".join(part for part in parts if part)
        for key in ids:
            gathered.add_person(line, name, user.get("email", ""), key, "users.csv")
            if not user.get("email"):
                break
    for _unknown in teaches:
        gathered.remark(0, Fault.NO_NAME, "users.csv")
    return gathered.found(is_counted=True)


def _check_one_school(files: Mapping[str, bytes]) -> None:
    schools = [org for _line, org in _lines(files, "orgs.csv") if org.get("type") == "school"]
    if len(schools) > 1:
        raise Unreadable(Why.SEVERAL_SCHOOLS)


def _classes(files: Mapping[str, bytes], gathered: Gathered) -> dict[str, str]:
    """Return the key of each class by its id; home rooms alone, where there are any."""
    lines = list(_lines(files, "classes.csv"))
    if not lines:
        raise Unreadable(Why.NO_CLASSES)
    homes = [one for one in lines if one[1].get("classtype", "").lower() == "homeroom"]
    keys = {}
    for line, one in homes or lines:
        if (key := gathered.add_class(line, one.get("title", ""), "classes.csv")) is not None:
            keys[one.get("sourcedid", "")] = key
    return keys


def _enrolled(
    files: Mapping[str, bytes], gathered: Gathered, keys: Mapping[str, str]
) -> dict[str, list[str]]:
    """Count the pupils, each once in a class, and return what each teacher teaches."""
    teaches: dict[str, list[str]] = {}
    counted: set[tuple[str, str]] = set()
    for line, one in _lines(files, "enrollments.csv"):
        key, who = keys.get(one.get("classsourcedid", "")), one.get("usersourcedid", "")
        role = one.get("role", "").lower()
        if key is None:
            continue  # of a lesson group, or a class that was told as wrong
        if role == "student" and (key, who) not in counted:
            counted.add((key, who))
            gathered.count(key)
        elif role == "teacher":
            teaches.setdefault(who, []).append(key)
        elif not role:
            gathered.remark(line, Fault.UNKNOWN_CLASS, "enrollments.csv")
    return teaches


def _lines(files: Mapping[str, bytes], name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the lines of a file that are in force."""
    for line, one in records_of(text_of(files.get(name, b""))):
        if one.get("status", "").lower() not in GONE:
            yield line, one
