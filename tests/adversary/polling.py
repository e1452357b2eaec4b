"""Somebody who asks every page there is, as everybody at once, and compares what comes back."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from checkin.domain.rounds import Moment
from checkin.domain.structure import Section
from checkin.storage.database import db
from tests.adversary.places import ALL, LAST_WEEK, SAME_SITE, Place
from tests.school import MONDAY

QUERIES = {
    "trends.show": ("", "?weeks=4", f"?from={MONDAY}&to={MONDAY}"),
    "trends.show_json": ("", f"?from={MONDAY}&to={MONDAY}"),
    "structure.show": ("", "?print=1"),
    "school_trend.show": ("", "?weeks=4"),
    "exchange.class_report": ("", "?period=year"),
    "exchange.class_lights": ("", "?period=year&manner=plain"),
    "school_trend.show_json": ("", "?weeks=40"),
}
MANNERS = {
    "plain": {"Accept-Language": "nl"},
    "program": {"Accept-Language": "en", "Accept": "application/json"},
    "gzip": {"Accept-Language": "nl", "Accept-Encoding": "gzip"},
}
LARGE = ("/plotly.min.js",)  # asked for as it lies there: unpacking it takes longer than the rest
EXPIRY = re.compile(r"(?<=Expires=)[^;]*")
OWN_LOOKS = re.compile(rb'(?<=class="number">)\d+|(?<=class="hash" dir="ltr">)[^<]+')
"""How long the record is and how it ends: it holds the looks at flags of whoever asks every page.
That a tap writes no line into it is seen in the rows of the database."""
ROOM = re.compile(rb"[\d.,]+(?= (?:of|van de) [\d.,]+ GB)")
"""How much of the disk is free, in tenths of GB: whatever else this machine does moves it."""
NOT_OF_TAPS = {"/audit": OWN_LOOKS, "/running": ROOM}
VALIDATORS = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))


@dataclass(frozen=True)
class Answer:
    """All that whoever asks can see of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Looks = Mapping[tuple[str, ...], Answer]


def addresses_of(app: Flask, place: Place) -> Iterator[str]:
    """Yield every address that can be read; a route with an unknown part must be taught here."""
    parts = {
        "classroom": place.classrooms,
        "id": (1,),
        "paper": ("dpia",),
        "guide": ("teacher",),
        "picture": ("nl/class.png",),
        "step": ("school",),
        "team": (1,),  # a class: teams have an attack of their own in tests/web
        "number": (1,),
        "section": (Section.ROLES,),
        "day": (MONDAY,),
        "moment": tuple(Moment),
        "week": (LAST_WEEK,),
        "language": ("ar",),
        "word": ("sad",),
        "version": ("0123456789abcdef-0123456789abcdef",),
        "filename": ("icons/logo.svg",),
        "secret": ("w" * 43,),  # a link of a mail: no code, at which guessing gets slow
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            unknown = rule.arguments - parts.keys()
            assert not unknown, f"{rule}: say which {unknown} to ask for"
            yield from _filled(adapter, rule, parts)


def look_around(app: Flask, place: Place, earlier: Looks | None = None) -> Looks:
    """Ask everything as everybody, also 'has it changed since?' where an earlier answer allows.

    Whoever may see all there is asks in every manner, the others as a plain browser does.
    """
    earlier = earlier or {}
    addresses = list(addresses_of(app, place))
    looks = {}
    for who, cookies in place.cookies.items():
        browser = app.test_client()
        for name, value in cookies.items():
            browser.set_cookie(name, value)
        for address, manner in product(addresses, MANNERS if who == ALL else ("plain",)):
            key = (who, address, manner)
            packed = "gzip" if address in LARGE else "identity"
            asked = {"Accept-Encoding": packed, **SAME_SITE, **MANNERS[manner]}
            looks[key] = _ask(browser, address, asked)
            if since := _validators(earlier.get(key)):
                looks[(*key, "changed since")] = _ask(browser, address, asked | since)
    return looks


def answer_of(response: TestResponse) -> Answer:
    """Keep all of an answer but what the wall clock wrote, which no tap can turn."""
    headers = sorted(
        (name, EXPIRY.sub("", value)) for name, value in response.headers if name != "Date"
    )
    body = response.get_data()
    is_packed = response.headers.get("Content-Encoding") == "gzip"
    if not_of_taps := NOT_OF_TAPS.get(response.request.path):
        body, is_packed = not_of_taps.sub(b"", gzip.decompress(body) if is_packed else body), False
        headers = [(name, value) for name, value in headers if name != "Content-Length"]
    if is_packed:
        body = body[:4] + bytes(4) + body[8:]  # these four bytes say when it was compressed
    return Answer(response.status_code, tuple(headers), body)


def rows_of_database() -> dict[str, int]:
    """Count the rows of the main database."""
    tables = db.inspect(db.engine).get_table_names()
    counts = {t: db.session.scalar(db.text(f"SELECT count(*) FROM {t}")) for t in tables}
    db.session.rollback()
    return counts


def all_of_database() -> list[str]:
    """Return everything that is in the main database."""
    raw = db.engine.raw_connection()
    try:
        return list(raw.driver_connection.iterdump())
    finally:
        raw.close()


def more_than_a_count(before: Looks, after: Looks, counted: tuple[int, int]) -> list[str]:
    """Name the answers that changed by more than how many have tapped, such as 3 into 4."""
    found = [] if before.keys() <= after.keys() else ["a page does not answer any more"]
    for key, answer in after.items():
        who, address, manner, *since = key
        plain = (who, address, "plain")
        if since or manner == "gzip":  # may only change where the page itself shows a count
            is_fine = before.get(key) == answer or before[plain].body != after[plain].body
            is_fine = is_fine or answer.status == 304
        else:
            is_fine = _is_only_count(before[key], answer, counted)
        if not is_fine:
            found.append(f"{' '.join(key)} changed")
    return found


def differences(one: Looks, other: Looks) -> list[str]:
    """Name the answers that are not the same to the byte."""
    keys = one.keys() | other.keys()
    return [f"{' '.join(key)} differs" for key in sorted(keys) if one.get(key) != other.get(key)]


def _is_only_count(before: Answer, after: Answer, counted: tuple[int, int]) -> bool:
    if before.status != after.status or before.headers != after.headers:
        return False
    parts = [re.split(rb"([0-9]+)", answer.body) for answer in (before, after)]
    if len(parts[0]) != len(parts[1]):
        return False
    changed = {(a, b) for a, b in zip(*parts, strict=True) if a != b}
    return changed <= {tuple(str(n).encode() for n in counted)}


def _filled(adapter, rule: Rule, parts: Mapping[str, tuple[object, ...]]) -> Iterator[str]:
    names = sorted(rule.arguments)
    for values in product(*(parts[name] for name in names)):
        filled = dict(zip(names, map(str, values), strict=True))
        given = {n: int(v) if n in ("classroom", "id", "number") else v for n, v in filled.items()}
        for query in QUERIES.get(rule.endpoint, ("",)):
            yield adapter.build(rule.endpoint, given) + query


def _ask(browser, address: str, headers: Mapping[str, str]) -> Answer:
    return answer_of(browser.get(address, headers=headers, buffered=True))


def _validators(answer: Answer | None) -> dict[str, str]:
    given = dict(answer.headers) if answer else {}
    return {ask: given[name] for name, ask in VALIDATORS if name in given}
