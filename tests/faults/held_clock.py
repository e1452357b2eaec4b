"""`checkin` by a clock that a test holds: the instant that is written in its folder."""

import os
from datetime import datetime
from pathlib import Path

from checkin.cli import keeping, main, starting

CLOCK = "clock"
create_app = starting.create_app


def now() -> datetime:
    return datetime.fromisoformat(
        Path(os.environ["CHECKIN_DIR"], CLOCK).read_text(encoding="utf-8")
    )


if __name__ == "__main__":
    starting.create_app = lambda config: create_app(config, now)
    keeping.now = now
    main()
