"""A new language is one line and one catalogue."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from checkin.domain.words import PUPIL_WORDS

ROOT = Path(__file__).parents[2]
LINE = '    Language("tlh", "tlhIngan Hol"),\n'
SEEN_ON_THE_PAGE = """
import sys
from pathlib import Path
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from tests.school import small_school

with small_school(Path(sys.argv[1])) as school:
    db.session.get_one(ClassroomRow, school.classrooms[0]).languages = "tlh,nl"
    db.session.commit()
    browser = school.app.test_client()
    browser.set_cookie("checkin_tablet", school.token)
    print(browser.get("/tablet").get_data(as_text=True))
"""


def catalogue() -> str:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    words = (f'\nmsgid "{id}"\nmsgstr "tlh {id}"\n' for id in PUPIL_WORDS)
    return head + "".join(words)


def test_one_line_and_one_catalogue_bring_a_language_to_the_screen(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("checkin", "translations"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests").mkdir()
    for name in ("__init__.py", "compiled_once.py", "school.py"):
        shutil.copy(ROOT / "tests" / name, copy / "tests" / name)

    words = copy / "checkin" / "domain" / "words.py"
    source = words.read_text(encoding="utf-8")
    last = '    Language("ps", "پښتو", "rtl"),\n'
    assert source.count(last) == 1
    words.write_text(source.replace(last, last + LINE), encoding="utf-8")
    messages = copy / "translations" / "tlh" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    (messages / "pupils.po").write_text(catalogue(), encoding="utf-8")

    page = subprocess.run(
        [sys.executable, "-c", SEEN_ON_THE_PAGE, str(tmp_path)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert page.returncode == 0, page.stderr
    assert ">tlhIngan Hol</button>" in page.stdout
    for id in ("happy", "sad", "not today", "back", "thank you"):
        assert f"tlh {id}" in page.stdout
