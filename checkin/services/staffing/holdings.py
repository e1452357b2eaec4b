"""What a person holds: all that needs another holder when they go."""

from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.access import Person, Role, may_take_in_hand
from checkin.domain.class_changes import Change
from checkin.domain.school import Classroom
from checkin.domain.structure.handing_over import HeldRole
from checkin.domain.talk_setting import Adult
from checkin.services.caring import finding
from checkin.services.class_years.beginning import follows_teachers
from checkin.services.class_years.checks import waiting_at
from checkin.services.presence import today_of
from checkin.services.staffing import structure_hands
from checkin.services.staffing.browsers import list_browsers
from checkin.storage import holdings as storage
from checkin.storage import joining, schools, staff, talk_settings, teams
from checkin.storage.joining import Member


@dataclass(frozen=True)
class HeldClass:
    """A class somebody teaches, and who else does.

    `begins_on` is the day of one that is planned with its own teachers; `then` the day of a plan by
    which another class gets the teachers of this one.
    """

    classroom: Classroom
    others: tuple[str, ...]
    begins_on: date | None = None
    then: date | None = None

    @property
    def key(self) -> str:
        """Return what names it in a form."""
        return f"class-{self.classroom.id}"


@dataclass(frozen=True)
class Holdings:
    """All that one person holds; of flags, decisions and wishes to talk only how many."""

    flags: int
    decisions: int
    talks: int
    adult: Adult | None
    deputy_of: tuple[Adult, ...]
    is_told_of_pain: bool
    roles: tuple[HeldRole, ...]
    classes: tuple[HeldClass, ...]
    stands_in: tuple[str, ...]
    teams: tuple[str, ...]
    codes: int
    invitations: tuple[str, ...]
    sessions: int

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to hand over."""
        counted = self.flags or self.decisions or self.talks or self.is_told_of_pain
        return not (counted or self.adult or self.deputy_of or self.roles or self.classes)


def holdings_of(member: Member, now: datetime) -> Holdings:
    """Return what a person holds now."""
    setting = talk_settings.setting_of(member.school)
    deputy_of = storage.stands_in_for(member.id)
    person = staff.find_person(member.id)
    return Holdings(
        flags=sum(f.assigned_to == member.id for f in finding.list_open(member.school)),
        decisions=storage.count_decisions(member.id),
        talks=storage.count_talks(member.id),
        adult=setting.find_adult(member.id),
        deputy_of=tuple(one for one in setting.adults if one.staff in deputy_of),
        is_told_of_pain=setting.pain_to == member.id,
        roles=structure_hands.held_roles(member.school, member.id, now),
        classes=_classes(member),
        stands_in=tuple(storage.stands_in_at(member.id, today_of(member.school, now))),
        teams=_teams(member),
        codes=storage.count_codes(member.id, now),
        invitations=_invitations(member),
        sessions=len(list_browsers(person, now)) if person else 0,
    )


def who_can_take_over(member: Member) -> tuple[Person, ...]:
    """Return who else works at the school."""
    return tuple(one for one in staff.list_staff(member.school) if one.id != member.id)


def can_take_flags(person: Person) -> bool:
    """Tell whether somebody can have flags, decisions and wishes to talk in hand."""
    return may_take_in_hand(person)


def _classes(member: Member) -> tuple[HeldClass, ...]:
    if Role.TEACHER not in member.roles:
        return ()
    people = who_can_take_over(member)
    begins = planned_classes(member.school)
    then = {old: plan.day for plan in waiting_at(member.school) for old in _lenders(plan)}
    return tuple(
        HeldClass(
            room,
            tuple(one.name for one in people if one.teaches(room.id)),
            begins.get(room),
            then.get(room.id),
        )
        for room in (*schools.list_classrooms(member.school), *begins)
        if room.id in member.classrooms
    )


def planned_classes(school: int) -> dict[Classroom, date]:
    """Return the classes that are planned, with the day on which each begins."""
    plans = waiting_at(school)
    return {schools.get_classroom(id): plan.day for plan in plans for id in plan.begins}


def _lenders(plan: Change) -> set[int]:
    """Return the classes whose teachers a planned one gets."""
    follow = (id for id in plan.begins if follows_teachers(plan, id))
    return {old for id in follow for old in plan.comes_from(id)}


def _teams(member: Member) -> tuple[str, ...]:
    own = teams.teams_of(member.id)
    return tuple(one.name for one in schools.list_teams(member.school) if one.id in own)


def _invitations(member: Member) -> tuple[str, ...]:
    names = staff.names_of(member.school)
    waiting = joining.list_waiting(member.school)
    return tuple(names[one.staff] for one in waiting if one.made_by == member.id)
