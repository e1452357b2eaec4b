"""A school as its flags find it today: the structure in force, and who is there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from checkin.domain.access import Person, may_take_in_hand
from checkin.domain.deadlines import Deadlines, Turn, deadlines_of, is_overdue, turn_of
from checkin.domain.flags import Flag, Step
from checkin.domain.structure import Structure, StructureStep
from checkin.services import presence
from checkin.services.timetables import timetables_of
from checkin.storage import schools, staff, structures
from checkin.storage.structures import StructureVersion

NO_DEADLINES = Deadlines(None, None, None, None)


@dataclass(frozen=True)
class Hands:
    """With whom a flag is: who of them is there today, and of which role.

    Without a role it is in the hands of one person, or of the whole care team where the school
    has no structure; `away` names who has it in hand and is not there.
    """

    people: tuple[Person, ...] = ()
    role: str = ""
    away: str = ""


@dataclass(frozen=True)
class Standing:
    """Where an open flag stands; without a structure there is no step, and nothing runs.

    `due_on` is until when it is to be taken up, `do_by` until when the step is to be done, once
    somebody took it up.
    """

    hands: Hands
    step: StructureStep | None = None
    next_step: StructureStep | None = None
    turn: Turn | None = None
    deadlines: Deadlines = NO_DEADLINES
    due_on: date | None = None
    do_by: date | None = None
    is_overdue: bool = False

    @property
    def is_taken_up(self) -> bool:
        """Tell whether somebody took it up."""
        return self.turn is not None and self.turn.is_taken_up

    @property
    def is_with_nobody(self) -> bool:
        """Tell whether nobody who has it is there."""
        return not self.hands.people


class SchoolToday:
    """What is asked again and again while many flags are looked at; read once."""

    def __init__(self, school: int, now: datetime) -> None:
        """Look at a school at an instant."""
        self.school = schools.get_school(school)
        self.zone = ZoneInfo(self.school.zone)
        self.today = self.day_of(now)
        self._acting: dict[tuple[str, int], tuple[int, ...]] = {}

    @cached_property
    def version(self) -> StructureVersion | None:
        """Return the structure in force with its version."""
        return structures.in_force(self.school.id, self.today)

    @property
    def structure(self) -> Structure | None:
        """Return the structure in force."""
        return self.version.structure if self.version else None

    @cached_property
    def people(self) -> dict[int, Person]:
        """Return everybody who works at the school."""
        return {person.id: person for person in staff.list_staff(self.school.id)}

    @cached_property
    def absent(self) -> frozenset[int]:
        """Return who is away today."""
        return presence.absent_on(self.school.id, self.today)

    def day_of(self, at: datetime) -> date:
        """Return the school's date at an instant."""
        return at.astimezone(self.zone).date()

    def school_days_after(self, classroom: int, day: date) -> Iterator[date]:
        """Yield the school days of a class after a day."""
        found = schools.get_classroom(classroom)
        return timetables_of(self.school, [found])[classroom].school_days_after(day)

    def is_school_day(self, classroom: int) -> bool:
        """Tell whether a class has school today."""
        yesterday = self.today - timedelta(days=1)
        return next(self.school_days_after(classroom, yesterday), None) == self.today

    def step_of(self, flag: Flag) -> StructureStep | None:
        """Return the step a flag is at: where it was handed to, else where its route starts."""
        if self.structure is None:
            return None
        known = self.structure.find_step(flag.at_step) if flag.at_step else None
        return known or self.structure.step_for(flag.pattern, flag.strength)

    def step_before(self, flag: Flag) -> StructureStep | None:
        """Return the step a flag was handed on from, None where it was not handed on."""
        trail = [""]
        for event in flag.events:
            if event.step is Step.HANDED_ON:
                trail.append(event.at_step)
            elif event.step is Step.GIVEN_BACK and event.at_step:
                trail = trail[:-1] or [""]
        if self.structure is None or len(trail) == 1:
            return None
        known = self.structure.find_step(trail[-2]) if trail[-2] else None
        return known or self.structure.step_for(flag.pattern, flag.strength)

    def acting(self, role: str, classroom: int) -> tuple[int, ...]:
        """Return who acts for a role today: holders who are there, else the deputy."""
        if self.structure is None:
            return ()
        key = (role, classroom)
        if key not in self._acting:
            self._acting[key] = presence.who_acts(self.structure, role, classroom, self.today)
        return self._acting[key]

    def acts_for_role(self, person: int, flag: Flag, standing: Standing) -> bool:
        """Tell whether a flag is with a person as one who acts for a role of the whole school."""
        turn = standing.turn
        role = self.structure.find_role(turn.role) if self.structure and turn else None
        if turn is None or role is None or role.is_of_classroom:
            return False
        if person not in {one.id for one in standing.hands.people}:
            return False
        asked = turn.deputy_on and self.find_deputy(role.id) == person
        return bool(asked) or person in self.acting(role.id, flag.classroom)

    def role_above(self, standing: Standing) -> str:
        """Return the role a flag goes to when this one does not take it up, '' for none.

        A role above goes on to where its own first step escalates, never to one that had it.
        """
        structure, step, turn = self.structure, standing.step, standing.turn
        if structure is None or step is None or turn is None:
            return ""
        own = next((s for s in structure.ordered_steps if s.owner == turn.role), None)
        above = step.escalates_to if turn.role == step.owner else own.escalates_to if own else ""
        return "" if above in (turn.role, *turn.before) else above

    def find_deputy(self, role: str) -> int | None:
        """Return the deputy of a role, if there today."""
        found = self.structure.find_role(role) if self.structure else None
        deputy = found.deputy if found else None
        return deputy if deputy in self.people and deputy not in self.absent else None

    def label_of(self, role: str) -> str:
        """Return what the school calls a role."""
        found = self.structure.find_role(role) if self.structure else None
        return found.label if found else role

    def standing_of(self, flag: Flag) -> Standing:
        """Return where a flag stands today."""
        step = self.step_of(flag)
        if step is None or self.structure is None:
            return Standing(self._care_team())
        turn = turn_of(step.owner, flag.reached_on or flag.raised_on, flag.events, self.day_of)
        if self.structure.find_role(turn.role) is None:  # a newer structure does without it
            turn = replace(turn, role=step.owner)
        deadlines = deadlines_of(
            turn,
            step.school_days,
            step.remind_after,
            lambda day: self.school_days_after(flag.classroom, day),
        )
        waits = not turn.is_taken_up
        due = deadlines.due if flag.has_deadline else None
        return Standing(
            hands=self._hands_of(flag, turn),
            step=step,
            next_step=self.structure.next_step(step),
            turn=turn,
            deadlines=deadlines,
            due_on=due if waits else None,
            do_by=None if waits else due,
            is_overdue=flag.has_deadline and is_overdue(turn, deadlines, self.today),
        )

    def _hands_of(self, flag: Flag, turn: Turn) -> Hands:
        if flag.is_good_news:
            return self._care_team()
        holder = self.people.get(flag.assigned_to) if flag.assigned_to else None
        if holder is not None and may_take_in_hand(holder) and holder.id not in self.absent:
            return Hands((holder,))
        ids = set(self.acting(turn.role, flag.classroom))
        deputy = self.find_deputy(turn.role)
        if turn.deputy_on and deputy is not None:
            ids.add(deputy)
        there = tuple(person for id, person in self.people.items() if id in ids)
        return Hands(there, self.label_of(turn.role), holder.name if holder else "")

    def _care_team(self) -> Hands:
        team = (p for p in self.people.values() if p.in_care_team and p.id not in self.absent)
        return Hands(tuple(team))
