"""The outbox of a school: filled with reasons to mail, emptied through its mail server.

At most once: what a dying process may have handed over is never sent again. A mail only says that
something waits, and everything waits in the app as well; what was not taken up comes again as the
next reminder.
"""

import secrets
from datetime import datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.mails import Quiet, Trouble, goes_at
from checkin.services.mailing_occasions import occasions
from checkin.services.mailing_post import Envelope, NotSent, PerhapsSent
from checkin.services.mailing_sending import find_words, is_set_up, open_post, send_due
from checkin.services.timetables import calendar_of
from checkin.storage import audit, mail_settings, mails, schools
from checkin.storage.database import db
from checkin.storage.mail_settings import Going

__all__ = [
    "choose_digest",
    "choose_quiet",
    "forget_mails",
    "going_of",
    "is_set_up",
    "look",
    "quiet_of",
    "send_due",
    "send_test",
    "wants_digest",
]

LONGEST_LOOK = timedelta(days=3)
"""How far to look back after a standstill; older news is no news."""
KEPT = timedelta(days=30)


def look(now: datetime) -> int:
    """Look in every school for reasons to mail since the last look; return how many are new."""
    return sum(_look(school.id, now) for school in schools.list_schools()) if is_set_up() else 0


def _look(school: int, now: datetime) -> int:
    looked_at = mail_settings.looked_at(school)
    new = 0
    if looked_at is not None:
        since = max(min(looked_at, now), now - LONGEST_LOOK)
        at = goes_at(mail_settings.quiet_of(school), calendar_of(school), now)
        found = occasions(school, since, now)
        new = sum(mails.add(school, one, now, at) for one in found)
    mail_settings.keep_looked_at(school, now)
    db.session.commit()
    return new


def send_test(person: Person, now: datetime) -> Trouble | None:
    """Send a mail to the person who asks, at once; returns what went wrong, None when it went."""
    subject, text = find_words()(None, person)
    envelope = Envelope(person.email, subject, text, secrets.token_hex(16))
    try:
        with open_post() as post:
            post.send(envelope, now, lambda: True)
    except NotSent as error:
        return error.trouble
    except PerhapsSent:
        return Trouble.SILENT
    return None


def going_of(school: int, now: datetime) -> Going:
    """Return how the mail of a school goes."""
    return mail_settings.going_of(school, now - KEPT)


def quiet_of(school: int) -> Quiet:
    """Return when a school gets no mail."""
    return mail_settings.quiet_of(school)


def choose_quiet(person: Person, quiet: Quiet, now: datetime) -> None:
    """Set when a school gets no mail."""
    mail_settings.keep_quiet(person.school, quiet)
    subject = f"mail: quiet from {quiet.begins} to {quiet.ends}"
    audit.add(person.school, now, person.id, "set", subject)
    db.session.commit()


def wants_digest(person: Person) -> bool:
    """Tell whether a person wants the weekly overview."""
    return mail_settings.wants_digest(person.id)


def choose_digest(person: Person, wants: bool) -> None:
    """Keep whether a person wants the weekly overview; what they are asked for always comes."""
    mail_settings.keep_choice(person.school, person.id, wants)
    db.session.commit()


def forget_mails(now: datetime) -> int:
    """Delete what went or was given up long ago, and return how many; the caller commits."""
    return mails.remove_ended(now - KEPT)
