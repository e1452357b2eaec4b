"""What a tablet sends, well or badly, and how its answer is read."""

from typing import Any

from werkzeug.test import TestResponse

from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import Cast
from tests.web.page_checks import SAME_SITE, PageClient

DAY = "2026-11-23"
DUTCH = SAME_SITE | {"Accept-Language": "nl"}


def a_tap(key: int = 1, feeling: Any = 1, **more: Any) -> dict[str, Any]:
    return {"key": f"{key:032x}", "day": DAY, "round": "check-in", "feeling": feeling} | more


def send(tablet: PageClient, *taps: dict[str, Any]) -> TestResponse:
    return tablet.post("/tablet/taps", json={"taps": list(taps), "waiting": 0})


def told(answer: TestResponse) -> list[tuple[str, str]]:
    """Return status and reason of each tap."""
    assert answer.status_code == 200, answer.text
    return [(result["status"], result.get("reason", "")) for result in answer.json["results"]]


def error_of(answer: TestResponse, status: int) -> str:
    """Return what a program is told, after a look at how."""
    assert (answer.status_code, list(answer.json)) == (status, ["error"])
    assert answer.json["error"]
    return answer.json["error"]


def tapped(client: PageClient, cast: Cast) -> int:
    """Return how many have tapped, as the teacher is told."""
    return client.get(f"/classrooms/{cast.zon}/today.json").json["rounds"][0]["tapped"]
