"""Which of several cases every run tries; the others wait for a thorough one (`make thorough`)."""

from collections.abc import Iterable
from typing import Any

import pytest


def first(cases: Iterable[Any], often: int = 1) -> list[Any]:
    """Have the first cases tried by every run, the others by a thorough one."""
    return [
        case if n < often else pytest.param(*_values(case), marks=pytest.mark.thorough)
        for n, case in enumerate(cases)
    ]


def _values(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)
