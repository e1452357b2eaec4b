"""Write the documents and guides as a small static site: python -m tools.make_site [FOLDER].

Pages lie where their documents lie, so every relative link only changes its ending. Nothing of
another host is asked for, and it can be read from a stick as well as from a server.
"""

import re
import shutil
import sys
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

from tools.site_map import DOCUMENTS, HOME, WORDS, Page, pages, twin_of

ROOT = Path(__file__).parent.parent
LOOK = ("checkin/static/css/tokens.css", "tools/site.css")
PICTURES = (".png", ".svg", ".jpg")
LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
SOURCE = re.compile(r'src="([^"]+)"')
COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
HEADING = re.compile(r"<(h[1-6])>(.*?)</\1>", re.DOTALL)
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def main(folder: Path) -> None:
    """Write the whole site anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for picture in DOCUMENTS.rglob("*"):
        if picture.suffix in PICTURES:
            _copy(picture, folder / picture.relative_to(DOCUMENTS))
    look = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in LOOK)
    (folder / "site.css").write_text(look, encoding="utf-8")
    for page in pages():
        target = folder / page.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html_of(page), encoding="utf-8")


def html_of(page: Page) -> str:
    """Return a whole page."""
    text = page.document.read_text(encoding="utf-8")
    words = WORDS[page.language]
    up = "../" * (len(page.address.parts) - 1)
    twin = twin_of(page)
    switch = ""
    if twin is not None:
        other = WORDS[twin.language]["name"]
        switch = f'<a lang="{twin.language}" hreflang="{twin.language}" href="{up}{twin.address}">'
        switch += f"{other}</a>"
    return f"""<!doctype html>
<html lang="{page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title_of(text))} · checkin</title>
<link rel="stylesheet" href="{up}site.css">
</head>
<body>
<a class="skip" href="#main">{words["skip"]}</a>
<header><a class="brand" href="{up}{HOME}">checkin</a> <span>{words["about"]}</span>
{switch}</header>
<div class="page">
<nav aria-label="{words["guides"]}">{side_of(page, up)}</nav>
<main id="main">
{body_of(page, text)}
</main>
</div>
</body>
</html>
"""


def title_of(text: str) -> str:
    """Return the first heading, as plain words."""
    found = TITLE.search(text)
    return re.sub(r"[*`]", "", found[1]) if found else "checkin"


def side_of(page: Page, up: str) -> str:
    """Return the list of guides in the page's language."""
    lines = []
    for one in pages():
        if one.is_guide and one.language == page.language:
            here = ' aria-current="page"' if one == page else ""
            name = escape(title_of(one.document.read_text(encoding="utf-8")))
            lines.append(f'<li><a href="{up}{one.address}"{here}>{name}</a></li>')
    every = WORDS[page.language]["all"]
    return f'<ul>{"".join(lines)}<li><a href="{up}documents.html">{every}</a></li></ul>'


def body_of(page: Page, text: str) -> str:
    """Return what the document says, with anchors, and links to pages in place of documents."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    html = str(reader.render(COMMENT.sub("", text)))
    html = HEADING.sub(_with_anchor, html)
    html = html.replace("<table>", '<div class="table"><table>')
    html = html.replace("</table>", "</table></div>")
    html = SOURCE.sub(lambda found: f'src="{_goal(page, found[1])}"', html)
    return LINK.sub(lambda found: _link(_goal(page, found[1]), found[2]), html)


def _link(goal: str | None, words: str) -> str:
    return words if goal is None else f'<a href="{goal}">{words}</a>'


def _with_anchor(found: re.Match[str]) -> str:
    plain = re.sub(r"<[^>]+>", "", found[2]).lower()
    anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
    return f'<{found[1]} id="{anchor}">{found[2]}</{found[1]}>'


def _goal(page: Page, goal: str) -> str | None:
    """Return where a link leads in the site, or None when that is not part of it."""
    if goal.startswith(("http://", "https://", "mailto:", "#")):
        return goal
    file, mark, anchor = goal.partition("#")
    target = (page.document.parent / file).resolve()
    up = "../" * (len(page.address.parts) - 1)
    known = {one.document.resolve(): one for one in pages()}
    if target in known:
        return f"{up}{known[target].address}{mark}{anchor}"
    if target.suffix in PICTURES and target.is_relative_to(DOCUMENTS):
        return f"{up}{target.relative_to(DOCUMENTS)}"
    return None


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "site")
