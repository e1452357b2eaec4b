"""Why a file cannot be read."""

from enum import StrEnum


class Why(StrEnum):
    """What is the matter with a file as a whole."""

    EMPTY = "empty"
    LARGE = "large"
    UNPACKED = "unpacked"
    MANY_FILES = "many-files"
    OTHER_FILES = "other-files"
    WORKBOOK = "workbook"
    UNKNOWN = "unknown"
    NO_HEADINGS = "no-headings"
    NO_CLASSES = "no-classes"
    BROKEN = "broken"
    LOCKED = "locked"
    UNSAFE = "unsafe"
    MANY_LINES = "many-lines"
    MANY_CLASSES = "many-classes"
    MANY_PEOPLE = "many-people"
    SEVERAL_SCHOOLS = "several-schools"
    PUPILS_AS_CLASSES = "pupils-as-classes"


class Unreadable(ValueError):
    """A file that is not read; it holds no word of the file."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
