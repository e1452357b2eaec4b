"""One process of several that send mail: FOLDER URL SERVER MINUTES WHEN-TO-DIE.

It says 'ready', waits for a line, sends what is due and says how many went; told so, it dies as
soon as a mail is held, or right after the server took it.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from checkin.services import mailing
from checkin.services.mailing_post import Post
from checkin.storage import mails
from tests.mail.conftest import use_server
from tests.processes import KILL
from tests.school import at, make_app


def die(*_: object) -> None:
    os.kill(os.getpid(), KILL)


def main(folder: str, url: str, server: str, minutes: str, when: str) -> None:
    app = make_app(Path(folder), lambda: at(9), url or None)
    use_server(app, server)
    if when == "held":
        Post.send = die  # type: ignore[method-assign]
    if when == "taken":
        mails.end = die
    with app.app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        print(mailing.send_due(at(8, 30) + timedelta(minutes=int(minutes))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
