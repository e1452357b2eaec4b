"""checkin backup and restore, as an operator runs them beside a server."""

from pathlib import Path

from tests.cli.conftest import ROOT, Command, Fails
from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture

SETTINGS = {"CHECKIN_BACKUP_PASSPHRASE": "a passphrase of this test"}


def test_a_running_server_is_backed_up_and_never_replaced(
    checkin: Command, fails: Fails, tmp_path: Path, free_port: int
) -> None:
    checkin.set_up()
    file = str(tmp_path / "copy.age")
    with checkin.running("serve", "--port", str(free_port)):
        done = checkin("backup", file, **SETTINGS)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"wrote {file} (")
        said = fails("restore", file, **SETTINGS)
        assert "stop 'checkin serve' first; then --replace" in said
        assert "stop 'checkin serve'" in fails("restore", file, "--replace", **SETTINGS)
    done = checkin("restore", file, "--replace", **SETTINGS)
    assert done.returncode == 0, done.stderr
    assert "restored De Waterlelie" in done.stdout
    assert "look at Staff and Tablets" in done.stdout
    with checkin.running("serve", "--port", str(free_port)):
        pass


def test_whatever_is_wrong_is_one_sentence(checkin: Command, fails: Fails, tmp_path: Path) -> None:
    checkin.set_up()
    assert "--unencrypted" in fails("backup", str(tmp_path / "copy.age"))
    assert "too short" in fails("backup", "x", CHECKIN_BACKUP_PASSPHRASE="short")
    nowhere = str(tmp_path / "nowhere" / "copy.age")
    said = fails("backup", nowhere, **SETTINGS)
    assert f"the folder {tmp_path / 'nowhere'} is not there" in said
    assert ".new" not in said, "a name of ours that says nothing"
    assert "is not there" in fails("backup", str(tmp_path / "nowhere"), "--keep", "3", **SETTINGS)
    assert "No such file" in fails("restore", nowhere, "--replace", **SETTINGS)
    said = fails("restore", "copy.age", "--replace", **SETTINGS)
    assert f"copy.age (looked for in {ROOT})" in said


def test_a_disk_without_room_is_named(
    checkin: Command,
    fails: Fails,
    disk: SmallDisk,  # noqa: F811
) -> None:
    checkin.set_up()
    disk.fill()
    said = fails("backup", str(disk.place / "copy.age"), **SETTINGS)
    assert f"No space left on device: {disk.place}; make room there" in said
    assert [file.name for file in disk.place.iterdir()] == ["ballast"]
