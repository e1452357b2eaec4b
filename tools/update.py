"""Brings a checkout to the newest version: `make update`; on Windows `py -m tools.update`.

Fetches, builds, and brings the database along. Nothing is changed when the checkout has changes of
its own, or when it cannot simply go ahead.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.install import refuse_while_it_runs

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = sys.platform == "win32"
CHECKIN = ROOT / ".venv" / ("Scripts/checkin.exe" if WINDOWS else "bin/checkin")
MAKE = "py -m tools.install" if WINDOWS else "make"


def main() -> None:
    """Update this checkout, or say why it was left as it is."""
    if not _done("git", "rev-parse", "--git-dir"):
        _fail("this folder is no git checkout; unpack the new version beside it instead")
    if _told("git", "status", "--porcelain", "--untracked-files=no"):
        how = "'git status' names them, 'git stash' puts them aside"
        _fail(f"files here were changed by hand; {how}")
    refuse_while_it_runs()
    before = _told("git", "rev-parse", "HEAD")
    if not _done("git", "fetch", "--quiet"):
        _fail("the newest version cannot be fetched; is there a network?")
    if not _done("git", "merge", "--ff-only", "--quiet", "@{upstream}"):
        why = "this checkout has commits of its own, or follows no other"
        _fail(f"{why}: update it with git by hand")
    is_new = _tell_what_came(before)
    # Also when nothing is newer: an update that was cut off goes on here.
    if _run(*_build()):
        _fail(f"it could not be built; 'git reset --keep {before}' goes back to the version before")
    if os.environ.get("CHECKIN_SECRET_KEY") or os.environ.get("CHECKIN_SECRET_KEY_FILE"):
        if _run(str(CHECKIN), "migrate"):
            back = f"'git reset --keep {before}' and '{MAKE}' go back"
            _fail(f"the database was left as it was; {back}")
    else:
        _say("no CHECKIN_* settings here: the server brings the database along when it starts")
    if is_new:
        _tell_what_is_copied(before)
        how = "schtasks /Run /TN checkin" if WINDOWS else "systemctl restart checkin"
        _say(f"now start 'checkin serve' anew, for example: {how}")


def _tell_what_came(before: str) -> bool:
    """Say how many changes came since; return whether there were any."""
    count = _told("git", "rev-list", "--count", f"{before}..HEAD")
    if count == "0":
        _say("there is nothing newer")
        return False
    since = _told("git", "log", "-1", "--format=%cs", before)
    _say(f"{count} change{'' if count == '1' else 's'} since {since}")
    return True


def _tell_what_is_copied(before: str) -> None:
    """Name what changed of the files that were copied elsewhere by hand, and stay as they were."""
    changed = _told("git", "diff", "--name-only", before, "HEAD", "--", "deploy").splitlines()
    if changed:
        how = "if you use one, copy it again as docs/running-it.md says"
        _say(f"changed, and not copied by itself: {', '.join(changed)}; {how}")


def _build() -> list[str]:
    if WINDOWS:
        return [sys.executable, "-m", "tools.install"]
    return [os.environ.get("MAKE") or "make", "--no-print-directory", "setup"]


def _told(*words: str) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    return done.stdout.strip()


def _done(*words: str) -> bool:
    """Run a command without a word of it; tell whether it succeeded."""
    try:
        return not subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode  # noqa: S603
    except FileNotFoundError:
        return False


def _run(*words: str) -> int:
    return subprocess.run(words, cwd=ROOT, check=False).returncode  # noqa: S603


def _say(what: str) -> None:
    print(f"update: {what}", flush=True)


def _fail(why: str) -> None:
    sys.exit(f"update: {why}")


if __name__ == "__main__":
    main()
