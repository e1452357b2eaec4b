"""make update: from an older version to the newest in one command, or not at all and why."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = """
setup:
	@test ! -e broken && touch built
update:
	@MAKE="$(MAKE)" {python} -m tools.update
"""
CHECKIN = '#!/bin/sh\necho "$@ on $CHECKIN_DIR" >> called\ntest ! -e newer\n'
"""Stands in the place of what `make setup` builds: that takes minutes, and is tried elsewhere."""


class Place:
    """A bare repository with a version in it, and a checkout of that."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.writer, self.here = (folder / n for n in ("bare", "writer", "here"))
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        self.git(folder, "clone", "--quiet", str(self.bare), str(self.writer))
        (self.writer / "tools").mkdir()
        for name in ("__init__.py", "install.py", "update.py"):
            shutil.copy(ROOT / "tools" / name, self.writer / "tools")
        makefile = MAKEFILE.replace("{python}", shlex.quote(sys.executable))
        (self.writer / "Makefile").write_text(makefile, encoding="utf-8")
        (self.writer / ".gitignore").write_text(
            ".venv\nbuilt\ncalled\nnewer\nbroken\n__pycache__\n"
        )
        self.publish("one")
        self.git(folder, "clone", "--quiet", str(self.bare), str(self.here))
        (self.here / ".venv" / "bin").mkdir(parents=True)
        program = self.here / ".venv" / "bin" / "checkin"
        program.write_text(CHECKIN)
        program.chmod(0o755)

    def git(self, place: Path, *words: str) -> None:
        who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@school.example"}
        who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@school.example"}
        subprocess.run(["git", *words], cwd=place, check=True, env={**os.environ, **who})

    def publish(self, version: str) -> None:
        (self.writer / "version").write_text(version)
        self.git(self.writer, "add", "--all")
        self.git(self.writer, "commit", "--quiet", "--message", version)
        self.git(self.writer, "push", "--quiet", "origin", "HEAD:main")

    def update(self, **settings: str) -> subprocess.CompletedProcess[str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith(("CHECKIN_", "MAKE"))}
        command = ["make", "--no-print-directory", "update"]
        return subprocess.run(
            command,
            cwd=self.here,
            env={**own, "CHECKIN_DIR": "/srv/school", **settings},
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def version(self) -> str:
        return (self.here / "version").read_text()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    if shutil.which("git") is None or shutil.which("make") is None:
        pytest.skip("git and make are needed to update")
    return Place(tmp_path)


def test_it_fetches_builds_brings_the_database_along_and_says_restart(place: Place) -> None:
    place.publish("two")
    done = place.update(CHECKIN_SECRET_KEY="x")
    assert done.returncode == 0, done.stderr
    assert place.version == "two"
    assert (place.here / "built").exists()
    assert (place.here / "called").read_text() == "migrate on /srv/school\n"
    assert "update: 1 change since" in done.stdout
    assert "start 'checkin serve' anew" in done.stdout


def test_it_names_the_shipped_files_that_were_copied_by_hand_and_changed(place: Place) -> None:
    (place.writer / "deploy").mkdir()
    (place.writer / "deploy" / "checkin.service").write_text("new")
    place.publish("two")
    done = place.update()
    assert "not copied by itself: deploy/checkin.service; " in done.stdout
    place.publish("three")
    assert "copied" not in place.update().stdout


def test_it_counts_the_changes(place: Place) -> None:
    for version in ("two", "three"):
        place.publish(version)
    assert "update: 2 changes since" in place.update().stdout


def test_without_settings_the_database_is_left_to_the_server(place: Place) -> None:
    place.publish("two")
    done = place.update()
    assert done.returncode == 0, done.stderr
    assert not (place.here / "called").exists()
    assert "when it starts" in done.stdout


def test_when_nothing_is_newer_it_says_so(place: Place) -> None:
    done = place.update()
    assert done.returncode == 0, done.stderr
    assert "nothing newer" in done.stdout
    assert "anew" not in done.stdout


def test_what_was_changed_by_hand_is_never_lost(place: Place) -> None:
    place.publish("two")
    (place.here / "version").write_text("mine")
    done = place.update()
    assert done.returncode != 0
    assert "changed by hand" in done.stderr
    assert place.version == "mine"


def test_commits_of_its_own_are_left_alone(place: Place) -> None:
    place.publish("two")
    (place.here / "own").write_text("mine")
    place.git(place.here, "add", "own")
    place.git(place.here, "commit", "--quiet", "--message", "mine")
    done = place.update()
    assert done.returncode != 0
    assert "commits of its own" in done.stderr
    assert place.version == "one"


def test_what_cannot_be_built_says_how_to_go_back(place: Place) -> None:
    place.publish("two")
    (place.here / "broken").touch()
    done = place.update()
    assert done.returncode != 0
    assert "git reset --keep" in done.stderr


def test_a_database_that_cannot_be_brought_along_is_told(place: Place) -> None:
    place.publish("two")
    (place.here / "newer").touch()
    done = place.update(CHECKIN_SECRET_KEY="x")
    assert done.returncode != 0
    assert "left as it was" in done.stderr
    assert "anew" not in done.stdout


def test_without_a_network_nothing_is_changed(place: Place) -> None:
    place.bare.rename(place.bare.with_name("gone"))
    done = place.update()
    assert done.returncode != 0
    assert "cannot be fetched" in done.stderr
    assert place.version == "one"
