"""The school's calendar: what is in it, a year at a glance, and calendars of other programs."""

from checkin.services.calendars.changing import (
    add_days,
    add_shipped,
    find_day,
    note_checked,
    put_back,
    remove_days,
)
from checkin.services.calendars.events import LARGEST_FILE, MOST_EVENTS, NotACalendar
from checkin.services.calendars.exporting import write_ics
from checkin.services.calendars.importing import (
    MOST_FOUND,
    Candidate,
    Found,
    find_in_file,
    read_calendar,
)
from checkin.services.calendars.reading import (
    REMOVED_KEPT,
    Glance,
    GlanceDay,
    GlanceMonth,
    Missing,
    Usual,
    coming_days,
    early_times,
    find_missing,
    glance_of,
    removed_lately,
    year_now,
)
from checkin.services.calendars.regions import Move, move_to, moves_of

__all__ = [
    "LARGEST_FILE",
    "MOST_EVENTS",
    "MOST_FOUND",
    "REMOVED_KEPT",
    "Candidate",
    "Found",
    "Glance",
    "GlanceDay",
    "GlanceMonth",
    "Missing",
    "Move",
    "NotACalendar",
    "Usual",
    "add_days",
    "add_shipped",
    "coming_days",
    "early_times",
    "find_day",
    "find_in_file",
    "find_missing",
    "glance_of",
    "move_to",
    "moves_of",
    "note_checked",
    "put_back",
    "read_calendar",
    "remove_days",
    "removed_lately",
    "write_ics",
    "year_now",
]
