"""checkin backup and restore, as an operator runs them beside a server."""

from pathlib import Path

from tests.cli.conftest import Command, Fails

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
        assert "--replace" in fails("restore", file, **SETTINGS)
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
    assert "nowhere" in fails("backup", nowhere, **SETTINGS)
    assert "No such file" in fails("restore", nowhere, "--replace", **SETTINGS)
