"""Reading a file in through the pages, as an administrator does."""

import io
from collections.abc import Sequence
from typing import Any

from werkzeug.test import TestResponse

from tests.web.living import ENGLISH
from tests.web.page_checks import PageClient, page_of


def send(client: PageClient, data: bytes, name: str = "groepen.csv") -> TestResponse:
    form = {"file": (io.BytesIO(data), name)}
    return client.post("/import", data=form, headers=ENGLISH)


def rows(answer: TestResponse, heading: str) -> list[str]:
    found = page_of(answer).xpath(f"//section[@aria-labelledby='{heading}']//tbody/tr")
    return [" ".join(row.text_content().split()) for row in found]


def choose_of(
    client: PageClient,
    preview: TestResponse,
    classes: Sequence[str] | None = None,
    people: Sequence[str] | None = None,
    like: str = "",
) -> TestResponse:
    """Send the form of a preview, with what is ticked there or with other ticks."""
    page = page_of(preview)

    def ticked(name: str) -> list[str]:
        return page.xpath(f"//input[@name='{name}' and @checked]/@value")

    form: dict[str, Any] = {
        "plan": page.xpath("//input[@name='plan']/@value")[0],
        "class": ticked("class") if classes is None else classes,
        "person": ticked("person") if people is None else people,
        "like": like,
    }
    return client.post("/import/choice", data=form, headers=ENGLISH)
