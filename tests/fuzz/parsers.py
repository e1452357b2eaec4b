"""Every reader of what strangers send: bytes in, a plain refusal or a value that holds, no more."""

import json
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from flask import Flask
from PIL import Image

from checkin.domain import sounds
from checkin.domain.calendar import SchoolCalendar
from checkin.domain.talk_wishes import Malformed as NoWish
from checkin.domain.talk_wishes import read_symbol, read_wish
from checkin.domain.taps import MOST_TAPS_A_BATCH, Malformed, read_batch
from checkin.services import talking_photos
from checkin.services.calendars import MOST_FOUND, NotACalendar, read_calendar
from checkin.services.replaying import ReplayError, replay
from checkin.web.language import LANGUAGES, choose_language
from checkin.web.periods import BadPeriod, read_day, read_weeks
from checkin.web.school.codes import read_code
from checkin.web.security import bearer_token, relative_path

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Parser:
    """One reader: what it is given at first, which words it knows, and what must hold."""

    read: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()
    needs_request: bool = False


def _json(body: bytes) -> Any:
    """Read a body as the tablet's routes do."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("the body must be JSON") from None


def taps(body: bytes) -> None:
    with suppress(Malformed):
        batch = read_batch(_json(body))
        assert len(batch.taps) <= MOST_TAPS_A_BATCH
        assert all(len(tap.key) == 16 for tap in batch.taps)
        assert batch.waiting is None or 0 <= batch.waiting <= 1_000_000


def wish(body: bytes) -> None:
    with suppress(Malformed, NoWish):
        assert 0 < read_wish(_json(body)).adult < 2**31


def symbol(body: bytes) -> None:
    with suppress(Malformed, NoWish):
        assert read_symbol(_json(body))


def sound(file: bytes) -> None:
    """What comes out is a sound that comes out again as a sound, and holds nothing else."""
    with suppress(sounds.NotASound):
        kept = sounds.clean(file)
        assert len(file) <= sounds.MOST_BYTES
        samples = sounds.read_wav(kept)
        assert sounds.SHORTEST <= len(samples) <= sounds.LONGEST
        assert len(kept) == 44 + 2 * len(samples)
        assert struct.unpack_from("<I", kept, 4)[0] == len(kept) - 8


def photo(file: bytes) -> None:
    with suppress(talking_photos.NotAPhoto), Image.open(BytesIO(talking_photos.clean(file))) as new:
        assert (new.format, new.size) == ("JPEG", (talking_photos.SIDE, talking_photos.SIDE))
        assert not new.getexif()


def calendar(file: bytes) -> None:
    with suppress(NotACalendar):
        found = read_calendar(file, SchoolCalendar(AMSTERDAM), TODAY)
        spans = [span for one in found.candidates for span in one.spans]
        assert len(spans) <= MOST_FOUND
        assert all(TODAY <= span.first <= span.last for span in spans)


def signals(lines: bytes) -> None:
    told: list[str] = []
    with suppress(ReplayError):
        replay(lines.split(b"\n"), told.append)
    for line in told:
        assert set(json.loads(line)) == {"classroom", "day", "pattern", "strength", "text"}


def day(text: bytes) -> None:
    written = text.decode("latin-1")
    with suppress(BadPeriod):
        assert read_day(written).isoformat() == written
    assert read_weeks(written) > 0


def way_back(text: bytes) -> None:
    """What is taken for an address of our own leads nowhere else."""
    path = relative_path(text.decode("utf-8", "replace"))
    if path is not None:
        here = urlsplit(urljoin("https://checkin.example/sign-in", path))
        assert (here.scheme, here.netloc) == ("https", "checkin.example")
        assert not any(ord(letter) < 32 for letter in path)


def code(text: bytes) -> None:
    assert read_code(text.decode("latin-1")) is None, "a code that nobody signed"


def _asked(app: Flask, header: str, text: bytes) -> Any:
    value = text.decode("latin-1")
    return app.test_request_context("/", environ_overrides={header: value})


def language(app: Flask) -> Callable[[bytes], None]:
    def read(text: bytes) -> None:
        with _asked(app, "HTTP_ACCEPT_LANGUAGE", text):
            assert choose_language() in LANGUAGES

    return read


def token(app: Flask) -> Callable[[bytes], None]:
    def read(text: bytes) -> None:
        with _asked(app, "HTTP_AUTHORIZATION", text) as asked:
            found = bearer_token(asked.request)
            assert found is None or found == found.strip()

    return read


def cookies(app: Flask) -> Callable[[bytes], None]:
    def read(text: bytes) -> None:
        sent = {"HTTP_COOKIE": text.decode("latin-1")}
        for path in ("/sign-in", "/tablet/today", "/home"):
            answer = app.test_client(use_cookies=False).get(path, environ_overrides=sent)
            assert answer.status_code in (200, 303, 401), answer.status_code

    return read


def addresses(app: Flask) -> Callable[[bytes], None]:
    def read(text: bytes) -> None:
        sent = {"PATH_INFO": "/" + text.decode("latin-1"), "QUERY_STRING": text.decode("latin-1")}
        answer = app.test_client().get("/", environ_overrides=sent, buffered=True)
        assert answer.status_code < 500, answer.status_code

    return read


TAP = b'{"key": "%032x", "day": "2026-11-23", "round": "check-in", "feeling": 3, "helps": 0}' % 7
LINE = (
    b'{"classroom": "A", "day": "2026-09-01", "round": "check-in", "pupils": 14, "answered": 12, '
)
JSON_WORDS = (b"null", b"true", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"[", b"{}", b"9" * 5000)
DAYS = (b"0001-01-01", b"9999-12-31", b"2026-W48-1", b"20261123", b"2026-02-30")


def _a_picture(kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (9, 7), "orange").save(written, kind)
    return written.getvalue()


LONG = b"LIST" + struct.pack("<I", sounds.MOST_BYTES) + bytes(sounds.MOST_BYTES)


def _a_sound() -> bytes:
    return sounds.write_wav([(n % 40) * 400 - 8000 for n in range(sounds.SHORTEST + 5)])


ICS = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n\
DTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY:Kerstvakantie\r\n\
RRULE:FREQ=YEARLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
ICS_WORDS = (
    b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=SECONDLY", b"BYDAY=MO", b"BYMONTHDAY=31",
    b"UNTIL=", b"DURATION:P9999W", b"DTSTART:00010101T000000Z", b"DTEND:99991231",
    b"TZID=Nowhere/At_all:", b"EXDATE:", b"RDATE:", b"RECURRENCE-ID:",
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b";", b":",
)  # fmt: skip

PLAIN: Mapping[str, Parser] = {
    "taps": Parser(taps, (b'{"taps": [' + TAP + b'], "waiting": 0}',), (*JSON_WORDS, *DAYS)),
    "wish": Parser(
        wish,
        (b'{"key": "%032x", "day": "2026-11-23", "kind": "talk", "adult": 1, "symbol": ""}' % 7,),
        (*JSON_WORDS, *DAYS),
    ),
    "symbol": Parser(symbol, (b'{"symbol": "fox"}',), JSON_WORDS),
    "sound": Parser(
        sound, (_a_sound(), _a_sound() + LONG), (b"RIFF", b"WAVE", b"fmt ", b"data", b"\xff" * 4)
    ),
    "photo": Parser(photo, (_a_picture("PNG"), _a_picture("JPEG"), _a_picture("GIF"))),
    "calendar": Parser(calendar, (ICS,), ICS_WORDS),
    "signals": Parser(
        signals, (LINE + b'"heavy": 3}\n' + LINE + b'"heavy": null}\n',), (*JSON_WORDS, *DAYS)
    ),
    "day": Parser(day, (b"2026-11-23", b"10"), (*DAYS, "٣".encode()), needs_request=True),
    "way back": Parser(way_back, (b"/home?a=b#c",), (b"//", b"\\", b"/\t/", b"@", b"%2f", b"x:")),
    "code": Parser(code, (b'["ABCD2345", 1, "2026-11-23"].abc',), (b".", b"="), True),
}
OF_APP: Mapping[str, tuple[Callable[[Flask], Callable[[bytes], None]], bytes]] = {
    "accepted language": (language, b"nl-BE;q=0.5, en;q=x, *;q=1e999"),
    "bearer token": (token, b"Bearer abcdef"),
    "cookies": (cookies, b'checkin_session=x; checkin_tablet="\\303\\251"; lang=nl'),
    "addresses": (addresses, b"classrooms/1/trend.json?from=2026-11-23&weeks=%d9%a3"),
}


def parsers_of(app: Flask) -> dict[str, Parser]:
    """Return every parser, also those that need the app."""
    made = {name: Parser(make(app), (seed,)) for name, (make, seed) in OF_APP.items()}
    return {**PLAIN, **made}
