"""Sends strange things for long: to every JSON route as everybody, and to every reader of input.

    python -m tools.fuzz [SECONDS] [--guided]

SECONDS is how long for each reader and each visitor. With --guided, readers of bytes are also
tried by Atheris, which looks at the way the input takes through the program; it is no dependency,
as it runs on few machines: install it beside the rest to use it.
"""

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

FOUND = Path("build") / "fuzz"
GUIDED = ("taps", "wish", "symbol", "sound", "photo", "calendar", "signals", "way back")


def main() -> int:
    """Run both versions and say how it went."""
    asked = argparse.ArgumentParser(description="Send strange things for long.")
    asked.add_argument("seconds", nargs="?", type=int, default=30)
    asked.add_argument("--guided", action="store_true")
    wanted = asked.parse_args()
    os.environ["CHECKIN_FUZZ_SECONDS"] = str(wanted.seconds)
    ended = int(pytest.main(["-q", "-m", "long or not long", "tests/fuzz"]))
    if wanted.guided:
        ended = _guided(wanted.seconds) or ended
    return ended


def _guided(seconds: int) -> int:
    if find_spec("atheris") is None:
        print("Atheris is not installed: nothing was guided.", file=sys.stderr)
        return 1
    failed = 0
    for name in GUIDED:
        corpus = FOUND / name.replace(" ", "-")
        corpus.mkdir(parents=True, exist_ok=True)
        known = Path("tests/fuzz/corpus") / name
        limits = [f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=2048"]
        places = [str(corpus), *([str(known)] if known.is_dir() else [])]
        command = [sys.executable, "-m", "tests.fuzz.guided", name, *limits]
        command += [f"-artifact_prefix={corpus}/broken-", *places]
        went = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
        print(f"{name}: {'nothing found' if went.returncode == 0 else 'BROKEN'}")
        if went.returncode:
            failed = 1
            print(went.stderr[-3000:], file=sys.stderr)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
