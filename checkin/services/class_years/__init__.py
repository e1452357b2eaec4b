"""Classes through the years: who stands in, and what closes, splits, merges or begins anew.

A change is planned for a day and happens when that day has come, before its first round. Nothing of
an open round or week moves: every class ends what it began, by its own rule.
"""

from checkin.services.class_years.checks import CannotChange, Trouble, find_plan, plans_of
from checkin.services.class_years.happening import TooLate, carry_out_due, find_undo_until, undo
from checkin.services.class_years.planning import (
    first_day_for,
    plan_closing,
    plan_merger,
    plan_split,
)
from checkin.services.class_years.refusing import note_refused
from checkin.services.class_years.standing_in import (
    CannotStandIn,
    StandInProblem,
    end_substitution,
    find_substitution,
    stand_in,
    substitutes_of,
    with_classes_of_today,
)
from checkin.services.class_years.telling import (
    Becoming,
    Coming,
    becoming_of,
    find_change,
    list_archived,
    list_coming,
    list_undoable,
    tablets_of,
)
from checkin.services.class_years.years import NextClass, Proposal, plan_year, propose_year

__all__ = [
    "Becoming",
    "CannotChange",
    "CannotStandIn",
    "Coming",
    "NextClass",
    "Proposal",
    "StandInProblem",
    "TooLate",
    "Trouble",
    "becoming_of",
    "carry_out_due",
    "end_substitution",
    "find_change",
    "find_plan",
    "find_substitution",
    "find_undo_until",
    "first_day_for",
    "list_archived",
    "list_coming",
    "list_undoable",
    "note_refused",
    "plan_closing",
    "plan_merger",
    "plan_split",
    "plan_year",
    "plans_of",
    "propose_year",
    "stand_in",
    "substitutes_of",
    "tablets_of",
    "undo",
    "with_classes_of_today",
]
