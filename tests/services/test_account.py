"""What the system says of a file is told with who asked, and from where."""

from pathlib import Path

from checkin.services.account import account, said_of


def test_a_file_that_may_not_be_read_names_the_account() -> None:
    said = said_of(PermissionError(13, "Permission denied", "/mnt/disk/copy.age"))
    assert said.startswith("Permission denied: /mnt/disk/copy.age (")
    assert f"'{account()}'" in said


def test_a_name_without_a_folder_tells_the_folder() -> None:
    said = said_of(FileNotFoundError(2, "No such file or directory", "copy.age"))
    assert said == f"No such file or directory: copy.age (looked for in {Path.cwd()})"


def test_whatever_else_is_told_as_it_is() -> None:
    there = str(Path("x").absolute())
    assert said_of(FileNotFoundError(2, "No such file", there)) == f"No such file: {there}"
    assert said_of(OSError("it was killed")) == "it was killed"
