"""Who else can read a folder, as Linux and as Windows keep it."""

from pathlib import Path

import pytest

from checkin.services.doctor.who_can_read import close_to_others, is_open, lets_everybody
from tests.processes import not_on_windows

OURS = "(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;LS)"
A_PERSON = "(A;OICI;FA;;;S-1-5-21-1004336348-1177238915-682003330-1001)"


@pytest.mark.parametrize("said", [f"D:P{OURS}", f"D:PAI{OURS}{A_PERSON}", "D:P(D;;FA;;;WD)" + OURS])
def test_a_list_of_known_accounts_is_closed(said: str) -> None:
    assert not lets_everybody(said)


@pytest.mark.parametrize(
    "said",
    [
        f"D:AI{OURS}(A;OICIID;0x1200a9;;;BU)",  # what a folder in C:\ProgramData inherits
        f"D:P{OURS}(A;;FR;;;WD)",
        f"D:AI(A;OICIIOID;SDGXGWGR;;;AU){OURS}",
        'D:(XA;;FX;;;BU;(@User.Title=="x"))',
        "D:NO_ACCESS_CONTROL",
    ],
)
def test_everybody_users_and_no_list_at_all_are_open(said: str) -> None:
    assert lets_everybody(said)


@not_on_windows
def test_on_linux_and_macos_the_rights_decide(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert is_open(tmp_path)
    tmp_path.chmod(0o700)
    assert not is_open(tmp_path)
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    assert close_to_others(tmp_path) == f"chmod 700 {tmp_path}"
    assert close_to_others(secret) == f"chmod 600 {secret}"
