"""The cards can be put on the home screen as an app of their own, where they are not forgotten."""

import json

import pytest

from tests.web.page_checks import PageClient, page_of


@pytest.mark.parametrize("address", ["/tablet", "/tablet/enrolment", "/sign-in"])
def test_a_page_says_how_it_is_installed(
    tablet: PageClient, client: PageClient, address: str
) -> None:
    page = page_of((tablet if address == "/tablet" else client).get(address))
    (manifest,) = page.xpath("//link[@rel='manifest']/@href")
    assert page.xpath("//meta[@name='apple-mobile-web-app-capable']/@content") == ["yes"]
    told = json.loads(client.get(manifest).data)
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    folder = manifest.rpartition("/")[0]
    for icon in told["icons"]:
        answer = client.get(f"{folder}/{icon['src']}")
        assert answer.status_code == 200
        assert answer.data.startswith(b"\x89PNG")
        width = int.from_bytes(answer.data[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"
