"""Patterns: what rules notice in a classroom's released rounds, and why.

Observation  one released round, its heavy count None where withheld
SchoolDay    the rounds of one day; only a day with rounds is a school day
Stretch      school days summed up; Usual is what a stretch says of a classroom
Excursion    a run of days above the usual, kept apart from it, and the evidence for it
Pattern      what a rule noticed, with its reason in numbers; open until ten days without crossing
Engine       all rules for one classroom, a day at a time; its state can be put away as JSON
"""

from checkin.domain.patterns.engine import Engine, find_patterns
from checkin.domain.patterns.observations import Observation
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.words import sentence

__all__ = [
    "Engine",
    "Observation",
    "Pattern",
    "find_patterns",
    "sentence",
]
