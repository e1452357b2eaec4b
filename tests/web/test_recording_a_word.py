"""It keeps a word as a pupil or a parent said it, and plays it to this school alone."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.domain.recordings import SPOKEN_WORDS
from checkin.domain.sounds import clean
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, OwnWordRow
from tests.sounds import chunk, tone, wav_of
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, JSON, words_in
from tests.web.page_checks import PageClient, page_of

WAV = wav_of(tone())
OURS = ("tess", "omar", "inge", "hanna", "adam")
THEIRS = ("fatma", "otto", "anna")
STOWAWAY = b"<!doctype html><script>alert(1)</script>"


def send(
    client: PageClient, word: str = "sad", wav: bytes = WAV, language: str = "ti", headers=JSON
) -> TestResponse:
    form = {"word": word, "sound": (io.BytesIO(wav), "word.wav", "audio/wav")}
    return client.post(f"/sounds/{language}", data=form, headers=headers)


def address_of(client: PageClient, **what) -> str:
    answer = send(client, **what)
    assert answer.status_code == 201, answer.text
    return answer.json["address"]


def change(app: Flask, cast: Cast, do: Callable[[], None]) -> None:
    with app.app_context():
        do()
        db.session.commit()


@pytest.mark.parametrize("name", OURS)
def test_every_member_of_staff_may_keep_a_word(sign_in: SignIn, name: str) -> None:
    assert send(sign_in(name)).status_code == 201


def test_nobody_else_may(client: PageClient, tablet: PageClient) -> None:
    for one in (client, tablet):
        assert send(one).status_code == 401
        assert one.get("/sounds/ti").status_code == 303
        assert one.post("/sounds/ti/sad/deletion").status_code == 303


def test_plays_it_to_the_tablets_and_staff_of_the_school(
    sign_in: SignIn, tablet: PageClient
) -> None:
    address = address_of(sign_in("tess"))
    for listener in (tablet, *map(sign_in, OURS)):
        answer = listener.get(address)
        assert (answer.status_code, answer.data) == (200, clean(WAV))
        assert answer.mimetype == "audio/wav"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_does_not_exist_for_another_school(sign_in: SignIn, client: PageClient) -> None:
    address = address_of(sign_in("tess"))
    for name in THEIRS:
        assert sign_in(name).get(address).status_code == 404
    assert client.get(address).status_code == 303
    anna = sign_in("anna")
    assert anna.post("/sounds/ti/sad/deletion").status_code == 303
    assert sign_in("tess").get(address).status_code == 200


def test_plays_a_part_of_it_as_safari_asks(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    answer = tess.get(address_of(tess), headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.data) == (206, b"RI")


def test_another_recording_has_another_address_and_the_old_one_is_gone(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    old, new = address_of(tess), address_of(tess, wav=wav_of(tone(hertz=300)))
    assert old != new
    assert (tess.get(old).status_code, tess.get(new).status_code) == (404, 200)


def test_deletes_it(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    address = address_of(tess, word="not-today")
    answer = tess.post("/sounds/ti/not-today/deletion", headers=ENGLISH)
    assert (answer.status_code, answer.location) == (303, "/sounds/ti#not-today")
    assert "The voice is deleted." in words_in(tess.get("/sounds/ti", headers=ENGLISH))
    assert tess.get(address).status_code == 404


@pytest.mark.parametrize(
    ("wav", "told"),
    [
        (b"", "This is no WAV file"),
        (STOWAWAY * 50, "This is no WAV file"),
        (wav_of(tone(), rate=44_100), "This is no WAV file of 16 kHz"),
        (wav_of(tone(4)) + bytes(2500), "longer than four seconds"),
        (wav_of([*tone(4), 0]), "longer than four seconds"),
        (wav_of(tone(0.1)), "too short"),
        (wav_of(tone(loudness=1)), "Nothing can be heard"),
    ],
)
def test_says_why_it_does_not_keep_something(sign_in: SignIn, wav: bytes, told: str) -> None:
    tess = sign_in("tess")
    answer = send(tess, wav=wav, headers=ENGLISH | JSON)
    assert (answer.status_code, list(answer.json)) == (400, ["error"])
    assert told in answer.json["error"]
    page = send(tess, wav=wav, headers=ENGLISH)
    assert page.status_code == 400
    assert told in words_in(page, "//p[@role='alert']")
    assert "0 of 23 words recorded" in words_in(page)


def test_refuses_what_is_far_too_long_before_reading_it(sign_in: SignIn) -> None:
    assert send(sign_in("tess"), wav=bytes(200_000)).status_code == 413


@pytest.mark.parametrize("word", ["", "hello", "sad ", "../sad", "not today", "x" * 5000])
def test_knows_no_other_word(sign_in: SignIn, word: str) -> None:
    assert send(sign_in("tess"), word=word).status_code == 400


def test_keeps_a_file_without_any_script_too(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    answer = send(tess, headers=ENGLISH)
    assert (answer.status_code, answer.location) == (303, "/sounds/ti#sad")
    page = tess.get("/sounds/ti", headers=ENGLISH)
    assert "recorded on 23 November 2026" in words_in(page, "//li[@id='sad']")
    assert "1 of 23 words recorded" in words_in(page)
    form = page_of(page).xpath("//form[@enctype='multipart/form-data']")[0]
    assert len(form.xpath(".//option")) == len(SPOKEN_WORDS)


def test_needs_a_word_and_a_file(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.post("/sounds/ti", data={"word": "sad"}, headers=JSON).status_code == 400
    assert tess.post("/sounds/ti", json={"word": "sad"}).status_code == 400


@pytest.mark.parametrize(
    "wav",
    [
        wav_of(tone(), before=chunk(b"LIST", STOWAWAY)),
        wav_of(tone(), after=chunk(b"junk", STOWAWAY + b"PK\3\4")),
        wav_of(tone()) + STOWAWAY[:7],
    ],
)
def test_never_serves_what_was_hidden_in_a_sound(
    sign_in: SignIn, tablet: PageClient, wav: bytes
) -> None:
    served = tablet.get(address_of(sign_in("tess"), wav=wav)).data
    assert served == clean(WAV)
    assert b"<" + STOWAWAY[1:7] not in served


def test_lets_this_page_alone_use_the_microphone(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    headers = tess.get("/sounds/ti").headers
    assert "microphone=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "media-src 'self' blob:;" in headers["Content-Security-Policy"]
    for other in ("/sounds", "/home"):
        headers = tess.get(other).headers
        assert "microphone=()" in headers["Permissions-Policy"]
        assert "media-src 'self';" in headers["Content-Security-Policy"]


def test_says_that_a_voice_is_kept_and_asks_for_no_name(sign_in: SignIn) -> None:
    page = sign_in("tess").get("/sounds/ti", headers=ENGLISH)
    told = words_in(page)
    assert "A voice is kept, but no name." in told
    assert "You can delete it here at any time" in told
    named = page_of(page).xpath("//main//input[@type='text' or not(@type)] | //main//textarea")
    assert named == []


def test_lists_every_language_with_how_far_it_is(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    address_of(tess)
    page = tess.get("/sounds", headers=ENGLISH)
    assert "1 of 23 words recorded" in words_in(page, "//a[@href='/sounds/ti']")
    assert "no recordings yet" in words_in(page, "//a[@href='/sounds/ar']")


def test_knows_no_other_language(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.get("/sounds/xx").status_code == 404
    assert send(tess, language="xx").status_code == 404
    assert tess.post("/sounds/ti/nothing/deletion").status_code == 404


def test_a_tablet_hears_the_recording_before_the_shipped_sound(
    app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient
) -> None:
    tess = sign_in("tess")

    def sound_of(digit: int) -> str:
        page = page_of(tablet.get("/tablet"))
        card = page.xpath(f"//button[@data-feeling='{digit}']")[0]
        return card.xpath(".//span[@lang='nl'][contains(@class, 'word')]/@data-sound")[0]

    before = tablet.get("/tablet/today").json["config"]
    assert sound_of(2).endswith("/audio/nl/sad.mp3")
    assert tablet.get(sound_of(2)).mimetype == "audio/mpeg"
    address = address_of(tess, language="nl")
    assert sound_of(2) == address
    assert sound_of(1).endswith("/audio/nl/happy.mp3")
    assert tablet.get("/tablet/today").json["config"] != before  # so it loads the page anew
    tess.post("/sounds/nl/sad/deletion")
    assert tablet.get("/tablet/today").json["config"] == before


def test_a_word_that_was_changed_is_rather_silent_than_another_word(
    app: Flask, cast: Cast, sign_in: SignIn, tablet: PageClient
) -> None:
    tess = sign_in("tess")
    address_of(tess)
    for language in ("nl", "ti"):
        row = OwnWordRow(school_id=cast.school, language=language, word="sad", text="anders")
        change(app, cast, lambda row=row: db.session.add(row))

    def offer_tigrinya() -> None:
        db.session.get_one(ClassroomRow, cast.zon).languages = "nl,ti"

    change(app, cast, offer_tigrinya)
    card = page_of(tablet.get("/tablet")).xpath("//button[@data-feeling='2']")[0]
    assert card.xpath(".//@data-sound") == []
    told = words_in(tess.get("/sounds/ti", headers=ENGLISH), "//li[@id='sad']")
    assert "the word has changed: record it again" in told
