"""What the size of a class means for its lights."""

import pytest

from checkin.domain.class_sizes import pupils_for_nearly_every_light, share_withheld


@pytest.mark.parametrize(("pupils", "percent"), [(7, 62), (8, 28), (24, 0)])
def test_it_says_how_often_a_class_gets_no_light(pupils: int, percent: int) -> None:
    assert round(100 * share_withheld(pupils)) == percent


def test_a_class_under_the_floor_never_gets_one() -> None:
    assert share_withheld(6) == pytest.approx(1)


def test_a_higher_floor_of_the_school_counts() -> None:
    assert share_withheld(12, floor=12) > share_withheld(12) + 0.5


def test_when_every_child_taps_a_class_of_seven_always_gets_one() -> None:
    assert share_withheld(7, participation=1.0) == 0


@pytest.mark.parametrize(("floor", "pupils"), [(7, 11), (10, 15)])
def test_a_light_is_nearly_always_there_when_hardly_a_round_goes_without(
    floor: int, pupils: int
) -> None:
    assert pupils_for_nearly_every_light(floor) == pupils
    assert share_withheld(pupils, floor) < 0.01 <= share_withheld(pupils - 1, floor)
