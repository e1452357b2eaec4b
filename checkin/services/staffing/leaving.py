"""Somebody goes: what they hold gets other holders and their account is shut, all of it at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from checkin.domain.access import Person, Role, may_keep_sign_in
from checkin.domain.flags import FlagState, Step, state_after
from checkin.domain.talk_setting import Adult
from checkin.services.factors import keeping
from checkin.services.staffing import structure_hands
from checkin.services.staffing.holdings import Holdings, can_take_flags, holdings_of
from checkin.services.staffing.problems import NotDone, Wrong, refuse
from checkin.services.staffing.roles import count_admins
from checkin.storage import audit, flags, joining, sessions, staff, talk_settings
from checkin.storage import holdings as storage
from checkin.storage.database import db
from checkin.storage.joining import Member

IN_HAND = ("flags", "decisions", "talks")
"""What only a teacher or the care team can take."""
ADULTS = ("adult", "pain")
"""What only somebody whom pupils can ask can take."""


@dataclass(frozen=True)
class Hands:
    """Who takes what, by its name; None is nobody yet, said out loud."""

    choices: Mapping[str, int | None] = field(default_factory=dict)

    def of(self, name: str) -> int | None:
        """Return who takes something."""
        return self.choices.get(name)


def names_of(held: Holdings) -> Iterator[str]:
    """Yield the name of everything that needs a choice."""
    counted = {"flags": held.flags, "decisions": held.decisions, "talks": held.talks}
    yield from (name for name, number in counted.items() if number)
    if held.adult is not None:
        yield "adult"
    if held.is_told_of_pain:
        yield "pain"
    yield from (f"stands-in-{one.staff}" for one in held.deputy_of)
    yield from (one.key for one in held.roles)
    yield from (one.key for one in held.classes)


def check_may_leave(by: Person, member: Member) -> None:
    """Raise NotDone when a person cannot be let go: oneself, or the last administrator."""
    if not may_keep_sign_in(by):
        raise PermissionError("administrators let people in and out")
    if not member.has_joined or member.left_at is not None:
        raise NotDone(Wrong.NOT_THERE)
    others = count_admins(staff.list_staff(member.school), member.id)
    if Role.ADMIN in member.roles and not others:
        raise NotDone(Wrong.LAST_ADMIN)
    if member.id == by.id:
        raise NotDone(Wrong.OWN_LEAVING)


def let_go(by: Person, member: Member, hands: Hands, now: datetime) -> None:
    """Hand over all that a person holds and shut their account; all of it, or NotDone."""
    joining.hold(by.school)
    member = joining.find_member(member.id) or member
    try:
        check_may_leave(by, member)
        held = holdings_of(member, now)
        refuse(_problems(member, held, hands))
    except NotDone:
        db.session.rollback()
        raise
    _hand_flags(by, member, hands, now)
    if held.decisions:
        storage.hand_decisions(member.id, hands.of("decisions"))
    if (adult := hands.of("talks")) is not None:
        storage.hand_talks(member.id, adult)
    _hand_talking(by, member, held, hands)
    structure_hands.hand_over(by, member.id, hands.choices, now)
    _hand_classes(by, held, hands)
    for name in names_of(held):
        taker = f"staff {to}" if (to := hands.of(name)) else "nobody yet"
        subject = f"{name} of staff {member.id} to {taker}"
        audit.add(by.school, now, by.id, "handed-over", subject)
    _shut(by, member, now)
    db.session.commit()


def _problems(member: Member, held: Holdings, hands: Hands) -> Iterator[NotDone]:
    """Yield everything without a choice, or with one that cannot be."""
    there = {one.id: one for one in staff.list_staff(member.school) if one.id != member.id}
    adults = {one.staff for one in talk_settings.setting_of(member.school).adults}
    deputies = {one.key: one for one in held.roles if one.is_deputy}
    for name in names_of(held):
        to = hands.of(name)
        if name not in hands.choices:
            yield NotDone(Wrong.NOT_CHOSEN, name)
        elif to is None:
            continue
        elif to not in there or not _can_take(there[to], name, adults):
            yield NotDone(Wrong.NOT_THERE, name)
        elif name == f"stands-in-{to}":
            yield NotDone(Wrong.OWN_DEPUTY, name)
        elif (one := deputies.get(name)) is not None:
            taker = hands.of(f"role-{one.role}")
            if to in {*one.others, taker} - {None, member.id}:
                yield NotDone(Wrong.OWN_DEPUTY, name)


def _can_take(person: Person, name: str, adults: set[int]) -> bool:
    if name in IN_HAND:
        return can_take_flags(person)
    if name in ADULTS:
        return person.id in adults
    return not name.startswith("class-") or Role.TEACHER in person.roles


def _hand_flags(by: Person, member: Member, hands: Hands, now: datetime) -> None:
    """Put open flags in other hands; without any they go back to the role they came from."""
    if (to := hands.of("flags")) is None:
        return
    for flag in flags.list_open(member.school):
        if flag.assigned_to == member.id:
            held = flags.hold(flag.id)
            if held.state is not FlagState.CLOSED:
                flags.assign(held.id, to)
                state = state_after(held.state, Step.ASSIGNED)
                flags.add_step(held.id, Step.ASSIGNED, state, now, by.id, to=to)


def _hand_talking(by: Person, member: Member, held: Holdings, hands: Hands) -> None:
    """Let pupils ask for somebody else, and let others stand in."""
    for one in held.deputy_of:
        storage.set_deputy(one.staff, hands.of(f"stands-in-{one.staff}"))
    if held.is_told_of_pain:
        storage.set_pain_to(member.school, hands.of("pain"))
    if held.adult is None:
        return
    setting = talk_settings.setting_of(member.school)
    if (taker := setting.find_adult(hands.of("adult"))) is not None:
        talk_settings.keep_adult(by.school, _with_classes(taker, held.adult))
    talk_settings.remove_adult(member.id)
    db.session.expire_all()


def _with_classes(taker: Adult, leaver: Adult) -> Adult:
    return replace(taker, classrooms=taker.classrooms | leaver.classrooms)


def _hand_classes(by: Person, held: Holdings, hands: Hands) -> None:
    for one in held.classes:
        if (to := hands.of(one.key)) is not None:
            taker = joining.find_member(to)
            assert taker is not None  # noqa: S101  # checked to be there
            joining.set_roles(to, taker.roles, taker.classrooms | {one.classroom.id})


def _shut(by: Person, member: Member, now: datetime) -> None:
    """Shut an account; the name stays where it was written."""
    joining.withdraw_of(member.id, now)
    joining.withdraw_made_by(member.id, now)
    storage.leave_teams(member.id)
    storage.end_codes(member.id, now)
    storage.end_standing_in(member.id, by.id, now)
    keeping.forget_of(member.id)
    joining.set_roles(member.id, (), ())
    sessions.end_all(member.id)
    staff.set_left(member.id, now)
    staff.set_password_hash(member.id, "")
    audit.add(by.school, now, by.id, "left", f"staff {member.id}")
