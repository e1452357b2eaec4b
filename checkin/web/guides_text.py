"""The guides as pages: their own text, with links and pictures where these are in the app."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from flask import url_for
from flask_babel import gettext as _
from markdown_it.token import Token
from markupsafe import Markup

from checkin.domain.access import Role
from checkin.web.papers_text import COMMENT, Page, markdown_reader

LANGUAGES = ("nl", "en")
FILE = re.compile(r"[a-z][a-z-]*\.(md|png)", re.ASCII)


class Guide(StrEnum):
    """A guide, in the order they are listed; its value is its address and its English file."""

    TEACHER = "teacher"
    FIRST_LESSON = "first-lesson"
    IB = "ib"
    PARENTS = "parents"
    ICT = "ict"


DUTCH_FILES = {
    Guide.TEACHER: "leerkracht",
    Guide.FIRST_LESSON: "eerste-les",
    Guide.IB: "ib",
    Guide.PARENTS: "ouders",
    Guide.ICT: "ict",
}
OF_ROLE = {
    Role.TEACHER: (Guide.TEACHER, Guide.FIRST_LESSON, Guide.PARENTS),
    Role.IB: (Guide.IB, Guide.PARENTS),
    Role.HEAD: (Guide.IB, Guide.PARENTS),
    Role.ADMIN: (Guide.ICT,),
}


@dataclass(frozen=True)
class Listed:
    """A guide in the list, and whether it is of a role its reader has."""

    guide: Guide
    title: str
    is_own: bool


def guides_folder() -> Path:
    """Return the guides: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    inside = package / "guides"
    return inside if inside.is_dir() else package.parent / "docs" / "guides"


def listed_for(roles: frozenset[Role], language: str) -> list[Listed]:
    """Return every guide, those for what somebody is first."""
    own = {guide for role in roles for guide in OF_ROLE[role]}
    found = [Listed(one, title_of(one, language), one in own) for one in Guide]
    return sorted(found, key=lambda one: not one.is_own)


def title_of(guide: Guide, language: str) -> str:
    """Return what a guide is called."""
    return _text_of(guide, language).split("\n", 1)[0].removeprefix("# ")


def page_of(guide: Guide, language: str) -> Page:
    """Return a guide as HTML; a link to a document that is not in the app is its words alone."""
    title, body = _text_of(guide, language).split("\n", 1)
    reader, env = markdown_reader(), {"label": _("Table")}
    tokens = reader.parse(body, env)
    for token in tokens:
        if token.children is not None:
            token.children = list(_led(token.children, language))
    html = reader.renderer.render(tokens, reader.options, env)
    html = html.replace("<pre>", '<pre tabindex="0">')  # what scrolls is reached with a key
    return Page(title.removeprefix("# "), Markup(html))  # noqa: S704  # it escapes


def find_picture(language: str, name: str) -> Path | None:
    """Return the file of a picture of the guides, or None."""
    if language not in LANGUAGES or not FILE.fullmatch(name):
        return None
    path = guides_folder() / "pictures" / language / name
    return path if path.suffix == ".png" and path.is_file() else None


def _text_of(guide: Guide, language: str) -> str:
    name = DUTCH_FILES[guide] if language == "nl" else guide.value
    path = guides_folder() / language / f"{name}.md"
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def _led(tokens: list[Token], language: str) -> Iterator[Token]:
    """Yield what stands in a line, with its links and pictures leading into the app."""
    is_open = False
    for token in tokens:
        if token.type == "link_open":
            goal = _address_of(str(token.attrs.get("href", "")), language)
            is_open = bool(goal)
            token.attrs["href"] = goal
        if token.type == "image":
            name = PurePosixPath(str(token.attrs.get("src", ""))).name
            token.attrs |= {
                "src": url_for("guides.picture", picture=f"{language}/{name}"),
                "loading": "lazy",
            }
        if is_open or token.type not in ("link_open", "link_close"):
            yield token


def _address_of(goal: str, language: str) -> str:
    """Return where a link leads in the app, '' where nowhere."""
    if "/" in goal:
        return ""
    name = goal.partition("#")[0].removesuffix(".md")
    files = DUTCH_FILES if language == "nl" else {one: one.value for one in Guide}
    found = [guide for guide, file in files.items() if file == name]
    return url_for("guides.show", guide=found[0].value, language=language) if found else ""
