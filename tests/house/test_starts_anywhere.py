"""It starts without the modules that only Linux and macOS have."""

import subprocess
import sys

import pytest

POSIX_ONLY = ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty", "pty")
BLOCK = f"""
import sys
for name in {POSIX_ONLY!r}:
    sys.modules[name] = None  # so that an import of it fails
import os
for name in ("fork", "geteuid", "getuid", "chown", "getloadavg"):
    if hasattr(os, name):
        delattr(os, name)
"""
START = """
import checkin.cli
from pathlib import Path
import tempfile
from checkin import create_app
from checkin.config import Config, sqlite_url
place = Path(tempfile.mkdtemp())
app = create_app(Config(place, "0123456789abcdefghijklmnopqrstuvwxyz", sqlite_url(place)))
with app.app_context():
    from checkin.services.housekeeping import prepare_storage
    prepare_storage()
assert app.test_client().get("/healthz").status_code == 200
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120
    )


def test_starts_without_them() -> None:
    done = run(BLOCK + START)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", ["import fcntl", "import resource", "import os; os.geteuid()"])
def test_needing_one_of_them_would_be_seen(line: str) -> None:
    assert run(BLOCK + line).returncode != 0
