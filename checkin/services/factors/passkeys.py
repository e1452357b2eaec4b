"""Passkeys: a finger, a face or the device's own code opens the account, without a password."""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from checkin.domain.access import Person
from checkin.services.factors import encrypting, steps
from checkin.services.factors.days import today_at
from checkin.services.factors.steps import Kind
from checkin.storage import audit, factors
from checkin.storage.database import db

if TYPE_CHECKING:
    from webauthn.registration.verify_registration_response import VerifiedRegistration

# webauthn takes half a second to load, and most starts of the program do without.
MOST = 20


class NotAPasskey(Exception):
    """What a browser sent is no passkey that opens anything here; why is not told."""


@dataclass(frozen=True)
class Place:
    """Where passkeys are made for: the host people know us by, and the page's own origin."""

    host: str
    origin: str


def begin_adding(person: Person, session: str, place: Place, now: datetime) -> dict[str, Any]:
    """Return what a browser needs to make a passkey."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    known = factors.passkeys_of(person.id)
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name="checkin",
        user_id=encrypting.handle_of(person.id),
        user_name=person.email,
        user_display_name=person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential) for key in known],
    )
    steps.begin_of(Kind.NEW_PASSKEY, session, person, options.challenge, now)
    return _plain(webauthn.options_to_json(options))


def add(person: Person, session: str, place: Place, sent: Any, label: str, now: datetime) -> None:
    """Add the passkey that a browser made; raises NotAPasskey."""
    step = steps.find_of(Kind.NEW_PASSKEY, session, person, now)
    if step is None or not steps.end(Kind.NEW_PASSKEY, session):
        raise NotAPasskey
    db.session.commit()
    if len(factors.passkeys_of(person.id)) >= MOST:
        raise NotAPasskey
    made = _check_new(sent, step.kept, place)
    added = factors.add_passkey(
        person.school,
        person.id,
        label,
        made.credential_id,
        made.credential_public_key,
        made.sign_count,
        today_at(person.school, now),
    )
    if not added:
        raise NotAPasskey
    audit.add(person.school, now, person.id, "added a passkey", f"staff {person.id}")
    db.session.commit()


def begin_sign_in(place: Place, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the token of a challenge, and what a browser needs to answer it."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=place.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return steps.begin(Kind.PASSKEY, options.challenge, now), _plain(
        webauthn.options_to_json(options)
    )


def recognise(token: str, place: Place, sent: Any, now: datetime) -> int:
    """Return whose passkey answered a challenge, which is spent with that; raises NotAPasskey."""
    step = steps.take(Kind.PASSKEY, token, now)
    passkey = factors.find_passkey(_credential_of(sent))
    if step is None or passkey is None or passkey.stopped_on is not None:
        raise NotAPasskey
    counter = _check(sent, step.kept, place, passkey)
    on = today_at(passkey.school, now)
    if not factors.spend_count(passkey.id, counter, on):
        factors.stop_passkey(passkey.id, on)
        what = "stopped a passkey that counts backwards"
        audit.add(passkey.school, now, None, what, f"staff {passkey.staff}")
        db.session.commit()
        raise NotAPasskey
    db.session.commit()
    return passkey.staff


def _check_new(sent: Any, challenge: bytes, place: Place) -> "VerifiedRegistration":
    import webauthn

    try:
        return webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception as error:  # whatever a hostile body makes the library raise
        raise NotAPasskey from error


def _check(sent: Any, challenge: bytes, place: Place, passkey: factors.Passkey) -> int:
    """Return how far the passkey has counted.

    The count is not compared here: what is not signed by the passkey must not be able to stop it.
    """
    import webauthn

    try:
        checked = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:  # whatever a hostile body makes the library raise
        raise NotAPasskey from error
    return checked.new_sign_count


def _credential_of(sent: Any) -> bytes:
    """Return the id a browser names; nothing is believed of it yet."""
    try:
        id = sent["rawId"]
        return urlsafe_b64decode(id + "=" * (-len(id) % 4))
    except (KeyError, TypeError, ValueError):
        raise NotAPasskey from None


def _plain(options: str) -> dict[str, Any]:
    plain = json.loads(options)
    assert isinstance(plain, dict)  # noqa: S101  # options are an object
    return plain
