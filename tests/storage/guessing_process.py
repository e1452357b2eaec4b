"""One server process of several in which people guess, all at the same instant.

python -m tests.storage.guessing_process FOLDER URL OPEN_ROUNDS_URL (empty for files), then JSON
lines on its input: {"do": "sign-in" | "enrol", "times": 8}.
"""

import json
import secrets
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from argon2 import PasswordHasher

from checkin.services import enrolling, signing_in
from checkin.services.enrolling import GuessingTooFast, WrongCode
from checkin.services.passwords import use_hasher
from checkin.services.signing_in import WaitFirst, WrongPassword
from checkin.storage.database import db
from tests.school import HeldClock, an_app

NOW = HeldClock().now
THREADS = 4


def sign_in():
    try:
        signing_in.sign_in("nobody@school.example", secrets.token_hex(8), NOW)
    except WrongPassword:
        return "tried"
    except WaitFirst:
        return "held back"


def enrol():
    try:
        enrolling.enrol("ABCD2345", NOW)
    except WrongCode:
        return "tried"
    except GuessingTooFast:
        return "held back"


TASKS = {"sign-in": sign_in, "enrol": enrol}


def main(folder, url, open_rounds_url):
    with an_app(Path(folder), HeldClock(), url or None, open_rounds_url or None) as app:
        use_hasher(app, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

        def once(asked):
            with app.app_context():
                try:
                    return TASKS[asked["do"]]()
                except Exception as error:  # told, so that the test sees it
                    return repr(error)
                finally:
                    db.session.remove()

        print("ready", flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            with ThreadPoolExecutor(THREADS) as threads:
                found = Counter(threads.map(once, [asked] * asked["times"]))
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
