"""How long the program takes to be imported and served, and how much memory it then holds.

python -m bench.starting [--rounds 7]
"""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from bench import serving
from bench.serving import ROOT, Serving
from bench.table import Row, at_most, finish, ratio_at_most, side_by_side

OURS = "import checkin"
BUILT = """
import tempfile, pathlib
from checkin import create_app
from checkin.config import Config, sqlite_url
with tempfile.TemporaryDirectory() as folder:
    place = pathlib.Path(folder)
    create_app(Config(place, "a secret of 0123456789 abcdef measurements", sqlite_url(place)))
"""
BESIDE = "import flask, flask_sqlalchemy, flask_babel"
NO_PLOTLY = "import sys, checkin.cli; sys.exit('plotly' in sys.modules)"
PAGES = ("/classrooms/3/trend", "/classrooms/3/trend?weeks=40", "/review", "/flags", "/structure")
LOOKS = 20


def measure(rounds: int) -> list[Row]:
    """Time imports in turn; start a demo from nothing, and go on with it as a server would."""
    times = side_by_side(rounds, *(_importing(what) for what in (OURS, BUILT, BESIDE, "pass")))
    ours, built, beside, bare = (statistics.median(found) for found in times)
    subprocess.run([sys.executable, "-c", NO_PLOTLY], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as folder:
        with serving.demo(history=True, place=Path(folder)) as server:
            first = server.seconds_to_start
        with serving.demo(history=True, place=Path(folder)) as server:
            again, fresh = server.seconds_to_start, serving.memory_of(server.process.pid)
            _look_around(server)
            used = serving.memory_of(server.process.pid)
    return [
        ratio_at_most(
            "importing the app, s, beside its three libraries", ours - bare, beside - bare, 1.2
        ),
        Row("importing and building it, s, beside the same", built - bare, beside - bare),
        at_most("demo from installed to served, s", first, 20),
        Row("demo served again, s", again),
        Row("memory when served, MiB", fresh),
        at_most(f"memory after {LOOKS * len(PAGES)} pages, MiB", used, 110),
    ]


def _importing(what: str) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", what], cwd=ROOT, check=True)
        return time.perf_counter() - began

    return run


def _look_around(server: Serving) -> None:
    """Open every heavy page as the care team, and what Plotly the browser would ask for."""
    cookie = sign_in(server)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for _ in range(LOOKS):
        for page in PAGES:
            _get(connection, page, cookie)
    _get(connection, "/plotly.min.js", cookie)


def sign_in(server: Serving, first_name: str = "inge") -> str:
    """Sign somebody of the demo school in and return the cookie."""
    facts = json.loads((server.place / "demo.json").read_text())
    person = next(p for p in facts["staff"] if p["email"].startswith(first_name))
    form = urllib.parse.urlencode({key: person[key] for key in ("email", "password")})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/sign-in", form, kind)
    answer = connection.getresponse()
    assert answer.status == 303, answer.status
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


def _get(connection: http.client.HTTPConnection, page: str, cookie: str) -> None:
    connection.request("GET", page, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, f"{page}: {answer.status}"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    asked = options.parse_args()
    finish(f"Starting, median of {asked.rounds} in turn", measure(asked.rounds))
