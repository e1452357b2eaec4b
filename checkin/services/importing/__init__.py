"""Classes and staff out of another program's file: counted, shown, chosen from, and done at once.

Names of pupils are counted and never kept: they are in memory while a file is read, and nowhere
else. Between showing and doing, only what `Found` holds goes through the browser, signed.
"""

from checkin.services.importing.applying import Choice, Done, Invited, carry_out
from checkin.services.importing.class_list import TEMPLATE
from checkin.services.importing.comparing import (
    ClassLine,
    Doing,
    Hindrance,
    PersonLine,
    Plan,
    compare,
)
from checkin.services.importing.packed import LARGEST_UNPACKED, MOST_MEMBERS
from checkin.services.importing.reading import LARGEST_FILE, read_file
from checkin.services.importing.tables import MOST_LINES
from checkin.services.importing.unreadable import Unreadable, Why

__all__ = [
    "LARGEST_FILE",
    "LARGEST_UNPACKED",
    "MOST_LINES",
    "MOST_MEMBERS",
    "TEMPLATE",
    "Choice",
    "ClassLine",
    "Doing",
    "Done",
    "Hindrance",
    "Invited",
    "PersonLine",
    "Plan",
    "Unreadable",
    "Why",
    "carry_out",
    "compare",
    "read_file",
]
