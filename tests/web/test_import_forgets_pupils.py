"""Pupils are counted and forgotten: their names are nowhere after a file was read."""

import logging
import tempfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from checkin.services.importing import LARGEST_FILE
from checkin.storage.database import db
from tests.services.import_files import CANARY, EDEXML, ONEROSTER, PUPIL_LIST, packed
from tests.web.conftest import SignIn
from tests.web.importing import choose_of, send
from tests.web.page_checks import PageClient, page_of

FILES = {
    "csv": PUPIL_LIST.encode(),
    "edexml": EDEXML.encode(),
    "oneroster": packed(ONEROSTER),
    "broken": EDEXML[:-30].encode(),
    "wrong lines": f"{CANARY};groep;leerlingen;leerkracht\n{CANARY};;x;{CANARY}\n".encode(),
    "no class": f"roepnaam;achternaam\n{CANARY};{CANARY}\n".encode(),
}


@pytest.fixture
def adam(sign_in: SignIn) -> PageClient:
    return sign_in("adam")


@pytest.mark.parametrize("kind", FILES)
def test_no_word_of_a_pupil_is_anywhere_afterwards(
    app: Flask,
    folder: Path,
    adam: PageClient,
    kind: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_file(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, no_file)
    caplog.set_level(logging.DEBUG)
    answers = [send(adam, FILES[kind], f"{CANARY}.csv")]
    if page_of(answers[0]).xpath("//input[@name='plan']"):
        answers.append(choose_of(adam, answers[0]))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    seen = [one.get_data(as_text=True) + str(one.headers) for one in answers]
    seen += [caplog.text, *capfd.readouterr()]
    seen += [f.read_bytes().decode("latin-1") for f in folder.rglob("*") if f.is_file()]
    assert not [text for text in seen if CANARY.lower() in text.lower()]
    assert not [text for text in seen if "thuis.example" in text]


@pytest.mark.parametrize("kind", ["csv", "edexml", "oneroster"])
def test_what_goes_through_the_browser_holds_none(adam: PageClient, kind: str) -> None:
    """It is packed there, so that the scan above cannot see into it."""
    page = page_of(send(adam, FILES[kind]))
    plan = page.xpath("//input[@name='plan']/@value")[0]
    _is_whole, held = URLSafeTimedSerializer("").loads_unsafe(plan)
    assert held[0][0][0] == "Ster"
    assert CANARY.lower() not in repr(held).lower()
    assert "thuis.example" not in repr(held)


def test_the_scan_sees_a_word_that_is_kept(app: Flask, folder: Path, adam: PageClient) -> None:
    """Were it blind, the scan above would find nothing whatever was kept."""
    text = f"groep;leerlingen;leerkracht;e-mail\n{CANARY};12;;\n"
    choose_of(adam, send(adam, text.encode()))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    files = [f.read_bytes() for f in folder.rglob("*") if f.is_file()]
    assert [data for data in files if CANARY.encode() in data]


def test_a_file_fits_where_it_is_kept_in_memory() -> None:
    from waitress.adjustments import Adjustments

    from checkin.web.exchange.imports import FORM_ROOM

    assert min(Adjustments.inbuf_overflow, 500 * 1024) > LARGEST_FILE + FORM_ROOM
