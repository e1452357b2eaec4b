"""Who somebody from elsewhere is here: roles and accounts are never made of what is told there."""

from datetime import datetime

from checkin.services import signing_in
from checkin.services.oidc.identity import Identity
from checkin.services.signing_in import ELSEWHERE, WrongPassword, tidy_email
from checkin.storage import audit, outside_identities, staff


class Unknown(Exception):
    """Nobody here has the address; `email` is '' when the provider vouches for none."""

    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email


class BoundOtherwise(Exception):
    """The account of this address belongs to somebody else of the same provider."""


def arrive(identity: Identity, now: datetime) -> str:
    """Return a session token; raises Unknown or BoundOtherwise.

    The first time a person is found by the address that the provider has verified, and noted by
    number; from then on by that number alone, so that a changed address leads to nobody else.
    """
    person = outside_identities.find(identity.issuer, identity.subject)
    if person is None:
        person = _bind(identity, now)
    try:
        return signing_in.open_session(person, ELSEWHERE, now)
    except WrongPassword:  # they have left
        raise Unknown(identity.email) from None


def _bind(identity: Identity, now: datetime) -> int:
    email = tidy_email(identity.email)
    account = staff.find_account(email) if email else None
    if account is None or account.has_left:
        raise Unknown(email)
    bound = outside_identities.bind(
        account.school, account.id, identity.issuer, identity.subject, now
    )
    if not bound:
        raise BoundOtherwise
    audit.add(account.school, now, account.id, "signed in elsewhere", f"staff {account.id}")
    return account.id
