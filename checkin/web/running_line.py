"""A line of the page that says whether it runs."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["done", "look", "wrong"]


@dataclass(frozen=True)
class Line:
    """One thing that should go by itself; `advice` says what to do where it does not."""

    what: str
    level: Level
    state: str
    advice: str = ""
    url: str = ""
