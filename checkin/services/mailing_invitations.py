"""What a mail that lets somebody in says: its secret is made when it goes, and is nowhere else."""

from datetime import datetime

from checkin.domain.mails import Kind, Letter, Link
from checkin.services import invitation_codes as codes
from checkin.storage import joining, staff


def invitation_letter(kind: Kind, id: int, now: datetime) -> Letter | None:
    """Return the letter of an invitation that still holds, or None; the caller commits.

    A mail that did not go has a secret that nobody has: the next try makes another.
    """
    invitation = joining.find(id)
    if invitation is None or not invitation.is_live(now):
        return None
    token = codes.make_token()
    joining.set_secret(id, codes.hash_of(token))
    names = staff.names_of(invitation.school)
    by = names.get(invitation.made_by, "") if invitation.made_by else ""
    return Letter(kind, (Link("join", token),), asked_by=by, until=invitation.expires_at)
