"""What Windows needs and Linux can try: its task, settings, alphabet and kinds of files."""

import ast
import os
import subprocess
import sys
import xml.etree.ElementTree as Tree
from pathlib import Path, PureWindowsPath

import pytest

from tests.cli.conftest import Command, checkin  # noqa: F401  # a fixture
from tests.school import SECRET

ROOT = Path(__file__).parents[2]
RUN = ROOT / "deploy" / "windows" / "run.py"
KIND = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
HERE = r"C:\Program Files\checkin"


def run(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    own = {k: v for k, v in os.environ.items() if not k.startswith("CHECKIN_")}
    return subprocess.run(
        [sys.executable, RUN, *words],
        env={**own, "PROGRAMDATA": str(home), **settings},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """What an administrator lays in C:\\ProgramData, written in an editor that marks its UTF-8."""
    place = tmp_path / "checkin"
    place.mkdir()
    (place / "secret-key").write_text(SECRET, encoding="utf-8")
    lines = "# remarks stay out = of it\nCHECKIN_BASE_URL=https://zoë.example\n"
    lines += "\nCHECKIN_BACKUP_PASSPHRASE = 'four words of ours'\n"
    (place / "settings.txt").write_text(lines, encoding="utf-8-sig")
    return tmp_path


def test_a_command_takes_the_settings_of_the_machine(home: Path) -> None:
    done = run(home, "migrate")
    assert (done.returncode, done.stdout) == (0, "the database is up to date\n"), done.stderr
    assert (home / "checkin" / "school" / "checkin.sqlite3").exists()
    done = run(home, "backup", str(home / "one.age"))
    assert "locked with: passphrase" in done.stdout, done.stderr


def test_a_task_says_in_its_log_what_it_would_say_on_a_console(home: Path) -> None:
    done = run(home, "--log", "serve", "--host", "0.0.0.0")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    said = (home / "checkin" / "log.txt").read_text(encoding="utf-8").splitlines()
    assert said[0].endswith(" starting")
    assert "this server speaks plain HTTP" in said[1]


def test_a_long_log_is_put_aside_and_the_one_before_it_goes(home: Path) -> None:
    log = home / "checkin" / "log.txt"
    for before in ("first", "second"):
        log.write_text(before + "." * 1_000_001, encoding="utf-8")
        run(home, "--log", "migrate")
    assert log.stat().st_size < 1000
    assert log.with_name("log.before.txt").read_text(encoding="utf-8").startswith("second")


def test_without_settings_it_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "administrator" in done.stderr


def test_the_task_starts_what_is_shipped_and_what_windows_takes() -> None:
    file = ROOT / "deploy" / "checkin-task.xml"
    assert file.read_text(encoding="ascii").startswith('<?xml version="1.0"?>')  # of any encoding
    task = Tree.parse(file).getroot()
    words = task.find(f".//{KIND}Arguments").text.split('"')
    assert PureWindowsPath(words[1]).relative_to(HERE).as_posix() == str(RUN.relative_to(ROOT))
    assert words[2].split()[:2] == ["--log", "serve"]
    assert task.find(f".//{KIND}Command").text == HERE + r"\.venv\Scripts\python.exe"
    assert task.find(f".//{KIND}WorkingDirectory").text == HERE
    assert task.find(f".//{KIND}UserId").text == "S-1-5-19"
    assert task.find(f".//{KIND}ExecutionTimeLimit").text == "PT0S"
    assert task.find(f".//{KIND}RestartOnFailure") is None  # it would end after 255 times


def test_an_old_python_can_read_the_installer_to_be_told_so() -> None:
    ast.parse((ROOT / "tools" / "install.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_no_letter_stops_a_command_where_output_has_few(checkin: Command) -> None:  # noqa: F811
    checkin.set_up()
    done = checkin.apart(
        "doctor", CHECKIN_BASE_URL="https://ትግርኛ.example", PYTHONIOENCODING="cp1252"
    )
    assert "Traceback" not in done.stderr
    assert "ትግርኛ" in done.stdout


LIED_TO = """
import mimetypes
mimetypes.add_type("text/plain", ".js")
mimetypes.add_type("application/octet-stream", ".css")
import sys, tempfile
from pathlib import Path
from checkin import create_app
from checkin.config import Config, sqlite_url
place = Path(tempfile.mkdtemp())
client = create_app(Config(place, sys.argv[1], sqlite_url(place))).test_client()
for name in ("css/base.css", "js/worker.js", "app/manifest.webmanifest"):
    print(client.get("/static/" + name).mimetype)
"""


def test_scripts_are_scripts_whatever_the_machine_was_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIED_TO, SECRET], capture_output=True, text=True, timeout=120
    )
    kinds = ["text/css", "text/javascript", "application/manifest+json"]
    assert done.stdout.split() == kinds, done.stderr
