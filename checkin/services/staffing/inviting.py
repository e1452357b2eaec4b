"""Letting people in: an invitation by mail or on paper, withdrawn and made again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin.domain.access import Person, Role, may_keep_sign_in
from checkin.domain.imports import is_formula
from checkin.domain.joining import LASTS, Invitation, Purpose, Way
from checkin.domain.mails import Kind, Occasion
from checkin.services import invitation_codes as codes
from checkin.services import mailing, slowing_down
from checkin.services.signing_in import tidy_email
from checkin.services.staffing.problems import NotDone, Wrong, check_each
from checkin.storage import audit, joining, mails, schools, staff
from checkin.storage.database import db
from checkin.storage.joining import Member

KEPT = timedelta(days=30)
"""So long after its last day an invitation is still there."""
LONGEST_NAME, LONGEST_ADDRESS = 80, 200
KINDS = {Purpose.JOIN: Kind.INVITATION, Purpose.PASSWORD: Kind.PASSWORD}


@dataclass(frozen=True)
class NewMember:
    """Who is to join, as an administrator filled it in."""

    name: str
    email: str
    roles: frozenset[Role]
    classrooms: frozenset[int]


def invite(by: Person, new: NewMember, way: Way, now: datetime) -> tuple[int, str]:
    """Invite somebody; return the id and the code to print, '' where a mail goes."""
    made = prepare_invitation(by, new, way, now)
    db.session.commit()
    return made


def prepare_invitation(by: Person, new: NewMember, way: Way, now: datetime) -> tuple[int, str]:
    """Do all of `invite` but the commit, which is the caller's."""
    _check_may(by)
    joining.hold(by.school)
    check_each(
        lambda: check_name(new.name),
        lambda: _check_email(by, new.email),
        lambda: _check_roles(by.school, new.roles, new.classrooms),
        lambda: _check_way(way),
    )
    name, email = check_name(new.name), _check_email(by, new.email)
    classrooms = new.classrooms if Role.TEACHER in new.roles else frozenset()
    id = staff.add_staff(by.school, email, name, "", new.roles, classrooms)
    code = _let_choose(id, by.school, by.id, Purpose.JOIN, way, now)
    audit.add(by.school, now, by.id, "invited", f"staff {id}: {told(new.roles, classrooms)}")
    return id, code


def invite_back(
    by: Person,
    member: Member,
    roles: frozenset[Role],
    classrooms: frozenset[int],
    way: Way,
    now: datetime,
) -> str:
    """Invite somebody who left; they have left until they choose a password."""
    _check_may(by)
    _check_roles(by.school, roles, classrooms)
    _check_way(way)
    joining.set_roles(member.id, roles, classrooms if Role.TEACHER in roles else ())
    code = _let_choose(member.id, by.school, by.id, Purpose.JOIN, way, now)
    audit.add(
        by.school, now, by.id, "invited-back", f"staff {member.id}: {told(roles, classrooms)}"
    )
    db.session.commit()
    return code


def invite_again(by: Person, member: Member, way: Way, now: datetime) -> str:
    """Make an invitation anew in the place of an earlier one, which no longer holds."""
    _check_may(by)
    _check_way(way)
    code = _let_choose(member.id, by.school, by.id, Purpose.JOIN, way, now)
    audit.add(by.school, now, by.id, "invited-again", f"staff {member.id}")
    db.session.commit()
    return code


def offer_password(by: Person, member: Member, way: Way, now: datetime) -> str:
    """Let a person choose a new password; the old one holds until they did."""
    _check_may(by)
    _check_way(way)
    if not member.has_joined or member.left_at is not None:
        raise NotDone(Wrong.NOT_THERE)
    code = _let_choose(member.id, by.school, by.id, Purpose.PASSWORD, way, now)
    audit.add(by.school, now, by.id, "password-offered", f"staff {member.id}")
    db.session.commit()
    return code


def offer_from_server(person: Person, now: datetime) -> tuple[str, datetime]:
    """Let a person choose a new password, as whoever keeps the server asks.

    Return the code to print and until when it lets them in; nothing ends before it is used.
    """
    code = _let_choose(person.id, person.school, None, Purpose.PASSWORD, Way.PAPER, now)
    audit.add(person.school, now, None, "password-offered", f"staff {person.id}")
    db.session.commit()
    return code, now + LASTS


def ask_password(email: str, now: datetime) -> None:
    """Mail whoever forgot a password; whether there is such an address shows in nothing.

    Raises WaitFirst after many times, for every address alike.
    """
    email = tidy_email(email)[:LONGEST_ADDRESS]
    slowing_down.check("forgot", email, now)
    slowing_down.count("forgot", email, now)
    account = staff.find_account(email)
    person = staff.find_person(account.id) if account else None
    if person is not None and mailing.is_set_up():
        _let_choose(person.id, person.school, None, Purpose.PASSWORD, Way.MAIL, now)
        audit.add(person.school, now, person.id, "password-asked", f"staff {person.id}")
    db.session.commit()


def withdraw(by: Person, member: Member, now: datetime) -> None:
    """Take back what lets somebody in; who never joined is then not known here any more."""
    _check_may(by)
    if not joining.withdraw_of(member.id, now):
        raise NotDone(Wrong.NOT_THERE)
    if not member.has_joined and member.left_at is None:
        joining.remove_who_never_joined(member.id)
    audit.add(by.school, now, by.id, "invitation-withdrawn", f"staff {member.id}")
    db.session.commit()


def forget_invitations(now: datetime) -> int:
    """Forget old invitations, and who never came; return how many. The caller commits."""
    old = joining.list_old(now - KEPT)
    for one in old:
        joining.remove(one.id)
        member = joining.find_member(one.staff)
        never_came = member is not None and not member.has_joined and member.left_at is None
        waits = any(other.staff == one.staff for other in joining.list_waiting(one.school))
        if never_came and not waits:
            joining.remove_who_never_joined(one.staff)
    return len(old)


def check_name(name: str) -> str:
    """Return a name as it is kept; raises NotDone."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise NotDone(Wrong.NAME)
    if is_formula(tidy):
        raise NotDone(Wrong.FORMULA)
    return tidy


def told(roles: Collection[Role], classrooms: Collection[int]) -> str:
    """Return roles and classes as the audit holds them."""
    named = ", ".join(sorted(role.value for role in roles))
    return f"{named}; classes {', '.join(map(str, sorted(classrooms))) or 'none'}"


def _let_choose(
    id: int, school: int, by: int | None, purpose: Purpose, way: Way, now: datetime
) -> str:
    """Make an invitation, the only one of its person that holds; return the code to print.

    What is mailed gets its secret when the mail goes.
    """
    joining.withdraw_of(id, now)
    code = codes.make_code() if way is Way.PAPER else ""
    new = Invitation(0, school, id, purpose, way, by, now, now + LASTS)
    made = joining.add(new, codes.hash_of(code) if code else None)
    if way is Way.MAIL:
        occasion = Occasion(KINDS[purpose], id, str(made), f"invitation {made}")
        mails.add(school, occasion, now, now)
    return code


def _check_may(by: Person) -> None:
    if not may_keep_sign_in(by):
        raise PermissionError("administrators let people in and out")


def _check_email(by: Person, email: str) -> str:
    email = tidy_email(email)
    is_address = "@" in email[1:-1] and email.isprintable() and not any(map(str.isspace, email))
    if not is_address or len(email) > LONGEST_ADDRESS:
        raise NotDone(Wrong.EMAIL)
    account = staff.find_account(email)
    if account is not None:
        is_ours = account.school == by.school and account.has_left
        raise NotDone(Wrong.LEFT_BEFORE if is_ours else Wrong.TAKEN)
    return email


def _check_roles(school: int, roles: Collection[Role], classrooms: Collection[int]) -> None:
    if not roles:
        raise NotDone(Wrong.NO_ROLE)
    if not {one.id for one in schools.list_classrooms(school)}.issuperset(classrooms):
        raise NotDone(Wrong.NO_CLASS)


def _check_way(way: Way) -> None:
    if way is Way.MAIL and not mailing.is_set_up():
        raise NotDone(Wrong.NO_MAIL)
