"""A test client that checks every page it fetches as a page."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
SEPARATOR = " · "


class PageClient(FlaskClient):
    """A browser of our own pages: it says so, as browsers do, and looks at what it gets."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("headers", SAME_SITE)
        kwargs.setdefault("buffered", True)  # and closed, be it a file
        response = super().open(*args, **kwargs)
        response.request.environ["wsgi.input"].close()  # what is large is sent from a file
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_page(response)
        return response


def page_of(response: TestResponse) -> html.HtmlElement:
    """Parse an answer."""
    return html.document_fromstring(response.get_data(as_text=True))


def h1_of(response: TestResponse) -> str:
    return _words(page_of(response).find(".//h1"))


def check_page(response: TestResponse) -> None:
    """Say all that is wrong with a page."""
    page = page_of(response)
    problems = [
        *_check_head(page),
        *_check_ids(page),
        *_check_forms(page),
        *_check_pictures_and_names(page),
        *_check_nothing_inline(page),
        *_check_nothing_foreign(page),
    ]
    if "script-src 'self'" not in response.headers.get("Content-Security-Policy", ""):
        problems.append("no Content-Security-Policy")
    assert not problems, f"{response.request.path}: " + "; ".join(problems)


def _check_head(page: html.HtmlElement) -> list[str]:
    problems = []
    headings = [_words(h) for h in page.findall(".//h1")]
    title = _words(page.find(".//title")).split(SEPARATOR)[0]
    if headings != [title] or not title:
        problems.append(f"title {title!r} but h1 {headings}")
    if not page.get("lang"):
        problems.append("no lang")
    if page.get("dir") not in ("ltr", "rtl"):
        problems.append("no dir")
    return problems


def _check_ids(page: html.HtmlElement) -> list[str]:
    ids = Counter(page.xpath("//@id"))
    problems = [f"id {id!r} {n} times" for id, n in ids.items() if n > 1]
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for value in page.xpath(f"//@{name}"):
            problems += [f"{name} names no {id!r}" for id in value.split() if id not in ids]
    return problems


def _check_forms(page: html.HtmlElement) -> list[str]:
    problems = []
    for form in page.findall(".//form"):
        if form.get("method") not in ("get", "post"):
            problems.append(f"form method {form.get('method')!r}")
        if not (form.get("action") or "").startswith("/"):
            problems.append(f"form action {form.get('action')!r}")
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        in_label = field.xpath("ancestor::label")
        if not (in_label or field.get("id") in labelled or field.get("aria-label")):
            problems.append(f"no label for field {field.get('name')!r}")
    return problems


def _check_pictures_and_names(page: html.HtmlElement) -> list[str]:
    problems = [f"no alt on {img.get('src')}" for img in page.xpath("//img[not(@alt)]")]
    for one in page.xpath("//button | //a[@href]"):
        named = _words(one) or one.get("aria-label") or "".join(one.xpath(".//img/@alt"))
        if not named:
            problems.append(f"a {one.tag} without a name")
    return problems


def _check_nothing_inline(page: html.HtmlElement) -> list[str]:
    problems = [f"inline {one.tag}" for one in page.xpath("//style")]
    for script in page.xpath("//script[not(@src)]"):
        if script.get("type") != "application/json":
            problems.append("inline script")
    for one in page.iter("*"):
        problems += [f"{name} on {one.tag}" for name in one.attrib if name.startswith("on")]
        if "style" in one.attrib:
            problems.append(f"style on {one.tag}")
    return problems


def _check_nothing_foreign(page: html.HtmlElement) -> list[str]:
    addresses = page.xpath("//@src | //@srcset | //link/@href | //@action | //@poster")
    return [f"foreign {a}" for a in addresses if urlsplit(a).netloc or urlsplit(a).scheme]


def _words(element: html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())
