"""What a mail says when it goes: made of how things stand then, so that none comes too late."""

from collections.abc import Collection
from datetime import datetime

from checkin.domain.access import Person
from checkin.domain.mails import Kind, Letter, Link
from checkin.domain.talks import State
from checkin.services import caring, presence, talking
from checkin.services.mailing_invitations import invitation_letter
from checkin.services.mailing_occasions import counts_of
from checkin.storage import decisions, mail_settings


def letter_for(
    person: Person, kind: Kind, subjects: Collection[str], now: datetime
) -> Letter | None:
    """Return what to say to a person, or None when nothing waits for them any more.

    Whoever is away today is not told what others stand in for.
    """
    is_away = presence.is_absent(person.id, presence.today_of(person.school, now))
    if is_away and kind in (Kind.DIGEST, Kind.FLAG, Kind.TALK):
        return None
    match kind:
        case Kind.DIGEST:
            return _digest(person, now)
        case Kind.FLAG:
            return _of_flags(person, subjects, now)
        case Kind.TALK:
            return _of_talks(person, subjects, now)
        case Kind.DECISIONS:
            return _of_decisions(person, max(subjects), now)
        case Kind.INVITATION | Kind.PASSWORD:
            return invitation_letter(kind, max(map(int, subjects)), now)


def _digest(person: Person, now: datetime) -> Letter | None:
    if not person.in_care_team or not mail_settings.wants_digest(person.id):
        return None
    counts = counts_of(person.school, now)
    return None if counts.is_nothing else Letter(Kind.DIGEST, (Link("review"),), counts)


def _of_flags(person: Person, subjects: Collection[str], now: datetime) -> Letter | None:
    links = tuple(
        Link("flag", id)
        for id in sorted(set(subjects), key=int)
        if _waits_for(person, int(id), now)
    )
    return Letter(Kind.FLAG, links) if links else None


def _waits_for(person: Person, id: int, now: datetime) -> bool:
    flag = caring.find_flag_of(person.school, id)
    return flag is not None and not flag.is_closed and caring.may_open(person, flag, now)


def _of_talks(person: Person, subjects: Collection[str], now: datetime) -> Letter | None:
    waits = {
        one.request.id for one in talking.talks_for(person, now) if one.request.state is State.ASKED
    }
    return Letter(Kind.TALK, (Link("talks"),)) if waits & set(subjects) else None


def _of_decisions(person: Person, week: str, now: datetime) -> Letter | None:
    made = [one for one in decisions.of_week(person.school, week) if one.who == person.id]
    ids = sorted({str(one.flag) for one in made if one.flag is not None}, key=int)
    flags = tuple(Link("flag", id) for id in ids if _waits_for(person, int(id), now))
    the_list = (Link("decisions", week),) if person.in_care_team else ()
    links = the_list + flags or ((Link("home"),) if made else ())
    return Letter(Kind.DECISIONS, links, of_week=week) if links else None
