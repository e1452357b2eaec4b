"""A small school on a disk that can be filled or made read-only."""

import os
import subprocess

import pytest

from tests.school import small_school


class SmallDisk:
    """A file system of one megabyte and a half in memory."""

    def __init__(self, place):
        self.place = place

    def fill(self):
        with open(self.place / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass

    def empty(self):
        (self.place / "ballast").unlink()

    def make_read_only(self, read_only=True):
        mode = "ro" if read_only else "rw"
        subprocess.run(["mount", "-o", f"remount,{mode}", self.place], check=True)


@pytest.fixture
def disk(tmp_path):
    """A disk of its own; needs the right to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    yield SmallDisk(place)
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def school(tmp_path):
    """A school on an ordinary disk."""
    with small_school(tmp_path) as made:
        yield made


@pytest.fixture
def school_on_disk(disk):
    """A school on the small disk."""
    with small_school(disk.place) as made:
        yield made
