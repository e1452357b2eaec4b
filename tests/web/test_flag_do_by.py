"""Acknowledged, a flag goes to nobody else, and the day of its step stays to be held."""

from tests.web.conftest import HeldClock, SignIn
from tests.web.living import about, words
from tests.web.test_flag_path import flag, hand_on

__all__ = ["flag"]


def test_the_day_of_the_step_stays_and_past_it_is_overdue(
    sign_in: SignIn, flag: int, clock: HeldClock
) -> None:
    inge = sign_in("inge")
    hand_on(inge, flag)
    inge.post(f"{about(flag)}/acknowledgement")
    assert "To do by Monday 30 November" in words(inge, about(flag))
    for address in ("/flags", "/review"):
        assert "to do by Mon 30 Nov" in words(inge, address)
    clock.pass_time(days=8)
    inge = sign_in("inge")
    assert "To do by Monday 30 November overdue" in words(inge, about(flag))
    for address in ("/flags", "/review"):
        assert "Zon" in words(inge, address, "//section[@aria-labelledby='overdue']")
    assert "1 flag is overdue" in words(inge, "/home")
    assert "not taken up" not in words(sign_in("hanna"), "/home")
