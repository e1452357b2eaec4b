"""One process of several that adds to the audit: FOLDER URL SCHOOL COUNT, once told to begin."""

import sys
from pathlib import Path

from checkin.storage import audit
from checkin.storage.database import db
from tests.school import at, make_app


def main(folder: str, url: str, school: str, count: str) -> None:
    with make_app(Path(folder), lambda: at(9), url or None).app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        for n in range(int(count)):
            audit.add(int(school), at(9), None, "looked", f"flag {n}")
            db.session.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
