"""One server process of several: stands in an app and does what it is told, a line at a time.

python -m tests.storage.a_process FOLDER URL OPEN_ROUNDS_URL TOKEN, then JSON lines on its input.
"""

import json
import os
import sys
from pathlib import Path

from checkin.domain.rounds import Moment, Round
from checkin.domain.taps import Batch
from checkin.services import enrolling, sealing, tapping
from checkin.storage.open_rounds import open_rounds
from tests.processes import KILL
from tests.school import MONDAY, HeldClock, a_tap, an_app

NOW = HeldClock().now


def tap(tablet, asked):
    sent = [a_tap(feeling, key=bytes.fromhex(key)) for key, feeling in asked["taps"]]
    return [result.status.value for result in tapping.store(tablet, Batch(tuple(sent), 0), NOW)]


def seal(tablet, _asked):
    sealed = sealing.seal_by_hand(Round(tablet.classroom, MONDAY, Moment.CHECK_IN), 1, NOW)
    return [sealed.is_new, sealed.round.light.value, sealed.round.released.answered]


def die(*_):
    os.kill(os.getpid(), KILL)


def seal_and_die(tablet, asked):
    """Die before the light is committed, or before it is carried to the main database."""
    if asked["when"] == "before":
        open_rounds().home.commit = die
    else:
        sealing.released.add_round = die
    seal(tablet, asked)


TASKS = {"tap": tap, "seal": seal, "seal and die": seal_and_die}


def main(folder, url, open_rounds_url, token):
    with an_app(Path(folder), HeldClock(), url, open_rounds_url):
        tablet = enrolling.find_tablet(token)
        print("ready", flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(TASKS[asked["do"]](tablet, asked)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
