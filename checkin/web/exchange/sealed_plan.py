"""What was found in a file, between showing it and doing it: in the browser, signed.

It holds classes with their sizes and who teaches them, and no word of a pupil.
"""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from checkin.domain.access import Person
from checkin.domain.imports import Found, FoundClass, FoundPerson

LASTS = timedelta(minutes=30)


def write_plan(person: Person, found: Found) -> str:
    """Return what was found, signed for the person who looks at it."""
    classes = [[one.name, one.pupils] for one in found.classes]
    people = [[one.name, one.email, list(one.classes)] for one in found.people]
    return str(_serializer(person).dumps([classes, people]))


def read_plan(person: Person, signed: str) -> Found | None:
    """Return what was found, or None when it is not as we wrote it, not theirs, or too old."""
    try:
        classes, people = _serializer(person).loads(signed, max_age=int(LASTS.total_seconds()))
    except BadSignature:
        return None
    return Found(
        tuple(FoundClass(name, pupils) for name, pupils in classes),
        tuple(FoundPerson(name, email, tuple(teaches)) for name, email, teaches in people),
    )


def _serializer(person: Person) -> URLSafeTimedSerializer:
    salt = f"import {person.school} {person.id}"
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt)
