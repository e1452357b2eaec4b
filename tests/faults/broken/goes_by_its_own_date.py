"""The server, broken on purpose: it counts a tap for the day that it has itself, in UTC."""

from dataclasses import replace

from checkin.cli import main
from checkin.services import tapping

real = tapping.store_for


def store_for(classroom, timetable, taps, now, *more):
    own = [replace(tap, day=now.date()) for tap in taps]
    return real(classroom, timetable, own, now, *more)


tapping.store_for = store_for
main()
