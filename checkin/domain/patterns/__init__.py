"""Patterns: what rules notice in a classroom's released rounds, and why.

Observation  one released round, its heavy count None where withheld
SchoolDay    the rounds of one day; only a day with rounds is a school day
Stretch      school days summed up; Usual is what a stretch says of a classroom
Excursion    a run of days above the usual, kept apart from it, and the evidence for it
Pattern      what a rule noticed, with its reason in numbers; open until ten days without crossing
Engine       all rules for one classroom, a day at a time; its state can be put away as JSON
Budget       false flags per classroom and half school year that the bars are set for
Acceptance   somebody took a pattern for the new usual
"""

from checkin.domain.patterns.engine import (
    ACCEPTABLE,
    BUDGET,
    LONG_BREAK,
    VERSION,
    Engine,
    find_patterns,
)
from checkin.domain.patterns.following import Acceptance, NoticedDay, follow, this_year
from checkin.domain.patterns.heavy_start import ATTENTION
from checkin.domain.patterns.observations import Observation
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.words import sentence

__all__ = [
    "ACCEPTABLE",
    "ATTENTION",
    "BUDGET",
    "LONG_BREAK",
    "VERSION",
    "Acceptance",
    "Engine",
    "NoticedDay",
    "Observation",
    "Pattern",
    "find_patterns",
    "follow",
    "sentence",
    "this_year",
]
